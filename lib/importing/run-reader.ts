import 'server-only'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type Reader, readAs } from '@/db/client'
import { type FileReading, importRuns } from '@/db/schema/changes'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import type { Author } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { formats } from './formats'
import type { Counts } from './plan-store'
import { type FormatId, formatNames } from './schema'
import { units } from './staging'
import type { Unit } from './table'
import { type Difference, inWords, placesOf, type Values, withNames } from './words'

const HOURS_KEPT = 24
export const PAGE_SIZE = 100

/** `waiting` can be applied; `expired` was never applied and its file is not kept any more. */
export type RunState = 'waiting' | 'applied' | 'nothing' | 'expired'

export type RunSummary = Omit<Counts, 'devices'> & {
  id: number
  format: FormatId
  formatName: string
  fileName: string
  startedAt: Date
  appliedAt: Date | null
  by: string
  state: RunState
}

export type Changed = {
  line: number | null
  name: string
  /** Of a device that is there, to lead to its page. */
  deviceId: number | null
  subject: string
  isNew: boolean
  /** Not written, because a source that is trusted as much says otherwise. */
  differs: boolean
  differences: Difference[]
}
export type Page<T> = { rows: T[]; total: number; page: number; pages: number }

export type RunDetail = RunSummary & {
  reading: FileReading | null
  changeSetId: number | null
  /** Only its own person applies it. */
  isMine: boolean
  changes: Page<Changed>
  /** What the rows of the file are called. */
  unit: Unit
  problems: { rows: { line: number; problem: string }[]; total: number }
}

const runs = {
  id: importRuns.id,
  format: importRuns.format,
  fileName: importRuns.fileName,
  startedAt: importRuns.startedAt,
  appliedAt: importRuns.appliedAt,
  added: importRuns.added,
  changed: importRuns.changed,
  unchanged: importRuns.unchanged,
  rejected: importRuns.rejected,
  differing: importRuns.differing,
  by: users.name,
  actorUserId: importRuns.actorUserId,
  reading: importRuns.reading,
  changeSetId: importRuns.changeSetId,
}

type Row = { [K in keyof typeof runs]: (typeof importRuns.$inferSelect & { by: string | null })[K] }

/** The newest runs of the account. Who may see them is for the caller to say. */
export async function readRuns(author: Author, most: number): Promise<RunSummary[]> {
  const rows = await reading(author, (reader) =>
    reader
      .select(runs)
      .from(importRuns)
      .leftJoin(users, eq(users.id, importRuns.actorUserId))
      .where(eq(importRuns.smartAccountId, author.account.id))
      .orderBy(desc(importRuns.startedAt), desc(importRuns.id))
      .limit(most),
  )
  return rows.map(summaryOf)
}

/** One run with a page of what it changes or changed; null when there is none in this account. */
export async function readRun(author: Author, id: number, page: number): Promise<RunDetail | null> {
  return reading(author, async (reader) => {
    const [row] = await reader
      .select(runs)
      .from(importRuns)
      .leftJoin(users, eq(users.id, importRuns.actorUserId))
      .where(and(eq(importRuns.smartAccountId, author.account.id), eq(importRuns.id, id)))
    if (!row) return null
    const place = { account: author.account.id, run: id, changeSet: row.changeSetId }
    return {
      ...summaryOf(row),
      reading: row.reading,
      changeSetId: row.changeSetId,
      isMine: row.actorUserId === ('client' in author ? null : author.id),
      unit: units[formats[row.format as FormatId]?.file.kind ?? 'csv'],
      changes: await changesOf(reader, place, page, formats[row.format as FormatId]?.labels ?? {}),
      problems: await problemsOf(reader, place),
    }
  })
}

function reading<T>(author: Author, work: (reader: Reader) => Promise<T>): Promise<T> {
  return 'client' in author ? readAs(author.client, { userId: null, now: now() }, work) : asUser(author, work)
}

function summaryOf(row: Row): RunSummary {
  const { id, fileName, startedAt, appliedAt, added, changed, unchanged, rejected, differing } = row
  const format = row.format as FormatId
  const isOld = now().getTime() - startedAt.getTime() > HOURS_KEPT * 3_600_000
  const isEmpty = added + changed + differing === 0
  const state = appliedAt ? 'applied' : isEmpty ? 'nothing' : isOld ? 'expired' : 'waiting'
  const counts = { added, changed, unchanged, rejected, differing }
  return {
    id,
    format,
    formatName: formatNames[format] ?? format,
    fileName,
    startedAt,
    appliedAt,
    by: row.by ?? 'Operator',
    state,
    ...counts,
  }
}

type Place = { account: number; run: number; changeSet: number | null }
type Item = {
  line: number | null
  subject: string
  id: number | null
  before: Values | null
  after: Values
  name: string | null
  differs: boolean | null
}

/** From the plan while it waits, afterwards from the change set. */
async function changesOf(
  reader: Reader,
  { account, run, changeSet }: Place,
  page: number,
  labels: Record<string, string>,
): Promise<Page<Changed>> {
  const source: SQL =
    changeSet === null
      ? sql`select position, line, subject, subject_id, before, after, key, action from import_plan
          where smart_account_id = ${account} and import_run_id = ${run} and action <> 'reject'`
      : sql`select position, null::integer as line, subject, subject_id, before, after, null::text as key, null::text as action from change_items
          where smart_account_id = ${account} and change_set_id = ${changeSet}`
  const [counted] = (await reader.execute(sql`select count(*)::int as total from (${source}) s`)) as unknown as {
    total: number
  }[]
  const total = counted?.total ?? 0
  const items = (await reader.execute(sql`
    select s.line, s.subject, s.subject_id as id, s.before, s.after, s.action = 'differ' as differs, s.name
    from (${withNames(account, sql`${source} order by position limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`)}) s
    order by s.position`)) as unknown as Item[]
  const places = await placesOf(reader, account)
  const rows = items.map(({ line, subject, id, before, after, name, differs }) => ({
    line,
    subject,
    deviceId: subject === 'device' ? id : null,
    isNew: before === null,
    differs: differs ?? false,
    name: name ?? '',
    differences: inWords(labels, before, after, places),
  }))
  return { rows, total, page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) }
}

/** The first 100 rows that were refused, and how many there are; kept as long as the file. */
async function problemsOf(reader: Reader, { account, run }: Place): Promise<RunDetail['problems']> {
  const rows = (await reader.execute(sql`
    select p.line, p.problem, count(*) over ()::int as total from import_plan p
    where p.smart_account_id = ${account} and p.import_run_id = ${run} and p.action = 'reject'
    order by p.position limit ${PAGE_SIZE}`)) as unknown as { line: number; problem: string; total: number }[]
  return { rows: rows.map(({ line, problem }) => ({ line, problem })), total: rows[0]?.total ?? 0 }
}
