import { z } from 'zod'

/** A piece of a letter. Addresses in it are paths of this product: the origin is put before them when it is sent. */
export const letterPart = z.union([
  z.object({ text: z.string() }),
  /** A link that stands alone, with what it does. */
  z.object({ link: z.string().regex(/^\/(?!\/)/), label: z.string() }),
  /** Something to type elsewhere. */
  z.object({ code: z.string() }),
  z.object({ facts: z.array(z.tuple([z.string(), z.string()])) }),
])
export type LetterPart = z.infer<typeof letterPart>

/** What a mail says, once for its plain text and its HTML. */
export const letter = z.object({ subject: z.string(), parts: z.array(letterPart) })
export type Letter = z.infer<typeof letter>

/** On one line, without what could begin another header. */
export const subjectLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** The address of a page, from the configured origin alone. */
export const addressOf = (path: string, origin: string): string => `${origin}${path}`

const FOOTER = 'License Central sent this. It never asks for a password by mail.'

/** The letter as plain text. `origin` is the configured one. */
export function plainText({ parts }: Letter, origin: string): string {
  const read = (part: LetterPart): string => {
    if ('text' in part) return part.text
    if ('link' in part) return `${part.label}:\n${addressOf(part.link, origin)}`
    if ('code' in part) return `    ${part.code}`
    return part.facts.map(([name, value]) => `${name}: ${value}`).join('\n')
  }
  return `${[...parts.map(read), `-- \n${FOOTER}\n${origin}`].join('\n\n')}\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
const PARAGRAPH = 'margin:0 0 16px'

/** The letter as HTML, readable without pictures or style sheets. `origin` is the configured one. */
export function html({ subject, parts }: Letter, origin: string): string {
  const read = (part: LetterPart): string => {
    if ('text' in part) return `<p style="${PARAGRAPH}">${escaped(part.text).replace(/\n/g, '<br>')}</p>`
    if ('link' in part) {
      const address = escaped(addressOf(part.link, origin))
      return `<p style="${PARAGRAPH}"><a href="${address}">${escaped(part.label)}</a></p>`
    }
    if ('code' in part)
      return `<p style="${PARAGRAPH};font:600 24px monospace;letter-spacing:4px">${escaped(part.code)}</p>`
    const rows = part.facts.map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;padding:2px 16px 2px 0;font-weight:400">${escaped(name)}</th><td style="padding:2px 0">${escaped(value)}</td></tr>`,
    )
    return `<table style="${PARAGRAPH};border-collapse:collapse">${rows.join('')}</table>`
  }
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body style="font:16px/1.5 sans-serif;max-width:600px;margin:24px auto;padding:0 16px">${parts.map(read).join('')}<hr><p>${escaped(FOOTER)}<br><a href="${escaped(origin)}">${escaped(origin)}</a></p></body></html>`
}
