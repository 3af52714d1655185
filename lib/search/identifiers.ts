/** How many identifiers are looked up at once. */
export const IDENTIFIERS_AT_MOST = 500
const LONGEST = 100

/**
 * The identifiers of a text, each once, in the order in which they stand: between them are line ends, spaces, commas or
 * semicolons, around them perhaps quotation marks. `problem` says why nothing is looked up.
 */
export function identifiersOf(text: string): { identifiers: string[]; problem?: string } {
  const parts = text
    .normalize('NFKC')
    .replaceAll('\0', '')
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^["']+|["']+$/g, ''))
    .filter((part) => part !== '')
  const identifiers = [...new Map(parts.map((part) => [part.toUpperCase(), part])).values()]
  const long = identifiers.find(({ length }) => length > LONGEST)
  if (identifiers.length === 0) return { identifiers: [], problem: 'Paste at least one identifier.' }
  if (long) return { identifiers: [], problem: `“${long.slice(0, 40)}…” is longer than any identifier.` }
  if (identifiers.length > IDENTIFIERS_AT_MOST)
    return {
      identifiers: [],
      problem: `These are ${identifiers.length.toLocaleString('en-US')} identifiers. Up to ${IDENTIFIERS_AT_MOST} are looked up at once.`,
    }
  return { identifiers }
}

/** As typed, in capitals and in small letters: whoever types a serial number in small letters means the one in capitals. */
export const spellings = (text: string): string[] => [...new Set([text, text.toUpperCase(), text.toLowerCase()])]

/** The same, and as subscriptions are numbered. */
export const numberSpellings = (text: string): string[] => [
  ...new Set([...spellings(text), text.replace(/^sub/i, 'Sub')]),
]
