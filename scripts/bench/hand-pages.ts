import type { PendingQuery, Row, Sql } from 'postgres'

export type Fragment = PendingQuery<Row[]> | PendingQuery<(Row & Iterable<Row>)[]>

/** What a page of the list is asked by hand: the rows of `where` in the order of a column. */
export type PageQuestion = {
  account: number
  where: Fragment
  /** The column that sorts, whether it may be null, and whether products order what is alike in it. */
  key: string
  isNullable: boolean
  hasTie: boolean
  descending: boolean
  offset: number
  size: number
}

/** The columns that somebody sees who has not chosen others. */
const SHOWN =
  'id, name, serial_number, pid, virtual_account_id, asset_type, coverage_status, coverage_end, contract_number, last_date_of_support, country'

/** Ways to write the same page; which is the best depends on the filter, so the bench takes the fastest of them. */
export type PageWay = 'walk' | 'deferred' | 'sorted' | 'from-end'

/** The statement of a page. `fromEnd`: how many rows come after it, for a way that reads from there. */
export function pageByHand(sql: Sql, question: PageQuestion, way: PageWay, fromEnd = 0): Fragment {
  const { account, where, key, hasTie, descending, offset, size } = question
  const column = sql.unsafe(key)
  const tie = sql.unsafe(hasTie ? 'product_id' : 'id')
  const shown = sql.unsafe(SHOWN)
  if (way === 'walk') return walk(sql, question, shown)
  const sorted = descending ? sql`key desc nulls last, tie desc, id desc` : sql`key asc nulls last, tie asc, id asc`
  const place = sql`${column} as key, ${tie} as tie, id`
  const last = { ...question, descending: !descending, offset: fromEnd }
  const ids =
    way === 'sorted'
      ? sql`select * from (with hits as materialized (select ${place} from devices where ${where})
          select * from hits order by ${sorted} limit ${size} offset ${offset}) h`
      : way === 'from-end'
        ? walk(sql, last, place, 'nulls first')
        : walk(sql, question, place)
  return sql`with page as materialized (${ids})
    select d.id, d.name, serial_number, pid, virtual_account_id, asset_type, coverage_status, coverage_end, contract_number, last_date_of_support, country
    from page join devices d on d.smart_account_id = ${account} and d.id = page.id
    order by ${descending ? sql`page.key desc nulls last, page.tie desc, page.id desc` : sql`page.key asc nulls last, page.tie asc, page.id asc`}`
}

/** Along the index of the column. Read backwards it begins with nulls, which a list has last: then in two pieces. */
function walk(
  sql: Sql,
  question: PageQuestion,
  shown: Fragment,
  nulls: 'nulls last' | 'nulls first' = 'nulls last',
): Fragment {
  const { where, key, isNullable, hasTie, descending, offset, size } = question
  const rest = (way: string) => sql.unsafe(hasTie ? `, product_id ${way}, id ${way}` : `, id ${way}`)
  const column = sql.unsafe(key)
  const order = descending
    ? sql`${column} desc nulls first${rest('desc')}`
    : sql`${column} asc nulls last${rest('asc')}`
  const isIndexOrder = !isNullable || (descending ? nulls === 'nulls first' : nulls === 'nulls last')
  if (isIndexOrder)
    return sql`select ${shown} from devices where ${where} order by ${order} limit ${size} offset ${offset}`
  const piece = (condition: Fragment) =>
    sql`(select ${shown} from devices where ${where} and ${condition} order by ${order} limit ${offset + size})`
  const [known, unknown] = [piece(sql`${column} is not null`), piece(sql`${column} is null`)]
  const pieces = nulls === 'nulls last' ? sql`${known} union all ${unknown}` : sql`${unknown} union all ${known}`
  return sql`select * from (${pieces}) p limit ${size} offset ${offset}`
}

/** A page of the default sort anywhere: the product it begins in by running sum, then a few rows of it. */
export function pageByHistogram(sql: Sql, { where, offset, size }: PageQuestion, cells: Fragment): Fragment {
  return sql`with h as (select last_date_of_support as key, product_id, sum(n) as n,
      (sum(sum(n)) over (order by last_date_of_support = '-infinity', last_date_of_support, product_id) - sum(n))::bigint as before
      from device_products where ${cells} group by 1, 2),
    b as materialized (select *, greatest(${offset} - before, 0) as skip from h where before < ${offset + size} and before + n > ${offset})
    select d.* from b cross join lateral (
      (select ${sql.unsafe(SHOWN)} from devices where ${where} and product_id = b.product_id and last_date_of_support = b.key
        order by id limit ${size} offset b.skip)
      union all (select ${sql.unsafe(SHOWN)} from devices where ${where} and product_id = b.product_id and last_date_of_support is null and b.key = '-infinity'
        order by id limit ${size} offset b.skip)) d
    order by b.before, d.id limit ${size}`
}

/** The rows before and after one, by keyset; its sort value is not null. */
export function besideByHand(
  sql: Sql,
  { account, where, key, hasTie, descending }: PageQuestion,
  id: number,
): Fragment {
  const tie = hasTie ? 'product_id' : 'id'
  const own = (name: string) =>
    sql`(select ${sql.unsafe(name)} from devices where smart_account_id = ${account} and id = ${id})`
  const place = sql.unsafe(`(${key}, ${tie}, id)`)
  const here = sql`(${own(key)}, ${own(tie)}, ${id})`
  const side = (isUp: boolean) => {
    const order = isUp ? sql.unsafe(`${key}, ${tie}, id`) : sql.unsafe(`${key} desc, ${tie} desc, id desc`)
    const beyond = sql.unsafe(isUp ? '>' : '<')
    return sql`(select id from devices where ${where} and ${place} ${beyond} ${here} order by ${order} limit 1)`
  }
  return sql`select ${side(descending)} as previous, ${side(!descending)} as next`
}
