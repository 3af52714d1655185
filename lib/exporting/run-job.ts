import 'server-only'
import { randomUUID } from 'node:crypto'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { exports as e } from '@/db/schema/exports'
import { asUser, writeAsUser } from '@/lib/access/database'
import { type Viewer, viewerFor } from '@/lib/access/viewer'
import { Invalid, NotFound } from '@/lib/errors'
import { paramsOf } from '@/lib/table/href'
import { dropFile, dropPart, finishPart, openPart } from './files'
import { covers, type ExportRow } from './jobs'
import type { Job } from './queue'
import { countLines, countSheetRows } from './row-count'
import { readExport, streamTable } from './table-export'

/** Nobody waits for it any more, or whoever did may not have it: there is no file then. */
class NotWanted extends Error {}

const TELL_MS = 1_000

/**
 * Makes an export, from the beginning whatever an earlier run has done. Its person and their scope are asked for now, told
 * progress every second, and asked for once more before the file gets its name. Resolves without a file where it is not
 * wanted any more; rejects where it may be tried again.
 */
export async function runExport(job: Job): Promise<void> {
  const run = randomUUID()
  try {
    const viewer = await viewerOf(job)
    const row = await take(viewer, job, run)
    const written = await writeFile(viewer, row, run)
    await finish(job, row, run, viewer, written)
  } catch (error) {
    await dropPart(job.id, run)
    if (error instanceof NotWanted) return
    if (error instanceof NotFound || error instanceof Invalid) return endExport(job, 'cancelled')
    throw error
  }
}

async function viewerOf({ userId, domain }: Job): Promise<Viewer> {
  const viewer = await viewerFor(userId, domain)
  if (!viewer) throw new NotWanted()
  return viewer
}

const place = (viewer: Viewer, id: string) => and(eq(e.smartAccountId, viewer.account.id), eq(e.id, id))

/** From now on this run is the one that counts. */
async function take(viewer: Viewer, { id }: Job, run: string): Promise<ExportRow> {
  const scopeIds = viewer.scope.kind === 'account' ? null : [...viewer.scope.ids]
  const [row] = await writeAsUser(viewer, async (writer) =>
    writer
      .update(e)
      .set({ status: 'running', run, rowsWritten: 0, scopeIds, toldAt: sql`now()` })
      .where(and(place(viewer, id), inArray(e.status, ['waiting', 'running'])))
      .returning(),
  )
  if (!row) throw new NotWanted()
  return row
}

type WrittenFile = { rows: number; bytes: number }

async function writeFile(viewer: Viewer, row: ExportRow, run: string): Promise<WrittenFile> {
  const made = await readExport(viewer, row.tab, paramsOf(new URLSearchParams(row.search)))
  const layout = { ...made.layout, columns: row.columns }
  // Of a workbook the rows are counted before they are packed.
  const count = row.format === 'xlsx' ? countSheetRows() : countLines(row.format)
  const source = await streamTable(viewer, { ...made, layout }, row.format, 'shown', count.see)
  let bytes = 0
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const telling = setInterval(() => {
    tell(viewer, row.id, run, count.rows).catch((error: Error) => source.destroy(error))
  }, TELL_MS)
  try {
    await pipeline(source, counting, await openPart(row.id, run))
  } finally {
    clearInterval(telling)
  }
  return { rows: count.rows, bytes }
}

/** How far it is. Rejects with NotWanted when it was cancelled, another run has taken it, or the role is gone. */
async function tell(viewer: Viewer, id: string, run: string, rows: number): Promise<void> {
  const told = await writeAsUser(viewer, async (writer) =>
    writer
      .update(e)
      .set({ rowsWritten: rows, toldAt: sql`now()` })
      .where(and(place(viewer, id), eq(e.run, run), eq(e.status, 'running')))
      .returning({ id: e.id }),
  )
  if (told.length === 0) throw new NotWanted()
}

/** The file gets its name, and is told of: only to whom sees at least as much as when it was begun. */
async function finish(job: Job, row: ExportRow, run: string, before: Viewer, { rows, bytes }: WrittenFile) {
  const viewer = await viewerOf(job)
  if (!covers(viewer, row.scopeIds)) throw new NotFound('The role that it was made with is gone.')
  await tell(viewer, row.id, run, rows)
  await finishPart(row.id, run)
  const finished = await writeAsUser(before, async (writer) =>
    writer
      .update(e)
      .set({ status: 'finished', rowsWritten: rows, bytes, toldAt: sql`now()`, finishedAt: sql`now()` })
      .where(and(place(viewer, row.id), eq(e.run, run), eq(e.status, 'running')))
      .returning({ id: e.id }),
  )
  if (finished.length === 0) await dropFile(row.id)
}

/** It will not be made: cancelled for its person, or failed for a reason that the log has. */
export async function endExport({ id, userId }: Job, status: 'cancelled' | 'failed'): Promise<void> {
  await writeAsUser({ id: userId }, async (writer) =>
    writer
      .update(e)
      .set({ status, finishedAt: sql`now()` })
      .where(and(eq(e.id, id), inArray(e.status, ['waiting', 'running']))),
  )
}

/** Its time is over: the file goes, and the row with it. */
export async function forgetExport({ id, userId }: Job): Promise<void> {
  await dropFile(id)
  await writeAsUser({ id: userId }, async (writer) => writer.delete(e).where(eq(e.id, id)))
}

/** Whether the run of a job has said nothing for so long that its server is gone. */
export async function isSilent({ id, userId }: Job, seconds: number): Promise<boolean> {
  const [row] = await asUser({ id: userId }, async (reader) =>
    reader
      .select({ isSilent: sql<boolean>`coalesce(${e.toldAt}, '-infinity') < now() - ${seconds} * interval '1 second'` })
      .from(e)
      .where(eq(e.id, id)),
  )
  return row?.isSilent ?? true
}
