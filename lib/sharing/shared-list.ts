import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { arrayText } from '@/db/literal'
import { devices as d } from '@/db/schema/devices'
import {
  deliveryContacts as contacts,
  orderShareItems as items,
  orderLines as line,
  orders as o,
  orderShares as shares,
} from '@/db/schema/orders'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { today } from '@/lib/clock'
import { anywhere } from '@/lib/resources/text-search'
import { inBand } from '@/lib/table/filters'
import type { TableQuery } from '@/lib/table/parse'
import { MENUS, type SharedName, sharedTable } from './shared-table'
import type { SharedFound, SharedRow } from './shared-view'
import { inForce, type Recipient } from './ways'

/**
 * The User View of a person: orders found by their own address, whatever roles they have elsewhere. Some thousands at
 * most, so everything is counted from the rows themselves.
 */
export function loadSharedList(person: Recipient, query: TableQuery): Promise<SharedFound> {
  return asUser(person, async (reader) => {
    const [counts, rows] = await Promise.all([countShared(reader, person, query), readShared(reader, person, query)])
    const facets: Record<string, Record<string, number>> = {}
    for (const { part, value, n } of counts) if (n > 0) facets[part] = { ...facets[part], [value]: n }
    return { total: facets['total']?.[''] ?? 0, whole: facets['whole']?.[''] ?? 0, facets, rows }
  })
}

/** From what waits longest to what is over: how lines of an order are told by one word. */
const PROGRESS = sql`'{on_hold,booked,shipped,delivered,closed}'::text[]`

/**
 * `way`: each share in force and each naming; `item`: what shares of lines or assets open; `base`: an order a row. What
 * is not opened of an order has no part in its row: its status is that of the opened lines.
 */
const base = ({ email, organisation }: Recipient): SQL => sql`
  way as materialized (
    select ${shares.smartAccountId} as account, ${shares.orderId} as order_id, ${shares.id} as share_id, ${shares.level}::text as level,
      ${shares.expiresAt} as expires_at, ${shares.sentAt} as sent_at, ${shares.sentBy} as sent_by, ${shares.customerOrderNumber} as customer
    from ${shares} where ${eq(shares.email, email)} and ${inForce()}
    union all
    select ${contacts.smartAccountId}, ${contacts.orderId}, null, 'order', null, null, null, null from ${contacts} where ${eq(contacts.email, email)}),
  item as materialized (
    select distinct w.account, w.order_id, w.level, ${items.orderLineId} as line_id, ${items.deviceId} as device_id
    from way w join ${items} on ${items.smartAccountId} = w.account and ${items.shareId} = w.share_id where w.level <> 'order'),
  base as materialized (
    select ${o.smartAccountId} as account, ${o.id} as id, ${o.number} as number, ${o.orderedOn} as ordered, w.*,
      case when w.is_whole then ${o.customerOrderNumber} else w.own_number end as customer,
      case when w.is_whole then ${o.status} else (select (${PROGRESS})[min(array_position(${PROGRESS}, ${line.status}))]
        from ${line} where ${line.smartAccountId} = ${o.smartAccountId} and ${line.orderId} = ${o.id}
          and ${line.id} in (select line_id from item i where i.account = ${o.smartAccountId} and i.order_id = ${o.id})) end as status,
      (select count(distinct line_id)::int from item i where i.account = w.of_account and i.order_id = w.of_order and i.level = 'lines') as lines,
      (select count(distinct device_id)::int from item i where i.account = w.of_account and i.order_id = w.of_order and i.level = 'assets') as assets,
      (select case when ${users.organisation} = ${organisation} then ${users.name} else ${users.organisation} end from ${users} where ${users.id} = w.last_sender) as sender
    from (
      select account as of_account, order_id as of_order, bool_or(share_id is not null) as is_shared, bool_or(share_id is null) as is_contact,
        bool_or(level = 'order') as is_whole, case when bool_or(expires_at is null) then null else ((max(expires_at) - interval '1 millisecond') at time zone 'UTC')::date end as until,
        (max(sent_at) at time zone 'UTC')::date as sent, (array_agg(sent_by order by sent_at desc nulls last))[1] as last_sender,
        (array_agg(customer order by sent_at desc nulls last))[1] as own_number
      from way group by 1, 2) w
    join ${o} on ${o.smartAccountId} = w.of_account and ${o.id} = w.of_order)`

/** Orders whose numbers, opened lines or opened assets have the text. */
function found(q: string): SQL {
  const pattern = anywhere(q)
  const opened = sql`(b.is_whole or ${line.id} in (select line_id from item i where i.account = b.account and i.order_id = b.id and i.level = 'lines'))`
  const ofOrder = sql`${line.smartAccountId} = b.account and ${line.orderId} = b.id`
  return sql`(b.number ilike ${pattern} or b.customer ilike ${pattern}
    or exists (select from ${line} where ${ofOrder} and (${line.pid} ilike ${pattern} or ${line.description} ilike ${pattern})
      and (b.is_whole or ${line.id} in (select line_id from item i where i.account = b.account and i.order_id = b.id)))
    or exists (select from ${d} where ${d.smartAccountId} = b.account and ${d.serialNumber} ilike ${pattern} and (
      ${d.orderLineId} in (select ${line.id} from ${line} where ${ofOrder} and ${opened})
      or ${d.id} in (select device_id from item i where i.account = b.account and i.order_id = b.id and i.level = 'assets'))))`
}

const oneOf = (place: SQL, values: readonly string[]) => sql`${place} = any (${arrayText(values)}::text[])`
const either = (conditions: readonly SQL[]) => sql`(${sql.join([...conditions], sql` or `)})`

/** What each filter that holds asks of a row. */
function conditionsOf({ q, filters, ranges }: TableQuery): { name: string; sql: SQL }[] {
  const { status = [], way = [], age = [] } = filters
  const ways = { share: sql`b.is_shared`, contact: sql`b.is_contact` }
  const within = (place: SQL, { from, to }: { from?: string; to?: string }) =>
    sql`(${and(from ? sql`${place} >= ${from}::date` : undefined, to ? sql`${place} <= ${to}::date` : undefined)})`
  return [
    ...(q ? [{ name: 'q', sql: found(q) }] : []),
    ...(status.length > 0 ? [{ name: 'status', sql: oneOf(sql`b.status`, status) }] : []),
    ...(way.length > 0
      ? [{ name: 'way', sql: either(way.map((one) => ways[one === 'share' ? one : 'contact'])) }]
      : []),
    ...(age.length > 0
      ? [{ name: 'age', sql: either(age.map((band) => inBand(sharedTable.bands.age, band, sql`b.ordered`, today()))) }]
      : []),
    ...(ranges['ordered'] ? [{ name: 'ordered', sql: within(sql`b.ordered`, ranges['ordered']) }] : []),
    ...(ranges['until'] ? [{ name: 'until', sql: within(sql`b.until`, ranges['until']) }] : []),
  ]
}

/** The filters that hold, but for one of them. */
const where = (query: TableQuery, but?: string): SQL =>
  sql`(${
    and(
      ...conditionsOf(query)
        .filter(({ name }) => name !== but)
        .map((condition) => condition.sql),
    ) ?? sql`true`
  })`

type Count = { part: string; value: string; n: number }

async function countShared(reader: Reader, person: Recipient, query: TableQuery): Promise<Count[]> {
  const values = {
    status: sql`lateral (select b.status as value) v`,
    way: sql`lateral (select 'share' as value where b.is_shared union all select 'contact' where b.is_contact) v`,
    age: sql`lateral (select x.value from (values ${sql.join(
      Object.keys(sharedTable.bands.age.bands).map(
        (band) => sql`(${band}, ${inBand(sharedTable.bands.age, band, sql`b.ordered`, today())})`,
      ),
      sql`, `,
    )}) x (value, holds) where x.holds) v`,
  }
  const facets = MENUS.map(
    (name) =>
      sql`select ${name}::text as part, v.value::text as value, count(*)::int as n from base b cross join ${values[name]} where ${where(query, name)} group by 2`,
  )
  return (await reader.execute(sql`with ${base(person)}
    select 'total' as part, '' as value, count(*)::int as n from base b where ${where(query)}
    union all select 'whole', '', count(*)::int from base
    union all ${sql.join(facets, sql` union all `)}`)) as unknown as Count[]
}

const SORTED: Readonly<Partial<Record<SharedName, SQL>>> = {
  number: sql`b.number`,
  customer: sql`b.customer`,
  status: sql`b.status`,
  ordered: sql`b.ordered`,
  sent: sql`b.sent`,
  until: sql`b.until`,
}

async function readShared(reader: Reader, person: Recipient, query: TableQuery): Promise<SharedRow[]> {
  const by = SORTED[query.sort as SharedName] ?? sql`b.ordered`
  const way = query.descending ? sql`desc` : sql`asc`
  return (await reader.execute(sql`with ${base(person)}
    select b.id, b.number, b.customer, b.status, b.ordered::text as ordered, b.is_shared as "isShared", b.is_contact as "isContact",
      b.is_whole as "isWhole", b.lines, b.assets, b.sender, b.sent::text as sent, b.until::text as until
    from base b where ${where(query)}
    order by ${by} ${way} nulls last, b.number ${way}, b.account, b.id
    limit ${query.size} offset ${(query.page - 1) * query.size}`)) as unknown as SharedRow[]
}
