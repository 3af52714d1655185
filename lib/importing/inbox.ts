import 'server-only'
import { sql } from 'drizzle-orm'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { formats } from './formats'
import type { Page } from './run-reader'
import { type FormatId, formatNames } from './schema'
import { units } from './staging'
import { type Difference, inWords, placesOf, type Values, withNames } from './words'

export const INBOX_SIZE = 25

/** Who said something, and when it was so. */
export type Saying = { source: string; asOf: Date }

/** Two sayings of one thing, with where the one that was not written came from. */
export type Differing = {
  id: number
  subject: string
  subjectId: number
  name: string
  /** `before` is what is here, `after` what came in. */
  values: Difference[]
  here: Saying
  incoming: Saying & { run: number; file: string; format: string; unit: string; line: number }
  foundAt: Date
}

type Found = {
  id: number
  subject: string
  subject_id: number
  name: string | null
  current_value: Values
  current_source: string
  current_as_of: string
  incoming_value: Values
  incoming_source: string
  incoming_as_of: string
  created_at: string
  import_run_id: number
  file_name: string
  format: FormatId
  line: number
}

/** What waits to be decided, the oldest first; to somebody who may not import there is nothing. */
export async function inboxOf(viewer: Viewer, page: number): Promise<Page<Differing>> {
  if (!can(viewer, 'import')) return { rows: [], total: 0, page: 1, pages: 1 }
  const { id: account } = viewer.account
  return asUser(viewer, async (reader) => {
    const [counted] = (await reader.execute(sql`
      select count(*)::int as total from differences where smart_account_id = ${account} and state = 'open'`)) as unknown as {
      total: number
    }[]
    const total = counted?.total ?? 0
    const pages = Math.max(1, Math.ceil(total / INBOX_SIZE))
    const shown = Math.min(page, pages)
    const waiting = sql`
      select x.*, r.file_name, r.format, null::text as key, x.incoming_value as after from differences x
      join import_runs r on r.smart_account_id = x.smart_account_id and r.id = x.import_run_id
      where x.smart_account_id = ${account} and x.state = 'open' order by x.id limit ${INBOX_SIZE} offset ${(shown - 1) * INBOX_SIZE}`
    const rows = (await reader.execute(sql`
      select n.* from (${withNames(account, waiting)}) n order by n.id`)) as unknown as Found[]
    const places = await placesOf(reader, account)
    return { rows: rows.map((row) => differingOf(row, places)), total, page: shown, pages }
  })
}

const differingOf = (row: Found, places: Awaited<ReturnType<typeof placesOf>>): Differing => ({
  id: row.id,
  subject: row.subject,
  subjectId: row.subject_id,
  name: row.name ?? '',
  values: inWords(formats[row.format].labels, row.current_value, row.incoming_value, places),
  here: { source: row.current_source, asOf: new Date(row.current_as_of) },
  incoming: {
    source: row.incoming_source,
    asOf: new Date(row.incoming_as_of),
    run: row.import_run_id,
    file: row.file_name,
    format: formatNames[row.format],
    unit: units[formats[row.format].file.kind],
    line: row.line,
  },
  foundAt: new Date(row.created_at),
})
