/** Markup that is safe to show as it is. `html` alone makes it, and by its class it is told from text. */
class Html {
  /** By the name that React reads. */
  readonly __html: string
  constructor(markup: string) {
    this.__html = markup
  }
}

export type { Html }

type Part = string | number | Html | readonly Part[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

/**
 * Writes markup, for mail and where elements of React would take too long. What is put into it is escaped, unless it is
 * markup that `html` wrote. A value of an attribute stands in quotes; an address is to be one of our own.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = strings[0] ?? ''
  for (const [index, part] of parts.entries()) markup += markupOf(part) + strings[index + 1]
  return new Html(markup)
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.__html
  return typeof part === 'object' ? part.map(markupOf).join('') : escaped(String(part))
}
