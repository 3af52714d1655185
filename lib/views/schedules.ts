import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { viewSchedules } from '@/db/schema/schedules'
import { asUser, writeAsUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { normalEmail } from '@/lib/email-address'
import { Invalid, NotFound } from '@/lib/errors'
import { mayKeep, openView } from './queries'
import { type Frequency, nextAfter } from './schedule-days'
import { viewProblems } from './schema'

export type Schedule = Pick<
  typeof viewSchedules.$inferSelect,
  'viewId' | 'frequency' | 'skipsEmpty' | 'nextOn' | 'paused' | 'recipients'
>
export type ScheduleDraft = { frequency: Frequency | null; recipients: string; skipsEmpty: boolean }

const RECIPIENTS_AT_MOST = 50

export const mine = (viewer: Viewer) =>
  and(eq(viewSchedules.smartAccountId, viewer.account.id), eq(viewSchedules.userId, viewer.id))

/** The viewer's own schedules in this account, by the view that they send. */
export async function readSchedules(viewer: Viewer): Promise<ReadonlyMap<number, Schedule>> {
  const rows = await asUser(viewer, (reader) => reader.select().from(viewSchedules).where(mine(viewer)))
  return new Map(rows.map((row) => [row.viewId, row]))
}

/** Whether the viewer may send to others: who manages users of the whole account knows who they are. */
export const maySendToOthers = (viewer: Viewer): boolean => can(viewer, 'views.manage')

/**
 * Sends a view that the viewer may open by mail from now on, to themselves and to the people named; without a frequency
 * it is sent no more. Rejects with Invalid where somebody named has no role in the account.
 */
export async function scheduleView(viewer: Viewer, viewId: number, draft: ScheduleDraft): Promise<void> {
  if (!mayKeep(viewer) || !(await openView(viewer, viewId))) throw new NotFound('There is no such view.')
  const { frequency, skipsEmpty } = draft
  const row = and(mine(viewer), eq(viewSchedules.viewId, viewId))
  if (!frequency) {
    await writeAsUser(viewer, async (tx) => tx.delete(viewSchedules).where(row))
    return
  }
  const others = maySendToOthers(viewer) ? await colleagues(viewer, draft.recipients) : []
  const recipients = [...new Set([viewer.id, ...others])]
  const set = { frequency, skipsEmpty, recipients, nextOn: nextAfter(today(), frequency), paused: '' }
  await writeAsUser(viewer, async (tx) =>
    tx
      .insert(viewSchedules)
      .values({ ...set, smartAccountId: viewer.account.id, viewId, userId: viewer.id })
      .onConflictDoUpdate({
        target: [viewSchedules.smartAccountId, viewSchedules.viewId, viewSchedules.userId],
        set,
      }),
  )
}

/** The people of these addresses, each with a role in the account. */
async function colleagues(viewer: Viewer, text: string): Promise<number[]> {
  const typed = text.split(/[\s,;]+/).filter(Boolean)
  const addresses = [...new Set(typed.map((address) => normalEmail(address) ?? ''))]
  if (addresses.length > RECIPIENTS_AT_MOST || addresses.includes('')) throw new Invalid([viewProblems.people])
  if (addresses.length === 0) return []
  const found = (await asUser(viewer, (reader) =>
    reader.execute(
      sql`select id from app.colleagues(${viewer.account.id}, ${`{${addresses.map((one) => JSON.stringify(one)).join(',')}}`}::text[])`,
    ),
  )) as unknown as { id: number }[]
  if (found.length < addresses.length) throw new Invalid([viewProblems.people])
  return found.map(({ id }) => Number(id))
}
