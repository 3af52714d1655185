import 'server-only'
import { and, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { NO_VIRTUAL_ACCOUNT } from '@/lib/access/scope'
import type { TableQuery } from './parse'
import type { Bands, Resource } from './resource'

/** A condition by the name of its filter. */
export type Condition = { name: string; sql: SQL }
/** Where a column stands: in the resource's table, in a rollup or in a derived table. */
export type Place = SQL | AnyPgColumn

const UNKNOWN = sql`'-infinity'`
export const later = (today: string, days: number) =>
  new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)

const between = (place: Place, from: string | undefined, to: string | undefined): SQL =>
  sql`(${and(from === undefined ? sql`${place} > ${UNKNOWN}` : sql`${place} >= ${from}`, to === undefined ? undefined : sql`${place} <= ${to}`)})`

/** One named part of a date's time line. A date not known is null in a table of rows and '-infinity' in a rollup. */
export function inBand({ bands }: Bands, value: string, place: Place, today: string): SQL {
  const { from, to, none } = bands[value] ?? {}
  if (none) return sql`(${place} is null or ${place} = ${UNKNOWN})`
  return between(
    place,
    from === undefined ? undefined : later(today, from),
    to === undefined ? undefined : later(today, to),
  )
}

const isOneOf = (place: Place, values: readonly (string | number)[]) =>
  sql`${place} in (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`

function anyOf(name: string, place: Place, values: readonly string[]): SQL {
  if (name !== 'va') return isOneOf(place, values)
  const ids = values.filter((value) => value !== 'none').map(Number)
  const none = values.includes('none') ? sql`${place} is null or ${place} = ${NO_VIRTUAL_ACCOUNT}` : undefined
  return sql`(${or(none, ids.length > 0 ? isOneOf(place, ids) : undefined)})`
}

/** The columns that the query's filters stand on. */
export const filteredColumns = (resource: Resource, { filters, ranges }: TableQuery): string[] =>
  [...Object.keys(filters), ...Object.keys(ranges)].map((name) => resource.bands[name]?.of ?? name)

/** The query's conditions, on columns found by `place`; a filter whose column has no place is left out. */
export function conditions(
  { bands }: Resource,
  { filters, ranges }: TableQuery,
  today: string,
  place: (column: string) => Place | undefined,
): Condition[] {
  const found: Condition[] = []
  for (const [name, values] of Object.entries(filters)) {
    const parts = bands[name]
    const column = place(parts?.of ?? name)
    if (!column) continue
    const any = parts ? values.map((value) => inBand(parts, value, column, today)) : [anyOf(name, column, values)]
    found.push({ name, sql: sql`(${or(...any)})` })
  }
  for (const [name, { from, to }] of Object.entries(ranges)) {
    const column = place(name)
    if (column) found.push({ name, sql: between(column, from, to) })
  }
  return found
}
