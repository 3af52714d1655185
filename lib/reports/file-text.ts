/** What XML takes as text: neither control characters nor lone surrogates, which would make Office repair the file. */
const UNWRITABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

export const fileText = (text: string): string => text.replace(UNWRITABLE, '')

/** The text with an ellipsis where it is longer than there is room. */
export function clipped(text: string, atMost: number): string {
  const letters = [...text]
  return letters.length <= atMost
    ? text
    : `${letters
        .slice(0, atMost - 1)
        .join('')
        .trimEnd()}…`
}
