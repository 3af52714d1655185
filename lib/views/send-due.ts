import 'server-only'
import { and, eq, lte } from 'drizzle-orm'
import { savedViews } from '@/db/schema/people'
import { viewSchedules } from '@/db/schema/schedules'
import { asUser, sql, within } from '@/lib/access/database'
import { can, type Viewer, viewerFor } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { today } from '@/lib/clock'
import { Conflict } from '@/lib/errors'
import { type Mail, queueMail } from '@/lib/mail/queue'
import { account, savedView } from '@/lib/paths'
import { tableNamed } from '@/lib/resources/all'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { readDate, readNumber } from '@/lib/table/cells'
import { countTable } from '@/lib/table/counts'
import { parseTable } from '@/lib/table/parse'
import { COUNT_CAP } from '@/lib/table/resource'
import { mayKeep, viewsInScope } from './queries'
import { listHref } from './saved-view'
import { frequencies, nextAfter } from './schedule-days'

type Due = { account: number; domain: string; view_id: number; user_id: number }
type View = Pick<typeof savedViews.$inferSelect, 'id' | 'name' | 'resource' | 'query' | 'isShared'>

/**
 * Queues the mail of all schedules that are due; gives how many letters. Who may see what is asked now: of the owner, whose
 * schedule rests when they may not open the view any more, and of each recipient, who is told of their own rows.
 */
export async function sendDueViews(): Promise<number> {
  const day = today()
  const due = await within(10_000, sql()<Due[]>`select * from app.due_schedules(${day})`)
  let letters = 0
  for (const one of due) letters += await sendOne(one, day).catch(othersWereFaster)
  return letters
}

function othersWereFaster(error: unknown): number {
  if (error instanceof Conflict) return 0
  throw error
}

async function sendOne({ account: accountId, domain, view_id: viewId, user_id: userId }: Due, day: string) {
  await within(10_000, sql()`select app.turn_day(${accountId}, ${day})`)
  const owner = await viewerFor(Number(userId), domain)
  const view = owner && mayKeep(owner) ? await readView(owner, Number(viewId)) : undefined
  if (!owner || !view) {
    const why = 'You may not open this view any more.'
    await within(10_000, sql()`select app.pause_schedule(${accountId}, ${viewId}, ${userId}, ${why})`)
    return 0
  }
  const mine = and(
    eq(viewSchedules.smartAccountId, owner.account.id),
    eq(viewSchedules.userId, owner.id),
    eq(viewSchedules.viewId, view.id),
  )
  const [schedule] = await asUser(owner, (reader) => reader.select().from(viewSchedules).where(mine))
  if (!schedule) return 0
  const { recipients, skipsEmpty, frequency } = schedule
  const mails: Mail[] = []
  for (const id of recipients) {
    const reader = await viewerFor(id, domain)
    const mail = reader && (await mailTo(reader, owner, view, { skipsEmpty, frequency }))
    if (mail) mails.push(mail)
  }
  return write(owner, { permission: 'export' }, async (tx) => {
    // Of several servers the first one queues it: for the others it is not due any more.
    const taken = await tx
      .update(viewSchedules)
      .set({ nextOn: nextAfter(day, frequency) })
      .where(and(mine, lte(viewSchedules.nextOn, day)))
      .returning({ id: viewSchedules.viewId })
    if (taken.length === 0) throw new Conflict('Another server was faster.')
    await queueMail(tx, owner.account.id, mails)
    const detail = { letters: mails.length, recipients: recipients.length }
    return {
      result: mails.length,
      events: [{ type: 'views.mailed', subject: 'saved_view', subjectId: view.id, virtualAccountIds: [], detail }],
    }
  })
}

async function readView(viewer: Viewer, id: number): Promise<View | undefined> {
  const [view] = await asUser(viewer, (reader) =>
    reader
      .select()
      .from(savedViews)
      .where(and(viewsInScope(viewer), eq(savedViews.id, id))),
  )
  return view
}

/** What a recipient is told: how many rows of the list they see, and the way there. Null where there is nothing to tell. */
async function mailTo(
  reader: Viewer,
  owner: Viewer,
  view: View,
  { skipsEmpty, frequency }: Pick<typeof viewSchedules.$inferSelect, 'skipsEmpty' | 'frequency'>,
): Promise<Mail | null> {
  const found = tableNamed(view.resource)
  if (!found || !can(reader, 'export') || (found.isAgreements && !can(reader, 'agreements.see'))) return null
  const resource = found.tab === 'events' ? eventLog(await eventNames(reader, view.query)) : found.resource
  const { query, problems } = parseTable(resource, view.query)
  if (problems.length > 0) return null
  const { total, isCapped } = await asUser(reader, (at) => countTable(at, resource, reader, query, today(), []))
  if (total === 0 && skipsEmpty) return null
  const rows = isCapped ? `more than ${readNumber(COUNT_CAP)}` : readNumber(total)
  const { domain, name } = reader.account
  const opens = view.isShared || reader.id === owner.id
  const [list] = listHref(`${account(domain)}/${found.tab}`, view).split(/[?&]saved=\d+$/)
  return {
    kind: 'report',
    to: reader.email,
    about: { subject: 'saved_view', id: view.id },
    letter: {
      subject: `${view.name}: ${rows} ${resource.noun.many} in ${name}`,
      parts: [
        { text: `The saved view “${view.name}” of ${name}, as you see it on ${readDate(today())}.` },
        { facts: [[resource.noun.many.replace(/^./, (letter) => letter.toUpperCase()), rows]] },
        { link: opens ? savedView(domain, view.id) : (list ?? ''), label: 'Open the list' },
        { text: `${frequencies[frequency]}. Sent by ${reader.id === owner.id ? 'yourself' : 'a colleague'}.` },
      ],
    },
  }
}
