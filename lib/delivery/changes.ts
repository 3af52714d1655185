import 'server-only'
import { and, eq, gt, sql } from 'drizzle-orm'
import { events } from '@/db/schema/changes'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import type { EventType } from '@/lib/changes/events'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import type { OrderFile } from './file-columns'
import type { OrderFiles } from './order-files'

const DOWNLOADED: EventType = 'documents.downloaded'

/** How long after its beginning a download may go on without being another one. */
const RESUMABLE_MS = 24 * 60 * 60 * 1000

const idsOf = (files: readonly OrderFile[], of: OrderFile['kind']) =>
  files.filter(({ kind }) => kind === of).map(({ id }) => id)

/** What the event of a download tells: the files by id, and the Virtual Accounts of their lines. */
export function toldOf({ files }: Pick<OrderFiles, 'files'>) {
  const places = files.flatMap(({ virtualAccountId }) => (virtualAccountId === null ? [] : [virtualAccountId]))
  return {
    virtualAccountIds: [...new Set(places)].sort((a, b) => a - b),
    detail: { documentIds: idsOf(files, 'document'), termsIds: idsOf(files, 'terms') },
  }
}

/**
 * Leaves the event of a download: one for a file, one for a zip with all that is in it. A request for a later piece leaves
 * one only where the person has not begun to download the same within a day: the pieces of one download are one event, and
 * nobody gets a byte without any.
 */
export async function recordDownload(viewer: Viewer, found: OrderFiles, isLaterPiece: boolean): Promise<boolean> {
  const { virtualAccountIds, detail } = toldOf(found)
  if (isLaterPiece && (await hasBegun(viewer, found.orderId, detail))) return true
  return write(viewer, { permission: 'documents.download', asReading: true }, async () => ({
    result: true,
    events: [{ type: DOWNLOADED, subject: 'order', subjectId: found.orderId, virtualAccountIds, detail }],
  }))
}

const hasBegun = async (viewer: Viewer, orderId: number, detail: Record<string, unknown>): Promise<boolean> => {
  const [begun] = await asUser(viewer, (reader) =>
    reader
      .select({ seq: events.seq })
      .from(events)
      .where(
        and(
          eq(events.smartAccountId, viewer.account.id),
          eq(events.subject, 'order'),
          eq(events.subjectId, orderId),
          eq(events.type, DOWNLOADED),
          eq(events.actorUserId, viewer.id),
          gt(events.at, new Date(now().getTime() - RESUMABLE_MS)),
          sql`${events.detail} = ${JSON.stringify(detail)}::jsonb`,
        ),
      )
      .limit(1),
  )
  return begun !== undefined
}
