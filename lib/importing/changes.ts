import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { importRuns } from '@/db/schema/changes'
import { placeArrivals } from '@/lib/assignment/arrivals'
import { type Author, type ChangeSetDraft, write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Conflict, NotFound, Unavailable } from '@/lib/errors'
import { keepDifferences } from './differences'
import { type Format, formats } from './formats'
import {
  type Counts,
  countPlan,
  keepPlan,
  lockThings,
  ofRun,
  openPlan,
  openRows,
  refuseOtherPlan,
  touched,
} from './plan-store'
import { printable } from './rules'
import type { FormatId, Run } from './schema'
import { openFile, readRows, stage } from './staging'

// A page's import gives up by itself well before nobody waits for it any more: what was said not to have happened
// must not happen afterwards.
const STATEMENT_MS = 110_000
const WORK_MS = 100_000
const DEADLINE_MS = 240_000

/** A run of an import and what it did, or would do. */
export type Outcome = Counts & { runId: number }
export type Upload = { format: FormatId; fileName: string; bytes: Uint8Array }

type Options = { report?: (rows: number) => void }

/**
 * Reads a file and keeps, with its rows, what it would change: the preview. Nothing of the account changes. Throws Invalid
 * when the file cannot be read at all; rows that cannot be used are part of the answer.
 */
export async function checkImport(author: Author, upload: Upload, { report }: Options = {}): Promise<Outcome> {
  const format = formats[upload.format]
  const file = await openFile(upload.bytes, format)
  const { used, unused } = file.matched
  const reading = { used, unused, delimiter: file.table.delimiter }
  return inTime(
    write(author, { permission: 'import', deadlineMs: DEADLINE_MS }, async (tx) => {
      await allowTime(tx, author)
      await tx.execute(sql`select app.forget_imports(${now().toISOString()})`)
      const run = await startRun(tx, author, { ...upload, reading })
      await stage(tx, run, readRows(file, format, author.account.day), report)
      await openRows(tx, run)
      await keepPlan(tx, run, format.plan(run))
      const counts = await countPlan(tx, run, format)
      await tx.update(importRuns).set(countsOf(counts)).where(isRun(run))
      return {
        result: { runId: run.id, ...counts },
        events: [
          {
            type: 'import.checked',
            subject: 'import',
            subjectId: run.id,
            virtualAccountIds: [],
            detail: { format: upload.format, ...counts },
          },
        ],
      }
    }),
  )
}

/**
 * Does what the preview of a run said, all of it or nothing. Throws Conflict when the account has changed meanwhile so
 * that the preview is no longer true, or when the run was applied already; NotFound when it is not this person's.
 */
export async function applyImport(author: Author, runId: number): Promise<Outcome> {
  const idempotency = { key: `import:${author.account.id}:${runId}`, request: { runId } }
  const started = performance.now()
  const work = async (tx: Writer) => {
    await allowTime(tx, author)
    const found = await lockRun(tx, author, runId)
    const run: Run = { accountId: author.account.id, id: runId, at: now().toISOString() }
    const format = formats[found.format]
    await openRows(tx, run)
    await openPlan(tx, run)
    await lockThings(tx, run)
    await refuseOtherPlan(tx, run, format.plan(run))
    await keepDifferences(tx, run, format)
    await format.apply(tx, run)
    const more = await placeArrivals(tx, author.account.id)
    if (!('client' in author) && performance.now() - started > WORK_MS) throw new Unavailable(TOO_LONG)
    return { ...(await applied(tx, run, format, await countPlan(tx, run, format))), more }
  }
  return inTime(write(author, { permission: 'import', idempotency, deadlineMs: DEADLINE_MS }, work))
}

/** The change set and the event of a run whose plan has been carried out. */
export async function applied(tx: Writer, run: Run, { event }: Pick<Format, 'event'>, counts: Counts) {
  const virtualAccountIds = await touched(tx, run)
  await tx
    .update(importRuns)
    .set({ appliedAt: new Date(run.at) })
    .where(isRun(run))
  const summary = { importRunId: run.id, ...counts }
  const changeSet: ChangeSetDraft = {
    kind: 'import',
    summary,
    items: sql`select p.position, p.subject, p.subject_id, p.before, p.after from planned p`,
    onMade: async (changeSetId) => {
      await tx.update(importRuns).set({ changeSetId }).where(isRun(run))
      await tx.execute(sql`delete from import_plan p where ${ofRun(run)} and p.action <> 'reject'`)
      await tx.execute(sql`delete from import_rows p where ${ofRun(run)}`)
    },
  }
  const draft = { type: event, subject: 'import', subjectId: run.id, virtualAccountIds, detail: summary }
  return { result: { runId: run.id, ...counts }, changeSet, events: [draft] as const }
}

const isRun = ({ accountId, id }: Run) => and(eq(importRuns.smartAccountId, accountId), eq(importRuns.id, id))
/** People wait for a page; a command has the time that its connection has. */
async function allowTime(tx: Writer, author: Author): Promise<void> {
  if (!('client' in author)) await tx.execute(sql.raw(`set local statement_timeout = ${STATEMENT_MS}`))
}

type Started = {
  format: FormatId
  fileName: string
  bytes: Uint8Array
  reading: typeof importRuns.$inferInsert.reading
}

export async function startRun(
  tx: Writer,
  author: Author,
  { format, fileName, bytes, reading }: Started,
): Promise<Run> {
  const startedAt = now()
  const [made] = await tx
    .insert(importRuns)
    .values({
      smartAccountId: author.account.id,
      format,
      fileName: printable(fileName, 200),
      fileSha256: createHash('sha256').update(bytes).digest('hex'),
      actorUserId: 'client' in author ? null : author.id,
      startedAt,
      reading,
    })
    .returning({ id: importRuns.id })
  return { accountId: author.account.id, id: made?.id ?? 0, at: startedAt.toISOString() }
}

const countsOf = ({ devices: _, ...counts }: Counts) => counts

/** Imports of one account come one after the other; a run is applied once, by the person who saw its preview. */
async function lockRun(tx: Writer, author: Author, runId: number): Promise<{ format: FormatId }> {
  const { id: accountId } = author.account
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('imports'), ${accountId}::int)`)
  const mine = 'client' in author ? isNull(importRuns.actorUserId) : eq(importRuns.actorUserId, author.id)
  const [run] = await tx
    .select({ format: importRuns.format, appliedAt: importRuns.appliedAt })
    .from(importRuns)
    .where(and(eq(importRuns.smartAccountId, accountId), eq(importRuns.id, runId), mine))
    .for('update')
  if (!run || !(run.format in formats)) throw new NotFound('There is no such import.')
  if (run.appliedAt) throw new Conflict('This import was applied already.')
  const [kept] = await tx.execute(
    sql`select 1 from import_rows p where p.smart_account_id = ${accountId} and p.import_run_id = ${runId} limit 1`,
  )
  if (!kept) throw new Conflict('The file is not kept any more. Upload it again.')
  return { format: run.format as FormatId }
}

const TOO_LONG = 'The import took longer than a page may wait.'
const LOCK_NOT_AVAILABLE = '55P03'
const STATEMENT_ENDED = '57014'

/** What the database gave up on, in plain words. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const state = stateOf(error)
    if (state === LOCK_NOT_AVAILABLE)
      throw new Conflict('Somebody else is changing the same devices. Try again when they are done.')
    throw state === STATEMENT_ENDED ? new Unavailable(TOO_LONG) : error
  }
}

function stateOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
}
