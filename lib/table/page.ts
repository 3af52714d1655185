import 'server-only'
import { and, getTableName, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader } from '@/db/client'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import type { Counts } from './counts'
import { conditions, filteredColumns } from './filters'
import { UNKNOWN } from './histogram'
import type { TableQuery } from './parse'
import type { Bucket, Resource, Search } from './resource'

/** Up to here the rows are found first and sorted then; above it they are read in the order of the sort column's index. */
const FEW_ROWS = 20_000
/** How far that reading goes before it is given up: the rows that match may all stand at the end of the order. */
const PROBE_ROWS = 5_000

type List = {
  resource: Resource
  query: TableQuery
  key: AnyPgColumn
  tie: AnyPgColumn | undefined
  start: number
  scope: SQL
  found: SQL | undefined
  search: Search | undefined
}

/** The whole order of a list: its key, what ties rows of the same key, the id. Null comes last both ways. */
const sorted = (key: SQL, tie: SQL, id: SQL, descending: boolean) =>
  descending ? sql`${key} desc nulls last, ${tie} desc, ${id} desc` : sql`${key} asc nulls last, ${tie} asc, ${id} asc`

/**
 * The same order as stretches that the index (smart_account_id, key, tie, id) gives without a sort, read forwards or
 * backwards; `reversed` gives it from its end.
 */
function stretches({ key, tie, resource: { id }, query: { descending } }: List, reversed: boolean) {
  const rest = (way: SQL) => (tie ? sql`${tie} ${way}, ${id} ${way}` : sql`${id} ${way}`)
  const forwards = sql`${key} asc nulls last, ${rest(sql`asc`)}`
  const backwards = sql`${key} desc nulls first, ${rest(sql`desc`)}`
  if (!descending || key.notNull) return [{ where: undefined, order: descending === reversed ? forwards : backwards }]
  const order = reversed ? forwards : backwards
  const known = { where: sql`${key} is not null`, order }
  const unknown = { where: sql`${key} is null`, order }
  return reversed ? [unknown, known] : [known, unknown]
}

const row = ({ resource: { id }, key, tie }: List) => sql`${id} as id, ${key} as key, ${tie ?? id} as tie`

/** Rows along the index, stretch after stretch, each cut so that no more is read than is asked for. */
function along(list: List, where: SQL | undefined, offset: number, limit: number, reversed = false): SQL {
  const pieces = stretches(list, reversed).map(
    (piece) =>
      sql`(select ${row(list)} from ${list.resource.table} where ${and(list.scope, where, piece.where)} order by ${piece.order} limit ${offset + limit})`,
  )
  return sql`select * from (${sql.join(pieces, sql` union all `)}) p limit ${limit} offset ${offset}`
}

/** All rows of the scope: from the nearer end. */
function whole(list: List, total: number): SQL {
  const { start, query } = list
  const fromEnd = total - start - query.size
  if (fromEnd >= start) return along(list, undefined, start, query.size)
  return along(list, undefined, Math.max(fromEnd, 0), query.size + Math.min(fromEnd, 0), true)
}

/** Rows whose place in the order is known from a rollup: from the first of them, at most to the last. */
function within(list: List, { from, to, ties, offset }: Bucket): SQL {
  const { key, tie, query, found, search } = list
  const [low, high] = query.descending ? [to, from] : [from, to]
  const range = and(
    low === UNKNOWN ? undefined : sql`${key} >= ${low}`,
    high === UNKNOWN ? undefined : sql`${key} <= ${high}`,
  )
  const values = from === UNKNOWN ? sql`${key} is null` : to === UNKNOWN ? sql`(${range} or ${key} is null)` : range
  const group = ties && sql`${tie} between ${Math.min(...ties)} and ${Math.max(...ties)}`
  return along(list, and(values, group ?? undefined, found, search?.where), offset, query.size)
}

/** The rows that match are found first, by whatever index finds them, and sorted then. */
function few(list: List, gate?: SQL): SQL {
  const { resource, query, start, scope, found, search } = list
  const source = search
    ? sql`${resource.table} join (${search.ids}) s on s.id = ${resource.id}`
    : sql`${resource.table}`
  return sql`select * from (
    with hits as materialized (select ${row(list)} from ${source} where ${and(gate, scope, found)})
    select id, key, tie from hits order by ${sorted(sql`key`, sql`tie`, sql`id`, query.descending)} limit ${query.size} offset ${start}) f`
}

/**
 * Along the index first, as far as PROBE_ROWS; when the page does not fill, the rows are found and sorted after all. The
 * rows read so far go by the name of the table itself, so that conditions on its columns hold for them.
 */
function probed(list: List): SQL {
  const { resource, query, start, scope, found, search } = list
  const name = sql.identifier(getTableName(resource.table))
  const pieces = stretches(list, false).map(
    ({ where, order }) =>
      sql`(select * from ${resource.table} where ${and(scope, where)} order by ${order} limit ${PROBE_ROWS})`,
  )
  const read =
    pieces.length > 1 ? sql`(select * from (${sql.join(pieces, sql` union all `)}) p limit ${PROBE_ROWS})` : pieces[0]
  const isFull = sql`(select count(*) from probe) = ${query.size}`
  return sql`with probe as materialized (
      select ${row(list)} from ${read} ${name}
      where ${and(found, search?.where)} limit ${query.size} offset ${start})
    select * from probe where ${isFull} union all ${few(list, sql`not ${isFull}`)}`
}

/** The ids of a page, by the plan that the exact counts allow; never left to the planner's guess. */
function idsOf(list: List, { total, isCapped, bucket }: Counts): SQL {
  const isWhole = !list.search && filteredColumns(list.resource, list.query).length === 0
  if (!isWhole && !isCapped && total <= FEW_ROWS) return few(list)
  if (bucket) return within(list, bucket)
  return isWhole ? whole(list, total) : probed(list)
}

/** The rows of a page, in order: `id` and the fields asked for. One round trip. */
export async function readPage<Row>(
  reader: Reader,
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  counts: Counts,
  today: string,
  fields: Readonly<Record<string, SQL | AnyPgColumn>>,
): Promise<Row[]> {
  if ((query.page - 1) * query.size >= counts.total) return []
  const columnOf = (name: string) => resource.columns[name]?.column
  const list: List = {
    resource,
    query,
    key: columnOf(query.sort) ?? resource.id,
    tie: resource.columns[query.sort]?.tie?.column,
    start: (query.page - 1) * query.size,
    scope: inScope(viewer, { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount }),
    found: and(...conditions(resource, query, today, columnOf).map((condition) => condition.sql)),
    search: query.q ? resource.search(viewer, query.q) : undefined,
  }
  const shown = Object.entries(fields).map(([name, field]) => sql`${field} as ${sql.identifier(name)}`)
  return (await reader.execute(sql`with page as materialized (${idsOf(list, counts)})
    select ${sql.join([sql`${resource.id} as id`, ...shown], sql`, `)}
    from page join ${resource.table} on ${resource.tenant} = ${viewer.account.id} and ${resource.id} = page.id
    order by ${sorted(sql`page.key`, sql`page.tie`, sql`page.id`, query.descending)}`)) as unknown as Row[]
}
