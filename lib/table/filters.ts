import 'server-only'
import { and, getTableName, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { arrayText, literal } from '@/db/literal'
import { inPlaces } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { daysAfter } from '@/lib/calendar'
import type { TableQuery } from './parse'
import type { Bands, Resource, Search } from './resource'

/** A condition by the name of its filter. */
export type Condition = { name: string; sql: SQL }
/** Where a column stands: in the resource's table, in a rollup or in a derived table. */
export type Place = SQL | AnyPgColumn

const UNKNOWN = sql`'-infinity'`

const between = (place: Place, from: string | undefined, to: string | undefined): SQL =>
  sql`(${and(from === undefined ? sql`${place} > ${UNKNOWN}` : sql`${place} >= ${literal(from)}`, to === undefined ? undefined : sql`${place} <= ${literal(to)}`)})`

/** One named part of a date's time line. A date not known is null in a table of rows and '-infinity' in a rollup. */
export function inBand({ bands }: Bands, value: string, place: Place, today: string): SQL {
  const { from, to, none } = bands[value] ?? {}
  if (none) return sql`(${place} is null or ${place} = ${UNKNOWN})`
  return between(
    place,
    from === undefined ? undefined : daysAfter(today, from),
    to === undefined ? undefined : daysAfter(today, to),
  )
}

/** Several values are one parameter: as many of them would make as many statements, each building a list for every row. */
export const isOneOf = (place: Place, values: readonly string[]) =>
  values.length === 1 ? sql`${place} = ${values[0]}` : sql`${place} = any (${arrayText(values)})`

/** The queries that a search goes by, before those of a statement. */
export const named = (search: Search | undefined): SQL => (search?.names ? sql`${search.names}, ` : sql``)

/**
 * The rows of a table in scope, or those of them that a search finds: each reached by its id, since the planner expects
 * many of any text and would rather read the whole table. It is read only where the search gave up finding ids.
 */
export function rowsIn({ table, id }: Resource, scope: SQL, search: Search | undefined): SQL {
  if (!search) return sql`${table}`
  const name = sql.identifier(getTableName(table))
  const found = sql`(${search.ids}) s cross join lateral (select * from ${table} where ${scope} and ${id} = s.id offset 0) ${name}`
  if (!search.isCut) return found
  return sql`(select ${name}.* from ${found} where not ${search.isCut}
    union all select * from ${table} where ${scope} and ${search.isCut} and ${search.where}) ${name}`
}

/** The columns that the query's filters stand on. */
export const filteredColumns = (resource: Resource, { filters, ranges }: TableQuery): string[] =>
  [...Object.keys(filters), ...Object.keys(ranges)].map((name) => resource.bands[name]?.of ?? name)

/** The query's conditions, on the columns of the table or where `place` says; a filter that has no place is left out. */
export function conditions(
  resource: Resource,
  viewer: Viewer,
  { filters, ranges }: TableQuery,
  today: string,
  place: (column: string) => Place | undefined = (name) => resource.columns[name]?.column,
): Condition[] {
  const found: Condition[] = []
  for (const [name, values] of Object.entries(filters)) {
    const parts = resource.bands[name]
    const column = place(parts?.of ?? name)
    if (!column) continue
    const given = resource.columns[name]?.matches?.where(viewer, values)
    const keyed = resource.columns[name]?.keyed?.(viewer, column) ?? column
    const one = name === 'va' ? inPlaces(viewer, resource.virtualAccount, column, values) : isOneOf(keyed, values)
    const any = parts ? values.map((value) => inBand(parts, value, column, today)) : [given ?? one]
    found.push({ name, sql: sql`(${or(...any)})` })
  }
  for (const [name, { from, to }] of Object.entries(ranges)) {
    const column = place(name)
    if (column) found.push({ name, sql: between(column, from, to) })
  }
  return found
}

/** All of them at once; undefined where there are none. */
export const underFilters = (...given: Parameters<typeof conditions>): SQL | undefined =>
  and(...conditions(...given).map((condition) => condition.sql))
