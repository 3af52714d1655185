import { z } from 'zod'
import { normalEmail } from '@/lib/email-address'
import { sharedTable } from './shared-table'

/** Addresses of one submission, and mails that it may make. */
export const MOST_RECIPIENTS = 50
export const MOST_MAILS = 100
/** Lines, and assets, that are chosen one by one. */
export const MOST_CHOSEN = 500

export type ShareLevel = 'order' | 'lines' | 'assets'

/** What is shared, with whom and how it is told. `lastDay` in UTC, null = no end. */
export type ShareDraft = {
  level: ShareLevel
  lineIds: number[]
  deviceIds: number[]
  customerOrderNumber: string | null
  note: string
  perLine: boolean
  lastDay: string | null
}

/** The fields of the form as they were sent. */
export type ShareFields = {
  recipients: string
  level: string
  lines: string[]
  devices: string[]
  customerOrderNumber: string
  note: string
  mails: string
  lastDay: string
}

const ids = z.array(z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)).max(MOST_CHOSEN, {
  error: `Choose at most ${MOST_CHOSEN} at once, or share the whole order.`,
})
const oneLine = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, { error: `${what} is longer than ${most} characters.` })
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' '))

const fields = z.object({
  level: z.enum(['order', 'lines', 'assets'], { error: 'Choose what to share.' }),
  lines: ids,
  devices: ids,
  customerOrderNumber: oneLine(60, `The ${sharedTable.columns.customer.label.toLowerCase()} number`),
  note: oneLine(120, 'The note'),
  mails: z.enum(['one', 'each']),
  lastDay: z.union([z.literal('').transform(() => null), z.iso.date()], { error: 'The last day is not a date.' }),
})

/** A draft that a form gives, or what is wrong with it; `today` is the first day that an access may end on. */
export function readDraft(given: ShareFields, today: string): { draft: ShareDraft } | { problems: string[] } {
  const read = fields.safeParse(given)
  if (!read.success) return { problems: [...new Set(read.error.issues.map(({ message }) => message))] }
  const { level, lines, devices, customerOrderNumber, note, mails, lastDay } = read.data
  const problems = [
    ...(level === 'lines' && lines.length === 0 ? ['Choose at least one line.'] : []),
    ...(level === 'assets' && devices.length === 0 ? ['Choose at least one asset.'] : []),
    ...(lastDay !== null && lastDay < today ? ['The last day has passed. Choose today or a later day.'] : []),
  ]
  if (problems.length > 0) return { problems }
  const unique = (list: number[]) => [...new Set(list)].sort((a, b) => a - b)
  return {
    draft: {
      level,
      lineIds: level === 'lines' ? unique(lines) : [],
      deviceIds: level === 'assets' ? unique(devices) : [],
      customerOrderNumber: customerOrderNumber || null,
      note,
      perLine: mails === 'each' && level === 'lines',
      lastDay,
    },
  }
}

/** One recipient as typed, and the address that it is; null where it is none. */
export type Recipient = { typed: string; email: string | null }

/** Recipients between commas, semicolons or line breaks, each looked at by itself and each once. */
export function readRecipients(text: string): Recipient[] {
  const found = new Map<string, Recipient>()
  for (const part of text.split(/[,;\r\n]+/)) {
    const typed = part.trim().slice(0, 254)
    if (typed === '') continue
    const email = normalEmail(/<([^<>]*)>$/.exec(typed)?.[1] ?? typed)
    if (!found.has(email ?? typed)) found.set(email ?? typed, { typed, email })
  }
  return [...found.values()]
}
