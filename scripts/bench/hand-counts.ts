import type { Sql } from 'postgres'
import type { Fragment } from './hand-pages'

/** The cells of a rollup, of the Virtual Accounts chosen or of all that are seen; and those of each Virtual Account. */
export type Cells = { chosen: Fragment; each: Fragment }

const COLUMNS: Readonly<Record<string, string>> = {
  architecture: 'architecture',
  country: 'country',
  coverage: 'coverage_status',
  licenses: 'license_state',
  family: 'family',
  type: 'asset_type',
  support: 'last_date_of_support',
  va: 'virtual_account_id',
}
/** From the smallest to the largest, with the filters that each can count under. */
const ROLLUPS = [
  { table: 'device_kinds', holds: ['type'] },
  { table: 'device_coverage', holds: ['architecture', 'country', 'coverage', 'licenses'] },
  { table: 'device_products', holds: ['architecture', 'family', 'type', 'support'] },
  { table: 'device_cube', holds: Object.keys(COLUMNS) },
]
const smallest = (names: readonly string[]) =>
  ROLLUPS.find(({ holds }) => names.every((name) => name === 'va' || holds.includes(name)))?.table ?? 'device_cube'

/** How a value of a filter is called, from its column. */
function valueSql(name: string, today: string): string {
  const column = COLUMNS[name] ?? name
  if (name === 'va') return `coalesce(nullif(virtual_account_id, 0)::text, 'none')`
  if (name !== 'support') return column
  return `case when coalesce(${column}, '-infinity') = '-infinity' then 'unknown' when ${column} < '${today}'::date then 'passed'
    when ${column} <= '${today}'::date + 365 then 'year' else 'later' end`
}

/** The same conditions on columns that rows and rollups share. */
export type Filters = Readonly<Record<string, Fragment>>

const all = (sql: Sql, first: Fragment, filters: Filters, but = '') =>
  Object.entries(filters)
    .filter(([name]) => name !== but)
    .reduce((where, [, condition]) => sql`${where} and ${condition}`, first)

/** All rows of the filters. */
export function totalByHand(sql: Sql, cells: Cells, filters: Filters): Fragment {
  const table = sql.unsafe(smallest(Object.keys(filters)))
  return sql`select coalesce(sum(n), 0)::bigint as n from ${table} where ${all(sql, cells.chosen, filters)}`
}

/** How many rows each value of these filters has under the other filters. Passes over the same cells are one. */
export function facetsByHand(
  sql: Sql,
  cells: Cells,
  filters: Filters,
  today: string,
  facets: readonly string[],
): Fragment {
  const passes = new Map<string, { table: string; own: string; names: string[] }>()
  for (const name of facets) {
    const own = name === 'va' || filters[name] ? name : ''
    const table = smallest([name, ...Object.keys(filters)])
    const pass = passes.get(`${table} ${own}`) ?? { table, own, names: [] }
    pass.names.push(name)
    passes.set(`${table} ${own}`, pass)
  }
  const parts = [...passes.values()].map(({ table, own, names }) => {
    const where = all(sql, own === 'va' ? cells.each : cells.chosen, filters, own)
    return grouped(sql, valuesOf(names, today), sql`${sql.unsafe(table)} where ${where}`, 'n')
  })
  return parts.reduce((one, other) => sql`${one} union all ${other}`)
}

const valuesOf = (names: readonly string[], today: string) =>
  Object.fromEntries(names.map((name) => [name, valueSql(name, today)]))

/** How many rows each of these values has, which stand by their names; `n` counts a row of `from`. */
export function grouped(sql: Sql, values: Readonly<Record<string, string>>, from: Fragment, n: string): Fragment {
  const names = Object.keys(values)
  const columns = names.map((name) => `(${values[name]})::text as ${name}`).join(', ')
  const label = names.map((name) => `when grouping(${name}) = 0 then '${name}=' || ${name}`).join(' ')
  return sql`select case ${sql.unsafe(label)} end as facet, sum(n)::bigint as n
    from (select ${sql.unsafe(columns)}, ${sql.unsafe(n)} as n from ${from}) c
    group by grouping sets (${sql.unsafe(names.map((name) => `(${name})`).join(', '))}) having sum(n) <> 0`
}

/** At most so many rows are counted one by one. */
export const CAP = 10_000

/** Rows that no rollup counts: how many, to CAP. */
export const cappedTotal = (sql: Sql, from: Fragment): Fragment =>
  sql`select count(*) as n from (select 1 ${from} limit ${CAP + 1}) x`

/** The same rows by each value of these filters, where they are not more than CAP. */
export function cappedFacets(sql: Sql, from: Fragment, today: string, facets: readonly string[]): Fragment {
  return sql`with hits as materialized (select ${sql.unsafe(
    facets.map((name) => `devices.${COLUMNS[name]}`).join(', '),
  )} ${from} limit ${CAP + 1})
    ${grouped(sql, valuesOf(facets, today), sql`hits where (select count(*) from hits) <= ${CAP}`, '1')}`
}
