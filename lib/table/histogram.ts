import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import { inRollupScope } from '@/lib/access/scope'
import type { CountRow } from './figures'
import { filteredColumns, underFilters } from './filters'
import { type Ask, listFor } from './list'
import type { TableQuery } from './parse'
import { type Bucket, FOUND_CAP, type Resource, type Rollup, rollupOf } from './resource'

const BUCKET = '#bucket'
/** How a date that is not known stands in a rollup. It comes last, whichever way a list is sorted. */
export const UNKNOWN = '-infinity'

/** The columns by which a rollup is in scope. */
export const scopeOf = ({ dims }: Rollup) =>
  ({ smartAccountId: dims['account'], virtualAccountId: dims['va'] }) as Parameters<typeof inRollupScope>[1]

/** The rollup that counts the sort column under these filters; undefined where none does. */
export function placingRollup(resource: Resource, query: TableQuery): Rollup | undefined {
  if (query.sort === 'va') return undefined
  const tie = resource.columns[query.sort]?.tie
  const { va: _, ...filters } = query.filters
  const needed = [query.sort, ...filteredColumns(resource, { ...query, filters })]
  return (tie && rollupOf(resource, [...needed, tie.name])) ?? (query.q ? undefined : rollupOf(resource, needed))
}

/** Where the rows of a page stand, as a part of what is counted. */
export function histogramPart(ask: Ask, chosen?: readonly number[]): SQL | undefined {
  const places = placesOf(ask, chosen)
  return places && sql`select ${BUCKET}::text, key::text, n, tie, before, start from (${places}) p`
}

/**
 * Where the rows offset … offset + size stand in the sort order, by running sum over a rollup that counts the sort
 * column: a page is found without reading what lies before it. Undefined when no rollup counts it under these filters.
 */
export function placesOf(ask: Ask, chosen?: readonly number[]): SQL | undefined {
  const { resource, query } = ask
  const tie = resource.columns[query.sort]?.tie
  const rollup = placingRollup(resource, query)
  const cells =
    rollup && (query.q ? searchedCells(ask, rollup, tie?.name) : rolledUpCells(ask, rollup, tie?.name, chosen))
  if (!cells) return undefined
  const start = (query.page - 1) * query.size
  const way = query.descending ? sql`desc` : sql`asc`
  const whereKeyBegins = tie ? sql`min(before) over (partition by key)` : sql`before`
  return sql`select key, n, tie, before, start from (
      select key, tie, n, before, ${whereKeyBegins} as start from (
        select key, tie, n, (sum(n) over (order by key::text = ${UNKNOWN}, key ${way}, tie ${way}) - n)::bigint as before
        from (select key, tie, sum(n)::bigint as n from (${cells}) c group by key, tie) h) b) s
    where before < ${start + query.size} and before + n > ${start}`
}

function rolledUpCells(
  { resource, viewer, query, today }: Ask,
  rollup: Rollup,
  tie: string | undefined,
  chosen?: readonly number[],
): SQL {
  const { dims, table, n } = rollup
  const { va: _, ...filters } = query.filters
  const found = underFilters(resource, viewer, { ...query, filters }, today, (name) => dims[name])
  return sql`select ${dims[query.sort]} as key, ${(tie && dims[tie]) ?? sql`null::bigint`} as tie, ${n} as n from ${table} where ${and(inRollupScope(viewer, scopeOf(rollup), chosen), found, sql`${n} <> 0`)}`
}

/** Whole groups that a text finds are counted from the rollup, single rows one by one. */
function searchedCells(ask: Ask, rollup: Rollup, tie: string | undefined): SQL | undefined {
  const { resource, query, scope, found, search } = listFor(ask)
  const [key, group] = [resource.columns[query.sort], tie && rollup.dims[tie]]
  if (!key?.tie || !group || !search?.groups || query.filters['va']) return undefined
  const value = key.kind === 'date' ? sql`coalesce(${key.column}, ${UNKNOWN})` : sql`${key.column}`
  const single = search.single ?? sql`select null::bigint`
  const row = sql`select ${value} as key, ${key.tie.column} as tie from ${resource.table}
    where ${and(scope, found)} and ${resource.id} = s.id and ${key.tie.column} not in (${search.groups}) offset 0`
  // Single rows that were not all found do not say where a page begins.
  return sql`select * from (
      select * from (${rolledUpCells(ask, rollup, tie)}) g where g.tie in (${search.groups})
      union all select x.key, x.tie, 1 from (${single}) s (id) cross join lateral (${row}) x) c
    where (select count(*) from (${single}) s) <= ${FOUND_CAP}`
}

/** The stretch of the order that a page lies in; null where the end of a list without filters, of `whole` rows, is nearer. */
export function readBucket(rows: readonly CountRow[], { page, size }: TableQuery, whole = Infinity): Bucket | null {
  const found = rows.filter(({ part }) => part === BUCKET).sort((a, b) => a.before - b.before)
  const [first, last] = [found[0], found.at(-1)]
  if (first?.value == null || last?.value == null) return null
  const isOne = first.value === last.value
  const ties = isOne && first.tie !== null && last.tie !== null ? ([first.tie, last.tie] as const) : null
  const offset = (page - 1) * size - (ties ? first.before : first.start)
  return whole - page * size < offset ? null : { from: first.value, to: last.value, ties, offset }
}
