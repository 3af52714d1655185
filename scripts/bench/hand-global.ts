import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'

/**
 * Everything of an account that carries a text, five of each kind in one statement, as somebody would write it who needs no
 * totals: by the index of each table.
 */
export function globalByHand(sql: Sql, viewer: Viewer, text: string) {
  if (!/^[\w-]+$/.test(text)) throw new Error(`${text} is no text of the bench.`)
  // As part of the statement: a plan for any text would read whole tables.
  const pattern = sql.unsafe(`'%${text}%'`)
  const own = sql`smart_account_id = ${sql.unsafe(String(viewer.account.id))}`
  const cells =
    viewer.scope.kind === 'account'
      ? sql`${own} and virtual_account_id = -1`
      : sql`${own} and virtual_account_id in ${sql([...viewer.scope.ids])}`
  const rows =
    viewer.scope.kind === 'account' ? own : sql`${own} and virtual_account_id in ${sql([...viewer.scope.ids])}`
  return sql`
    (select 'devices' as kind, id::text, name as title from devices where ${rows} and (serial_number ilike ${pattern} or name ilike ${pattern}
      or contract_number ilike ${pattern} or sales_order_number ilike ${pattern} or instance_number ilike ${pattern}) limit 5)
    union all (select 'licenses', id::text, name from licenses where ${rows} and (name ilike ${pattern} or sku ilike ${pattern}) limit 5)
    union all (select 'orders', id::text, number from orders where ${own} and (number ilike ${pattern} or web_order_number ilike ${pattern}
      or customer_order_number ilike ${pattern}) limit 5)
    union all (select 'contracts', id::text, number from contracts where ${own} and number ilike ${pattern} limit 5)
    union all (select 'subscriptions', id::text, number from subscriptions where ${own} and (number ilike ${pattern} or name ilike ${pattern}) limit 5)
    union all (select 'products', pid, pid from device_products where ${cells} and n <> 0 and pid ilike ${pattern} group by pid limit 5)
    union all (select 'virtual-accounts', id::text, name from virtual_accounts where ${own} and name ilike ${pattern} limit 5)`
}

/** Which of these are here, by the columns that a person would paste from. */
export function lookUpByHand(sql: Sql, viewer: Viewer, identifiers: readonly string[]) {
  const own = sql`smart_account_id = ${viewer.account.id}`
  const values = sql.array([...identifiers])
  return sql`
    select 'devices' as kind, id, serial_number as matched from devices where ${own} and serial_number = any (${values})
    union all select 'devices', id, name from devices where ${own} and name = any (${values})
    union all select 'devices', id, instance_number from devices where ${own} and instance_number = any (${values})
    union all select 'licenses', id, sku from licenses where ${own} and sku = any (${values})
    union all select 'orders', id, number from orders where ${own} and number = any (${values})
    union all select 'orders', id, web_order_number from orders where ${own} and web_order_number = any (${values})
    union all select 'orders', id, customer_order_number from orders where ${own} and customer_order_number = any (${values})
    union all select 'contracts', id, number from contracts where ${own} and number = any (${values})
    union all select 'subscriptions', id, number from subscriptions where ${own} and number = any (${values})
    union all select 'products', null, pid from device_products where ${own} and virtual_account_id = -1 and pid = any (${values})`
}
