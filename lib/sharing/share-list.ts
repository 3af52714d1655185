import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { orderShareItems as items, orders as o, orderShares as s } from '@/db/schema/orders'
import { users } from '@/db/schema/people'
import { mayKnow } from '@/lib/access/contacts'
import { asUser } from '@/lib/access/database'
import { knowsAll, sharesContacts } from '@/lib/access/reason-rows'
import type { Viewer } from '@/lib/access/viewer'
import { lastDayOf } from '@/lib/administration/schema'
import { now } from '@/lib/clock'
import { mailStatesOf } from '@/lib/mail/queue'
import { anywhere } from '@/lib/resources/text-search'
import { opensText } from './send'
import type { ShareLevel } from './send-schema'
import { mailWords, type ShareListState, shareStates } from './share-words'

export const SHARES_SIZE = 50

export type ShareQuery = { q: string; state: ShareListState | null; page: number }

export type ShareRow = {
  id: number
  order: string
  email: string
  opens: string
  note: string
  /** Null where the viewer may not know who it was. */
  sender: string | null
  sentAt: Date
  lastDay: string | null
  openedAt: Date | null
  downloadedAt: Date | null
  state: ShareListState
  mail: { text: string; problem: string } | null
  /** Whether the viewer may take it back or send it again. */
  isInHand: boolean
}

export type ShareList = {
  rows: ShareRow[]
  total: number
  page: number
  pages: number
  counts: Record<ShareListState, number>
}

/** What a share is by the clock of the product. */
const stateOf = (): SQL<ShareListState> => sql`case when ${s.revokedAt} is not null then 'revoked'
  when ${s.expiresAt} is not null and ${s.expiresAt} <= ${now().toISOString()} then 'ended'
  when ${s.openedAt} is not null then 'opened' else 'unopened' end`

/** Shares that the viewer may know of: all, for who manages the users of the account; else what they sent, and what is all in Virtual Accounts that they administer. */
const listed = (viewer: Viewer): SQL =>
  sql`(${and(
    eq(s.smartAccountId, viewer.account.id),
    knowsAll(viewer)
      ? undefined
      : sql`(${s.sentBy} = ${viewer.id} or ${s.id} = any ((select app.my_administered_shares())::bigint[]))`,
  )})`

const matching = ({ q }: ShareQuery): SQL =>
  q === ''
    ? sql`true`
    : sql`(${s.email} ilike ${anywhere(q)} or ${o.number} ilike ${anywhere(q)} or ${s.note} ilike ${anywhere(q)})`

/** Order Based Access that was given in the account, the newest first, with how its mail and its recipient stand to it. */
export function sharesOf(viewer: Viewer, query: ShareQuery): Promise<ShareList> {
  return asUser(viewer, async (reader) => {
    const ofOrder = and(eq(o.smartAccountId, s.smartAccountId), eq(o.id, s.orderId))
    const isKnown = await sharesContacts(reader, viewer)
    const counted = await reader
      .select({ state: stateOf(), n: sql<number>`count(*)::int` })
      .from(s)
      .innerJoin(o, ofOrder)
      .where(and(listed(viewer), matching(query)))
      .groupBy(sql`1`)
    const counts = Object.fromEntries(
      shareStates.map((state) => [state, counted.find((row) => row.state === state)?.n ?? 0]),
    ) as ShareList['counts']
    const total = query.state ? counts[query.state] : shareStates.reduce((sum, state) => sum + counts[state], 0)
    const pages = Math.max(1, Math.ceil(total / SHARES_SIZE))
    const page = Math.min(query.page, pages)
    const rows = await reader
      .select({
        ...{ id: s.id, order: o.number, email: s.email, level: s.level, note: s.note, state: stateOf() },
        ...{ sentBy: s.sentBy, senderName: users.name, organisation: users.organisation },
        ...{ sentAt: s.sentAt, expiresAt: s.expiresAt, openedAt: s.openedAt, downloadedAt: s.downloadedAt },
        n: sql<number>`(select count(*)::int from ${items} where ${items.smartAccountId} = ${s.smartAccountId} and ${items.shareId} = ${s.id})`,
      })
      .from(s)
      .innerJoin(o, ofOrder)
      .innerJoin(users, eq(users.id, s.sentBy))
      .where(and(listed(viewer), matching(query), query.state ? sql`${stateOf()} = ${query.state}` : undefined))
      .orderBy(sql`${s.sentAt} desc`, sql`${s.id} desc`)
      .limit(SHARES_SIZE)
      .offset((page - 1) * SHARES_SIZE)
    const ids = rows.map(({ id }) => id)
    const [mails, inHand] = await Promise.all([
      mailStatesOf(reader, viewer.account.id, 'order_share', ids),
      reader.execute(
        sql`select i as id from app.shares_in_hand(${viewer.account.id}, ${`{${ids.join(',')}}`}::bigint[]) i`,
      ) as unknown as Promise<{ id: number }[]>,
    ])
    const mine = new Set(inHand.map(({ id }) => id))
    return {
      ...{ total, page, pages, counts },
      rows: rows.map(({ level, n, sentBy, senderName, organisation, expiresAt, ...row }) => {
        const mail = mails.get(row.id)
        const knows = sentBy === viewer.id || mayKnow(viewer, { id: sentBy, organisation }, isKnown)
        return {
          ...row,
          opens: level === 'order' ? 'Whole order' : opensText(level as ShareLevel, n),
          sender: knows ? senderName : null,
          lastDay: lastDayOf(expiresAt),
          mail: mail ? { text: mailWords[mail.state], problem: mail.problem } : null,
          isInHand: mine.has(row.id) && (row.state === 'opened' || row.state === 'unopened'),
        }
      }),
    }
  })
}
