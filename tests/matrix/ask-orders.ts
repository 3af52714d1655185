import type { Sql } from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { measure } from '@/lib/metrics/measure'
import { loadOrder } from '@/lib/resources/order-detail'
import { contactsOf, sharesOf } from '@/lib/resources/order-rows'
import { orders } from '@/lib/resources/orders'
import { loadTable } from '@/lib/table/load'
import { parseTable } from '@/lib/table/parse'
import { ask } from './question'

export type OrderThing = { domain: string; number: string }
/** What is asked of an order's page. */
export type AskedOrder = { total: number; lines: { id: number }[]; assets: { total: number } }

/** Of each set of Virtual Accounts an order with assets and one of licenses, and all that were shared. */
export const orderThings = (owner: Sql) => owner<OrderThing[]>`
  with sorted as (select o.*, exists (select from devices d where d.smart_account_id = o.smart_account_id and d.sales_order_number = o.number) as "hasAssets" from orders o)
  select a.domain, o.number from (
    select id, smart_account_id, number, row_number() over (partition by smart_account_id, virtual_account_ids, "hasAssets" order by id) as nth from sorted) o
  join smart_accounts a on a.id = o.smart_account_id
  where nth = 1 or exists (select from order_shares s where s.smart_account_id = o.smart_account_id and s.order_id = o.id)
    or exists (select from delivery_contacts c where c.smart_account_id = o.smart_account_id and c.order_id = o.id and c.email like '%@grove.example')
  order by o.smart_account_id, o.id`

/** An asset that is elsewhere than the line which it came with. */
export async function strayAsset(owner: Sql): Promise<string> {
  const [found] = await owner<{ serial: string }[]>`
    select d.serial_number as serial from devices d join order_lines l on l.smart_account_id = d.smart_account_id and l.id = d.order_line_id
    join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
    where v.name = 'Germany' and d.virtual_account_id <> v.id and d.serial_number is not null order by d.id limit 1`
  return found?.serial ?? ''
}

/** Those of an account, and one of each other. */
export const ordersFor = (things: readonly OrderThing[], domain: string) =>
  things.filter(
    (thing, index) => thing.domain === domain || things.findIndex((other) => other.domain === thing.domain) === index,
  )

const metrics = Object.keys(orders.metrics) as (keyof typeof orders.metrics)[]

/** The page of the list and its cards, and each order as its page has it. */
export function askOrders(viewer: Viewer, things: readonly OrderThing[], asset: string) {
  const { query } = parseTable(orders, { assignment: ['assigned', 'partly'], sort: 'customer' })
  return [
    ask('the page of orders', () => loadTable(viewer, orders, { panel: 'filters', size: '250' }, '/list')),
    ask('the page of orders found', () => loadTable(viewer, orders, { q: 'CANARY', panel: 'filters' }, '/list')),
    ask('the page of orders by an asset', () => loadTable(viewer, orders, { q: asset }, '/list')),
    ask('the metrics of orders', () =>
      asUser(viewer, (reader) => measure(reader, { resource: orders, viewer, today: today() }, metrics)),
    ),
    ...ordersFor(things, viewer.account.domain).flatMap(({ number }) => [
      ask(`order ${number}`, () => loadOrder(viewer, number, query)),
      ask(`recipients of order ${number}`, () =>
        asUser(viewer, (reader) => Promise.all([sharesOf(reader, viewer, number), contactsOf(reader, viewer, number)])),
      ),
    ]),
  ]
}
