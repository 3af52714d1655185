import type { Sql } from 'postgres'
import { CAP } from './hand-counts'
import type { Fragment } from './hand-pages'

/** A search by hand: products that carry the text in PID or description, and devices that carry it themselves. */
export type HandSearch = { merged: Fragment; total: Fragment; from: Fragment; where: Fragment }

type Scope = { account: number; rows: Fragment; cells: Fragment }

/** As part of the statement: a plan for any text would read the whole table. */
function written(sql: Sql, pattern: string): Fragment {
  if (!/^%?[\w-]+%$/.test(pattern)) throw new Error(`${pattern} is no text of the bench.`)
  return sql.unsafe(`'${pattern}'`)
}

/** Three characters and more are found anywhere, fewer at the beginning of PID, serial number and host name. */
export function searchByHand(sql: Sql, scope: Scope, text: string): HandSearch {
  const { rows } = scope
  const isShort = text.length < 3
  const pattern = written(sql, isShort ? `${text.toUpperCase()}%` : `%${text}%`)
  const single = isShort
    ? sql`(serial_number like ${pattern} or name like lower(${pattern}))`
    : sql`(serial_number ilike ${pattern} or name ilike ${pattern} or contract_number ilike ${pattern}
        or sales_order_number ilike ${pattern} or instance_number ilike ${pattern})`
  const named = isShort ? sql`p.pid like ${pattern}` : sql`(p.pid ilike ${pattern} or p.description ilike ${pattern})`
  const products = sql`(select product_id, last_date_of_support as key, n from device_products c join
      (select id from products p where ${named} offset 0) y on y.id = c.product_id where ${scope.cells} and n <> 0) x`
  const found = sql`product_id = any (array(select product_id from ${products}))`
  const grouped = sql`(select coalesce(sum(n), 0) from ${products})`
  return {
    where: sql`(${single} or ${found})`,
    merged: merged(sql, rows, products, single),
    // Where the products alone are more than are counted, nothing is counted one by one.
    total: sql`select case when ${grouped} > ${CAP} then ${CAP + 1} else ${grouped} +
      (select count(*) from (select 1 from devices where ${rows} and ${single} and not (${found}) limit ${CAP + 1}) x) end::bigint as n`,
    from: sql`from devices join (
      select id from devices where ${rows} and ${found} and ${grouped} <= ${CAP}
      union select id from devices where ${rows} and ${single} and ${grouped} <= ${CAP}) s on s.id = devices.id
      where devices.smart_account_id = ${scope.account}`,
  }
}

/** The first of the products in order until a page is full, and all single devices; merged. */
function merged(sql: Sql, rows: Fragment, products: Fragment, single: Fragment): Fragment {
  return sql`with p as materialized (select product_id, key, sum(n) as n,
      sum(sum(n)) over (order by key = '-infinity', key, product_id) - sum(n) as before from ${products} group by 1, 2),
    single as materialized (select id, last_date_of_support as key, product_id as tie from devices where ${rows} and ${single}),
    page as materialized (select * from (
      select d.* from p cross join lateral (
        (select id, last_date_of_support as key, product_id as tie from devices where ${rows} and product_id = p.product_id and last_date_of_support = p.key
          order by id limit 50)
        union all (select id, last_date_of_support, product_id from devices where ${rows} and product_id = p.product_id and last_date_of_support is null and p.key = '-infinity'
          order by id limit 50)) d where p.before < 50
      union all (select * from single where tie not in (select product_id from p))) x
      order by key, tie, id limit 50)
    select d.id, d.name, serial_number, pid, virtual_account_id, asset_type, coverage_status, coverage_end, contract_number, last_date_of_support, country
    from page join devices d on ${rows} and d.id = page.id order by page.key, page.tie, page.id`
}
