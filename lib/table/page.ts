import 'server-only'
import { and, getTableName, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { literal } from '@/db/literal'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import type { Counts } from './counts'
import { filteredColumns, named, type Place, rowsIn } from './filters'
import { placesOf, UNKNOWN } from './histogram'
import { type List, listFor, sorted, stretches, walked } from './list'
import type { TableQuery } from './parse'
import { alongIndexes, FEW_ROWS, isFar, isHeld, isLed, isScattered, isWhole, looksOf } from './plans'
import type { Bucket, Resource } from './resource'

/**
 * How far a page is looked for along its index before that is given up, as the rows that match may all stand at the end of
 * the order: so far where nobody knows how many match, of what a text finds over this share of all rows; else by how many
 * there are to find and sort, so that a probe in vain costs less than what comes after it. Each Virtual Account of several is
 * then looked up with each value of the filters; such a look takes as long as to walk over this share of all rows.
 */
const PROBE_ROWS = 16_384
const PROBE_SHARE = 0.35
const SEARCHED_SHARE = 0.05
const LOOK_SHARE = 0.001

type PageList = List & {
  start: number
  /** The scope, where another condition finds the rows. */
  checked: SQL
  /** In how many Virtual Accounts and values of the filters the rows are looked up, where in several Virtual Accounts. */
  looks: number
  /** How many rows there are without filters. */
  all: number
}

const row = ({ resource: { id }, key, tie }: List) => sql`${id} as id, ${key} as key, ${tie ?? id} as tie`

/** Rows along the index, stretch after stretch, each cut so that no more is read than is asked for. */
function along(list: PageList, where: SQL | undefined, offset: number, limit: number, reversed = false): SQL {
  const pieces = stretches(list, reversed).map(
    (piece) =>
      sql`(select ${row(list)} from ${list.resource.table} where ${and(list.scope, where, piece.where)} order by ${piece.order} limit ${literal(offset + limit)})`,
  )
  return sql`select * from (${sql.join(pieces, sql` union all `)}) p limit ${literal(limit)} offset ${literal(offset)}`
}

/** Rows that an index holds in this order, all of the scope or those of `where`: from the nearer end. */
function held(list: PageList, total: number, where?: SQL): SQL {
  const { start, query } = list
  const fromEnd = total - start - query.size
  if (fromEnd >= start) return along(list, where, start, query.size)
  return along(list, where, Math.max(fromEnd, 0), query.size + Math.min(fromEnd, 0), true)
}

/** Rows whose place in the order is known from a rollup: from the first of them, at most to the last. */
function within(list: PageList, { from, to, ties, offset }: Bucket): SQL {
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

/** The first page, which stands where the index begins, or between the keys at which a rollup places it: null comes last. */
function first(list: PageList, places: SQL | undefined): SQL {
  const { key, query, found } = list
  if (!places) return along(list, found, 0, query.size)
  const known = sql`from places where key::text <> ${UNKNOWN}`
  const range = sql`${key} >= (select min(key) ${known}) and ${key} <= (select max(key) ${known})`
  const unknown = sql`${key} is null and exists (select from places where (key::text <> ${UNKNOWN}) is not true)`
  const pieces = [range, ...(key.notNull ? [] : [unknown])].map((where) => sql`(${along(list, where, 0, query.size)})`)
  return sql`with places as materialized (${places})
    select * from (${sql.join(pieces, sql` union all `)}) f limit ${literal(query.size)}`
}

/** The rows that match are found first, by whatever index finds them, and sorted then. */
function few(list: PageList, gate?: SQL): SQL {
  const { resource, query, start, checked: scope, found, search } = list
  return sql`select * from (
    select id, key, tie from (select ${row(list)} from ${rowsIn(resource, scope, search)} where ${and(gate, scope, found)} offset 0) hits
    order by ${sorted(sql`key`, sql`tie`, sql`id`, query.descending)} limit ${literal(query.size)} offset ${literal(start)}) f`
}

/** In steps, so that a filter gives the same statement from one change of the data to the next. */
function depthOf({ looks, all, search }: PageList, { total, isCapped }: Counts): number {
  const ofMany = Math.max(PROBE_ROWS, search ? all * SEARCHED_SHARE : 0)
  const worth = isCapped ? ofMany : total * PROBE_SHARE + looks * all * LOOK_SHARE
  return Math.round(2 ** (Math.ceil(2 * Math.log2(Math.max(worth, 1))) / 2))
}

/**
 * Along the index first, from the nearer end of a total that is known; when the page does not fill, the rows are found
 * and sorted after all. The rows read so far go by the name of the table itself, so that conditions on its columns hold
 * for them.
 */
function probed(list: PageList, counts: Counts): SQL {
  const { total, isCapped } = counts
  const { resource, query, start, found, search } = list
  const size = isCapped ? query.size : Math.min(query.size, total - start)
  const isReversed = !isCapped && start > total / 2
  const offset = isReversed ? total - start - size : start
  const depth = depthOf(list, counts)
  // Spread evenly, they would not be met within it.
  const far = isCapped ? offset + size : ((offset + size) * list.all) / total
  if (far > depth) return few(list)

  const read = walked(list, stretches(list, isReversed), depth)
  const isFull = sql`(select count(*) from probe) = ${literal(size)}`
  return sql`with probe as materialized (
      select ${row(list)} from ${read} ${sql.identifier(getTableName(resource.table))}
      where ${and(found, search?.where)} limit ${literal(size)} offset ${literal(offset)})
    select * from probe where ${isFull} union all ${few(list, sql`not ${isFull}`)}`
}

/**
 * The ids of a page, by the way that the exact counts allow; never left to the planner's guess. `isLong`: many rows may be
 * looked at for it, that a text did not find.
 */
function idsOf(list: PageList, counts: Counts): { ids: SQL; isLong: boolean } {
  const { total, isCapped, bucket } = counts
  const { resource, query, search } = list
  if (isHeld(resource, query)) return { ids: held(list, total, list.found), isLong: isFar(resource, query, total) }
  if (search && !isCapped) return { ids: few(list), isLong: false }
  const isAll = isWhole(resource, query)
  if (bucket && (isAll || isCapped || total > FEW_ROWS)) return { ids: within(list, bucket), isLong: false }
  if (isAll) return { ids: held(list, total), isLong: isFar(resource, query, total) }
  return { ids: probed(list, counts), isLong: !search }
}

/**
 * The rows of a page, in order: `id` and the fields asked for. One round trip. `counts` are null for a page that is at the
 * beginning.
 */
export async function readPage<Row>(
  reader: Reader,
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  counts: Counts | null,
  today: string,
  fields: Readonly<Record<string, Place>>,
): Promise<Row[]> {
  if (counts && (query.page - 1) * query.size >= counts.total) return []
  const list: PageList = {
    ...listFor({ resource, viewer, query, today }),
    start: (query.page - 1) * query.size,
    checked: inScope(viewer, { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount }, 'checked'),
    looks: looksOf(resource, viewer, query),
    all: counts?.all ?? 0,
  }
  const shown = Object.entries(fields).map(([name, field]) => sql`${field} as ${sql.identifier(name)}`)
  const isApart = isScattered(resource, viewer, query)
  const places = !counts && isApart ? placesOf({ resource, viewer, query, today }) : undefined
  const { ids, isLong } = counts ? idsOf(list, counts) : { ids: first(list, places), isLong: false }
  const isMixed = isApart || (filteredColumns(resource, query).length > 1 && !isLed(resource, query))
  const planned = isLong && isMixed && list.all > FEW_ROWS ? 'these values' : 'any values'
  const page = sql`with ${named(list.search)}page as materialized (${ids})
    select ${sql.join([sql`${resource.id} as id`, ...shown], sql`, `)}
    from page cross join lateral (select * from ${resource.table}
      where ${resource.tenant} = ${viewer.account.id} and ${resource.id} = page.id offset 0) ${sql.identifier(getTableName(resource.table))}
    order by ${sorted(sql`page.key`, sql`page.tie`, sql`page.id`, query.descending)}`
  const [, rows] = await Promise.all([alongIndexes(reader, planned), reader.execute(page)])
  return rows as unknown as Row[]
}
