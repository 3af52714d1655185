import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader } from '@/db/client'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { conditions } from './filters'
import type { TableQuery } from './parse'
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
  const rows = await reader.execute(sql`
    select 'previous' as side, id from (${beside(resource, viewer, query, today, id, false)}) p
    union all select 'next', id from (${beside(resource, viewer, query, today, id, true)}) n`)
  const found = Object.fromEntries((rows as unknown as { side: string; id: number }[]).map((row) => [row.side, row.id]))
  return { previous: found['previous'] ?? null, next: found['next'] ?? null }
}

/** The id of the next row (or of the previous one), null last. */
function beside(
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  today: string,
  id: number,
  isNext: boolean,
): SQL {
  const columnOf = (name: string) => resource.columns[name]?.column
  const key = columnOf(query.sort) ?? resource.id
  const scope = inScope(viewer, { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount })
  const search = query.q ? resource.search(viewer, query.q) : undefined
  const found = and(...conditions(resource, query, today, columnOf).map((condition) => condition.sql))
  const tie = resource.columns[query.sort]?.tie?.column
  const own = (column: AnyPgColumn) =>
    sql`(select ${column} from ${resource.table} where ${scope} and ${resource.id} = ${id})`
  const here = own(key)
  const isUp = isNext !== query.descending
  const beyond = isUp ? sql.raw('>') : sql.raw('<')
  const rest = (way: SQL) => (tie ? sql`${tie} ${way}, ${resource.id} ${way}` : sql`${resource.id} ${way}`)
  const order = isUp ? sql`${key} asc nulls last, ${rest(sql`asc`)}` : sql`${key} desc nulls first, ${rest(sql`desc`)}`
  const reach = (where: SQL) =>
    sql`(select ${resource.id} as id from ${resource.table} where ${and(scope, where)} order by ${order} limit ${PROBE_ROWS})`

  // One after the other from this row on, each as the index (smart_account_id, key, tie, id) gives it.
  const after = tie ? sql`(${tie}, ${resource.id}) ${beyond} (${own(tie)}, ${id})` : sql`${resource.id} ${beyond} ${id}`
  const alike = sql`${key} = ${here} and ${after}`
  const further = sql`${key} ${beyond} ${here}`
  const unknownOn = sql`${key} is null and (${here} is not null or (${after}))`
  const unknownBack = sql`${key} is null and ${here} is null and ${after}`
  const knownFromEnd = sql`${key} is not null and ${here} is null`
  const known = [alike, further]
  const pieces = key.notNull ? known : isNext ? [...known, unknownOn] : [unknownBack, ...known, knownFromEnd]
  const walk = sql`select id from (${sql.join(pieces.map(reach), sql` union all `)}) w limit ${PROBE_ROWS}`
  if (!(found || search)) return sql`select id from (${walk}) a limit 1`

  const from = sql`${resource.table} join walk on ${resource.tenant} = ${viewer.account.id} and ${resource.id} = walk.id`
  const near = sql`select walk.place, walk.id from ${from} where ${and(found, search?.where)} order by walk.place limit 1`
  const isShort = sql`(select count(*) from walk) < ${PROBE_ROWS}`
  const source = search
    ? sql`${resource.table} join (${search.ids}) s on s.id = ${resource.id}`
    : sql`${resource.table}`
  const where = and(
    scope,
    found,
    sql`not ${isShort}`,
    sql`not exists (select from near)`,
    sql`(${sql.join(
      pieces.map((piece) => sql`(${piece})`),
      sql` or `,
    )})`,
  )
  // Null last on the way on, first on the way back; the order of the list decides.
  const nulls = isNext ? sql.raw('nulls last') : sql.raw('nulls first')
  const direction = isUp ? sql.raw('asc') : sql.raw('desc')
  return sql`with walk as materialized (select id, row_number() over () as place from (${walk}) w),
      near as materialized (${near}),
      far as (select ${resource.id} as id from ${source} where ${where}
        order by ${key} ${direction} ${nulls}, ${rest(direction)} limit 1)
    select id from near union all (select id from far) limit 1`
}
