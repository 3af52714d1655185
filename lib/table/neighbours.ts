import 'server-only'
import { and, getTableName, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { Viewer } from '@/lib/access/viewer'
import { named, rowsIn } from './filters'
import { indexOrder, type List, listFor, tied, walked } from './list'
import type { TableQuery } from './parse'
import { alongIndexes } from './plans'
import type { Resource } from './resource'

export type Neighbours = { previous: number | null; next: number | null }

/** How many rows are looked at along the index; if none of them matches, those that match are found first and sorted then. */
const PROBE_ROWS = 20_000

/** The rows before and after a row in the order of its list, under the list's filters. One round trip. */
export async function neighbours(
  reader: Reader,
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  today: string,
  id: number,
): Promise<Neighbours> {
  const list = listFor({ resource, viewer, query, today })
  const { key, tie, scope, search } = list
  const own = sql`select ${key} as key, ${tie ?? resource.id} as tie from ${resource.table} where ${scope} and ${resource.id} = ${id}`
  const both = sql`with ${named(search)}own as materialized (${own})
    select 'previous' as side, id from (${beside(list, id, false)}) p
    union all select 'next', id from (${beside(list, id, true)}) n`
  const [, rows] = await Promise.all([alongIndexes(reader), reader.execute(both)])
  const found = Object.fromEntries((rows as unknown as { side: string; id: number }[]).map((row) => [row.side, row.id]))
  return { previous: found['previous'] ?? null, next: found['next'] ?? null }
}

/** The id of the row after this one (or before it), null last. */
function beside(list: List, id: number, isNext: boolean): SQL {
  const { resource, query, key, tie, scope, found, search } = list
  const here = sql`(select key from own)`
  const isUp = isNext !== query.descending
  const beyond = isUp ? sql.raw('>') : sql.raw('<')
  const order = indexOrder(list, isUp)
  // One after the other from this row on, each as the index (smart_account_id, key, tie, id) gives it.
  const after = tie
    ? sql`(${tie}, ${resource.id}) ${beyond} ((select tie from own), ${id})`
    : sql`${resource.id} ${beyond} ${id}`
  const alike = sql`${key} = ${here} and ${after}`
  const further = sql`${key} ${beyond} ${here}`
  const unknownOn = sql`${key} is null and (${here} is not null or (${after}))`
  const unknownBack = sql`${key} is null and ${here} is null and ${after}`
  const knownFromEnd = sql`${key} is not null and ${here} is null`
  const known = [alike, further]
  const wheres = key.notNull ? known : isNext ? [...known, unknownOn] : [unknownBack, ...known, knownFromEnd]
  const pieces = wheres.map((where) => ({ where, order }))
  const walk = walked(list, pieces, PROBE_ROWS)
  const near = sql`select ${resource.id} as id from ${walk} ${sql.identifier(getTableName(resource.table))} where ${and(sql`true`, found, search?.where)} limit 1`
  if (!(found || search)) return near

  const isCut = sql`(select count(*) from ${walk} n) >= ${PROBE_ROWS}`
  const where = and(scope, found, sql`not exists (select from near)`, isCut, or(...wheres))
  // Null last on the way on, first on the way back; the order of the list decides.
  const nulls = isNext ? sql.raw('nulls last') : sql.raw('nulls first')
  const direction = isUp ? sql.raw('asc') : sql.raw('desc')
  return sql`with near as materialized (${near}),
      far as (select ${resource.id} as id from ${rowsIn(resource, scope, search)} where ${where}
        order by ${key} ${direction} ${nulls}, ${tied(list, direction)} limit 1)
    select id from near union all (select id from far) limit 1`
}
