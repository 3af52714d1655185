import 'server-only'
import { eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import {
  deliveryContacts as contacts,
  orderShareItems as items,
  orders,
  orderShares as shares,
} from '@/db/schema/orders'
import { users } from '@/db/schema/people'
import type { Person } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { readDate } from '@/lib/table/cells'
import type { Opened } from './opened'

export type Recipient = Pick<Person, 'id' | 'email' | 'organisation'>

/** One share of an order, or its naming somebody as eDelivery contact, as it stands in the database. */
export type WayRow = {
  accountId: number
  orderId: number
  by: 'share' | 'contact'
  level: 'order' | 'lines' | 'assets'
  note: string
  customerOrderNumber: string | null
  sender: { name: string; organisation: string } | null
  sentAt: string | null
  until: string | null
  /** Nobody has opened it yet. */
  isNew: boolean
  items: { lineId: number; deviceId: number | null }[]
}

/** Why somebody sees something of an order, in words. */
export type Way = { by: string; opens: string; sender: string; sentOn: string; until: string; note: string }

/** Shares that are in force: a share that has ended or was revoked does not exist. */
export const inForce = (): SQL =>
  sql`${shares.revokedAt} is null and (${shares.expiresAt} is null or ${shares.expiresAt} > ${now().toISOString()})`

const iso = (instant: SQL | typeof shares.sentAt | typeof shares.expiresAt) =>
  sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/**
 * All by which a person sees something of the orders of a number, order by order. A number is unique in its account only,
 * so there may be several.
 */
export async function waysTo(reader: Reader, { email }: Recipient, number: string): Promise<WayRow[][]> {
  const rows = (await reader.execute(sql`
    select ${shares.smartAccountId} as "accountId", ${shares.orderId} as "orderId", 'share' as by, ${shares.level} as level,
      ${shares.note} as note, ${shares.customerOrderNumber} as "customerOrderNumber",
      (select jsonb_build_object('name', ${users.name}, 'organisation', ${users.organisation}) from ${users} where ${users.id} = ${shares.sentBy}) as sender,
      ${iso(shares.sentAt)} as "sentAt", ${iso(shares.expiresAt)} as until, ${shares.openedAt} is null as "isNew",
      (select coalesce(jsonb_agg(jsonb_build_object('lineId', ${items.orderLineId}, 'deviceId', ${items.deviceId}) order by ${items.id}), '[]')
        from ${items} where ${items.smartAccountId} = ${shares.smartAccountId} and ${items.shareId} = ${shares.id}) as items
    from ${shares} join ${orders} on ${orders.smartAccountId} = ${shares.smartAccountId} and ${orders.id} = ${shares.orderId}
    where ${eq(shares.email, email)} and ${inForce()} and ${orders.number} = ${number}
    union all
    select ${contacts.smartAccountId}, ${contacts.orderId}, 'contact', 'order', '', null, null, null, null, false, '[]'
    from ${contacts} join ${orders} on ${orders.smartAccountId} = ${contacts.smartAccountId} and ${orders.id} = ${contacts.orderId}
    where ${eq(contacts.email, email)} and ${orders.number} = ${number}
    order by 1, 2, 8 nulls first`)) as unknown as WayRow[]
  const byOrder = new Map<string, WayRow[]>()
  for (const row of rows) {
    const key = `${row.accountId} ${row.orderId}`
    byOrder.set(key, [...(byOrder.get(key) ?? []), row])
  }
  return [...byOrder.values()]
}

/** What several ways to one order open together. */
export function openedBy([first, ...others]: readonly WayRow[]): Opened {
  const ways = first ? [first, ...others] : []
  const itemsOf = (level: WayRow['level']) => ways.filter((way) => way.level === level).flatMap((way) => way.items)
  return {
    accountId: first?.accountId ?? 0,
    orderId: first?.orderId ?? 0,
    isWhole: ways.some(({ level }) => level === 'order'),
    lineIds: [...new Set(itemsOf('lines').map(({ lineId }) => lineId))],
    assets: itemsOf('assets').flatMap(({ lineId, deviceId }) => (deviceId === null ? [] : [{ lineId, deviceId }])),
  }
}

const OPENS = { order: 'the whole order', lines: 'lines of it', assets: 'single assets of it' }

/** A way as it reads for somebody of this organisation; the name of the sender is for their own organisation alone. */
export function readWay(row: WayRow, organisation: string): Way {
  const { by, level, sender, sentAt, until, note } = row
  const isColleague = sender?.organisation === organisation
  return {
    by: by === 'contact' ? 'The order names you as eDelivery contact' : 'Shared with you by Order Based Access',
    opens: OPENS[level],
    sender: sender === null ? '' : isColleague ? sender.name : `Somebody at ${sender.organisation}`,
    sentOn: sentAt === null ? '' : readDate(sentAt),
    // The last day: an access ends with it.
    until: until === null ? '' : readDate(new Date(Date.parse(until) - 1).toISOString()),
    note,
  }
}
