import { z } from 'zod'
import { type Html, html } from '@/lib/html'

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

const PARAGRAPH = 'margin:0 0 16px'
const CODE = 'font:600 24px monospace;letter-spacing:4px'
const BODY = 'font:16px/1.5 sans-serif;max-width:600px;margin:24px auto;padding:0 16px'

/** The letter as HTML, readable without pictures or style sheets. `origin` is the configured one. */
export function htmlText({ subject, parts }: Letter, origin: string): string {
  const read = (part: LetterPart): Html => {
    if ('text' in part) return html`<p style="${PARAGRAPH}">${linesOf(part.text)}</p>`
    if ('link' in part)
      return html`<p style="${PARAGRAPH}"><a href="${addressOf(part.link, origin)}">${part.label}</a></p>`
    if ('code' in part) return html`<p style="${PARAGRAPH};${CODE}">${part.code}</p>`
    const rows = part.facts.map(
      ([name, value]) =>
        html`<tr><th scope="row" style="text-align:left;padding:2px 16px 2px 0;font-weight:400">${name}</th><td style="padding:2px 0">${value}</td></tr>`,
    )
    return html`<table style="${PARAGRAPH};border-collapse:collapse">${rows}</table>`
  }
  const head = html`<head><meta charset="utf-8"><title>${subject}</title></head>`
  const footer = html`<hr><p>${FOOTER}<br><a href="${origin}">${origin}</a></p>`
  const body = html`<body style="${BODY}">${parts.map(read)}${footer}</body>`
  return html`<!doctype html><html lang="en">${head}${body}</html>`.__html
}

const linesOf = (text: string): Html[] => text.split('\n').map((line, at) => html`${at > 0 ? html`<br>` : ''}${line}`)
