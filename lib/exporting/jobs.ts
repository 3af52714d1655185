import 'server-only'
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { exports as e } from '@/db/schema/exports'
import { asUser, writeAsUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { today } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { paramsOf, toSearch } from '@/lib/table/href'
import { filtersIn } from './facts'
import { dropFile } from './files'
import { type Extent, exportName, type Format, LARGE_ROWS } from './formats'
import { countExport } from './limits'
import { KEPT_SECONDS, sendExport } from './queue'
import { readExport, type TableExport } from './table-export'

export type ExportRow = typeof e.$inferSelect

/** What somebody wants as a job: a tab, the parameters of its address, the format and the columns. */
export type Wanted = { tab: string; search: string; format: Format; extent: Extent }

const AT_ONCE = 3
const mine = (viewer: Viewer) => and(eq(e.smartAccountId, viewer.account.id), eq(e.userId, viewer.id))
const isKept = gt(e.createdAt, sql`now() - ${KEPT_SECONDS} * interval '1 second'`)
const isOpen = inArray(e.status, ['waiting', 'running'])

/** Support reads, and may nothing more: what it does is an event of its own kind besides. */
export const exportPermission = ({ support }: Viewer) => (support.length > 0 ? 'assets.see' : 'export')

/** The Virtual Accounts of an event on an export; none where it is of the whole account. */
export const placesOf = ({ scope }: Viewer): number[] => (scope.kind === 'account' ? [] : [...scope.ids])

/**
 * Puts an export into the queue. Rejects with NotFound where the viewer may not take the table out, with Invalid where a
 * parameter is bad or they have too many under way, with TooManyExports past the limit of the hour.
 */
export async function startExport(viewer: Viewer, wanted: Wanted, key: string): Promise<string> {
  const { tab, search, format, extent } = wanted
  const made = await readExport(viewer, tab, paramsOf(new URLSearchParams(search)))
  const { resource, query, layout, rows, isCapped } = made
  const columns = extent === 'all' ? Object.keys(resource.columns) : layout.columns
  await countExport(viewer, Number.POSITIVE_INFINITY)
  const permission = exportPermission(viewer)
  return write(viewer, { permission, idempotency: { key, request: wanted } }, async (tx) => {
    const open = await tx
      .select({ id: e.id })
      .from(e)
      .where(and(mine(viewer), isOpen, isKept))
    if (open.length >= AT_ONCE)
      throw new Invalid([`You have ${open.length} exports under way. Cancel one, or wait until one is finished.`])
    const [row] = await tx
      .insert(e)
      .values({
        smartAccountId: viewer.account.id,
        userId: viewer.id,
        tab,
        search: toSearch(resource, query).replace(/^\?/, ''),
        format,
        columns,
        fileName: exportName(viewer.account.domain, resource.name, today(), format),
        filters: filtersIn(resource, viewer, query),
        rowsExpected: isCapped ? null : rows,
        createdAt: sql`now()`,
      })
      .returning({ id: e.id })
    const id = row?.id ?? ''
    await sendExport(tx, { id, userId: viewer.id, domain: viewer.account.domain })
    const detail = { table: resource.name, format, columns: columns.length, ...(!isCapped && { rows }) }
    const event = { type: 'exports.started', subject: 'export', virtualAccountIds: placesOf(viewer), detail } as const
    return { result: id, events: [event] }
  })
}

/** Leaves the event of a list that is taken out at once, where it is large. */
export async function logLarge(
  viewer: Viewer,
  { resource, rows, isCapped }: TableExport,
  format: Format,
): Promise<void> {
  if (rows <= LARGE_ROWS) return
  const detail = { table: resource.name, format, ...(!isCapped && { rows }) }
  await write(viewer, { permission: exportPermission(viewer) }, async () => ({
    result: null,
    events: [{ type: 'exports.fetched', subject: 'export', virtualAccountIds: placesOf(viewer), detail }],
  }))
}

/** The exports of a person in an account, the newest first, as long as they are kept. */
export const listExports = (viewer: Viewer): Promise<ExportRow[]> =>
  asUser(viewer, async (reader) =>
    reader
      .select()
      .from(e)
      .where(and(mine(viewer), isKept))
      .orderBy(desc(e.createdAt)),
  )

/** Ends an export that is waited for, or takes a finished one away. Rejects with NotFound where there is none. */
export async function cancelExport(viewer: Viewer, id: string): Promise<void> {
  const ended = await writeAsUser(viewer, async (writer) =>
    writer
      .update(e)
      .set({ status: 'cancelled', finishedAt: sql`now()` })
      .where(and(mine(viewer), eq(e.id, id), inArray(e.status, ['waiting', 'running', 'finished'])))
      .returning({ id: e.id }),
  )
  if (ended.length === 0) throw new NotFound('There is no such export.')
  await dropFile(id)
}

/**
 * A finished export of the viewer's, with an event of its being taken. Null where there is none, and where the viewer
 * sees less now than when it was made: then it is taken away.
 */
export async function takeExport(viewer: Viewer, id: string): Promise<ExportRow | null> {
  const [row] = await asUser(viewer, async (reader) =>
    reader
      .select()
      .from(e)
      .where(and(mine(viewer), eq(e.id, id), eq(e.status, 'finished'), isKept)),
  )
  if (!row) return null
  const isAllowed = await readExport(viewer, row.tab, paramsOf(new URLSearchParams(row.search))).then(
    () => covers(viewer, row.scopeIds),
    () => false,
  )
  if (!isAllowed) {
    await cancelExport(viewer, id)
    return null
  }
  await write(viewer, { permission: exportPermission(viewer) }, async () => ({
    result: null,
    events: [
      {
        type: 'exports.fetched',
        subject: 'export',
        virtualAccountIds: placesOf(viewer),
        detail: { table: row.tab, format: row.format, rows: row.rowsWritten },
      },
    ],
  }))
  return row
}

/** Whether a viewer sees everything that rows of these Virtual Accounts can be of; null = the whole account. */
export const covers = ({ scope }: Pick<Viewer, 'scope'>, ids: readonly number[] | null): boolean =>
  scope.kind === 'account' || (ids?.every((id) => scope.ids.includes(id)) ?? false)
