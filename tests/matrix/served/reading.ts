/** A page as a person reads it, without looking at how it is drawn. */
export type Answer = { status: number; location: string; body: string; type: string }

/** Answers are read here, on the machine that draws them: packing them would only take its time. */
export const PLAIN = { 'accept-encoding': 'identity' }

const withoutScripts = (html: string) => html.replace(/<script\b.*?<\/script>/gs, '').replace(/<!--.*?-->/gs, '')

/** The words of a page, one space between them. */
export const textOf = (html: string) =>
  withoutScripts(html)
    .replace(/<(style|title)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', `'`)
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

const numberOf = (text = '') => Number(text.replaceAll(',', ''))

/** How many rows a list says that it has, over its table or where there is none. */
export function listTotal(html: string): number | null {
  const [, caption] = /<caption[^>]*>([\d,]+)/.exec(html) ?? []
  const [, summary] = /<span role="status"[^>]*>([\d,]+)/.exec(html) ?? []
  const found = caption ?? summary
  return found === undefined ? null : numberOf(found)
}

/** The ids of the rows that a list leads to; `id` is how the rest of the address of a row names it. */
export const rowIds = (html: string, path: string, id = '(\\d+)[?"]'): number[] => [
  ...new Set(
    [...withoutScripts(html).matchAll(new RegExp(`href="${path}/${id}`, 'g'))].map(([, found]) => Number(found)),
  ),
]

/** What a menu of a list counts, by value. */
export function menuCounts(html: string, name: string): Record<string, number> {
  const pattern = new RegExp(`href="[^"]*[?;&]${name}=([\\w-]+)[^"]*"[^>]*>((?:(?!</a>).)*)</a>`, 'gs')
  return Object.fromEntries(
    [...withoutScripts(html).matchAll(pattern)].map(([, value = '', inner = '']) => [
      value,
      numberOf(/([\d,]+)\s*$/.exec(textOf(inner).trim())?.[1]),
    ]),
  )
}

/** Numbers that follow a pattern in the words of a page; null when it is not there. */
export function numbersIn(html: string, pattern: RegExp): number[] | null {
  const found = pattern.exec(textOf(html))
  return found ? found.slice(1).map(numberOf) : null
}
