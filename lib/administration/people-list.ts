import { normalEmail } from '@/lib/email-address'
import { readCsv } from '@/lib/importing/csv'

/** People that can be added at once. */
export const MOST_PEOPLE = 100

/** One entry of a list as it was typed, and the address that it is; null where it is none. */
export type Entry = { typed: string; email: string | null }

const ID = /^[\w.+-]{1,64}$/
const HEADER = /(^|[,;\t"])\s*(e-?mail|address|user ?id)/i

/**
 * The people of a pasted list, each once: addresses between commas, semicolons or line breaks, also as
 * `Name <address>`; or CSV with a header that has a column for the e-mail. An ID is what stands before the @ of somebody
 * of this organization. Throws Invalid for CSV that cannot be read.
 */
export function readPeople(text: string, organisation: string): Entry[] {
  const [first = ''] = text.trimStart().split(/\r?\n|\r/)
  const typed = HEADER.test(first) && !first.includes('@') ? addressColumn(text.trim()) : text.split(/[,;\t\r\n]+/)
  const entries = new Map<string, Entry>()
  for (const entry of typed) {
    const shown = entry.trim().slice(0, 254)
    if (shown === '') continue
    const given = /<([^<>]*)>$/.exec(shown)?.[1] ?? shown
    const email = normalEmail(ID.test(given) ? `${given}@${organisation}` : given)
    if (!entries.has(email ?? shown)) entries.set(email ?? shown, { typed: shown, email })
  }
  return [...entries.values()]
}

function addressColumn(csv: string): string[] {
  const { headers, rows } = readCsv(csv)
  const at = headers.findIndex((header) => /e-?mail|address|user ?id/i.test(header))
  return [...rows()].map(({ cells }) => cells[at] ?? '')
}
