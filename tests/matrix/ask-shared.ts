import type { Sql } from 'postgres'
import type { Person } from '@/lib/access/viewer'
import { loadSharedList } from '@/lib/sharing/shared-list'
import { hasSharedOrder, loadSharedOrders } from '@/lib/sharing/shared-order'
import { sharedTable } from '@/lib/sharing/shared-table'
import { parseTable } from '@/lib/table/parse'
import { ask } from './question'

/** Orders of which something is or was shared, those of the eDelivery contact, and one of which nothing is. */
export async function sharedNumbers(owner: Sql): Promise<string[]> {
  const rows = await owner<{ number: string }[]>`
    select o.number from orders o where exists (select from order_shares s where s.smart_account_id = o.smart_account_id and s.order_id = o.id)
      or exists (select from delivery_contacts c where c.smart_account_id = o.smart_account_id and c.order_id = o.id and c.email like '%@grove.example')
    union select min(number) from orders o where not exists (select from order_shares s where s.order_id = o.id) order by 1`
  return rows.map(({ number }) => number)
}

/** The User View of a person: its list, searched and filtered, and each order as its page has it. */
export function askShared(person: Person, numbers: readonly string[]) {
  const list = (params: Record<string, string>) => () => loadSharedList(person, parseTable(sharedTable, params).query)
  return [
    ask('shared orders', list({ size: '250' })),
    ask('shared orders of one way', list({ way: 'share', sort: 'until' })),
    ask('shared orders found', list({ q: 'C9' })),
    ...numbers.flatMap((number) => [
      ask(`shared order ${number}`, () => loadSharedOrders(person, number)),
      ask(`whether order ${number} is shared`, () => hasSharedOrder(person, number)),
    ]),
  ]
}
