import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { literal } from '@/db/literal'
import { inRollupScope, NO_VIRTUAL_ACCOUNT, placeKey } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { ALL, type CountRow, figures, wholePart } from './figures'
import { type Condition, conditions, filteredColumns, inBand, named, type Place, rowsIn } from './filters'
import { histogramPart, readBucket, scopeOf } from './histogram'
import { type Ask, listFor } from './list'
import type { TableQuery } from './parse'
import { isAtBeginning, isRolledUp, plannedForCounts } from './plans'
import { type Bucket, COUNT_CAP, facetNames, type Resource, type Rollup, rollupOf } from './resource'

/** How many rows a query has; by each value of each facet, under the other filters. Exact unless `isCapped`. */
export type Counts = {
  total: number
  /** How many there are without filters. */
  all: number
  /** There are more than COUNT_CAP rows, found by text or ranges, and they were not counted to the end. */
  isCapped: boolean
  /** By filter and value, where there are rows; a filter is absent where its counts would mean counting row by row. */
  facets: Record<string, Record<string, number>>
  bucket: Bucket | null
}

const TOTAL = '#total'

type Counted = Ask & { facets: readonly string[] }

/** Everything that is counted for a page, in one round trip; `facets` by value. `today` decides what the bands mean. */
export async function countTable(
  reader: Reader,
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  today: string,
  facets: readonly string[] = facetNames(resource),
): Promise<Counts> {
  const ask = { resource, viewer, query, today, facets }
  const isReady = isRolledUp(resource, query)
  const [, found] = await Promise.all([
    plannedForCounts(reader, resource, query),
    reader.execute(isReady ? fromRollups(ask) : fromRows(ask)),
  ])
  const rows = found as unknown as CountRow[]
  const total = rows.find(({ part }) => part === TOTAL)?.n ?? 0
  const isCapped = !isReady && total > COUNT_CAP
  const isCounted = total === 0 || rows.some(({ part }) => !part.startsWith('#'))
  const names = isReady ? countedIn(ask) : isCounted ? facets : []
  const all = rows.find(({ part }) => part === ALL)?.n
  const bucket = readBucket(rows, query, all === undefined ? total : undefined)
  return { total: isCapped ? COUNT_CAP : total, all: all ?? total, isCapped, facets: facetsOf(names, rows), bucket }
}

function facetsOf(names: readonly string[], rows: readonly CountRow[]): Counts['facets'] {
  const facets: Counts['facets'] = Object.fromEntries(names.map((name) => [name, {}]))
  for (const { part, value, n } of rows) {
    if (part.startsWith('#') || n <= 0) continue
    const counted = facets[part] ?? {}
    counted[value ?? 'none'] = n
    facets[part] = counted
  }
  return facets
}

const columnUnder = (resource: Resource, facet: string) => resource.bands[facet]?.of ?? facet

/** A band's rows are counted by its name, a Virtual Account by its id or `none`, anything else by its value. */
function countedAs({ resource, viewer, today }: Counted, name: string, column: Place): SQL {
  if (name === 'va') return placeKey(viewer, resource.virtualAccount, column)
  const bands = resource.bands[name]
  if (!bands) return sql`${resource.columns[name]?.keyed?.(viewer, column) ?? column}::text`
  const cases = Object.keys(bands.bands).map(
    (value) => sql`when ${inBand(bands, value, column, today)} then ${value}::text`,
  )
  return sql`case ${sql.join(cases, sql` `)} end`
}

/** All conditions but the facet's own: its counts say what choosing another of its values would give. */
const except = (found: readonly Condition[], facet: string) =>
  and(...found.filter(({ name }) => name !== facet).map((condition) => condition.sql))

/** Facets that read the same cells under the same conditions are counted in one pass over them. */
type Pass = { rollup: Rollup; facet: string; names: string[] }

function passesOf({ resource, query, facets }: Counted, filtered: readonly string[]): Pass[] {
  const passes = new Map<string, Pass>()
  for (const name of [TOTAL, ...facets]) {
    const rollup = rollupOf(resource, name === TOTAL ? filtered : [columnUnder(resource, name), ...filtered])
    if (!rollup) continue
    const facet = name === 'va' || query.filters[name] ? name : ''
    const key = `${resource.rollups.indexOf(rollup)} ${facet}`
    const pass = passes.get(key) ?? { rollup, facet, names: [] }
    pass.names.push(name)
    passes.set(key, pass)
  }
  return [...passes.values()]
}

const countedIn = (ask: Counted) =>
  passesOf(ask, filteredColumns(ask.resource, ask.query))
    .flatMap(({ names }) => names)
    .filter((name) => name !== TOTAL)

/** One pass: the facets side by side as grouping sets, the total as the empty one. */
function passPart(ask: Counted, { rollup, names }: Pass, where: SQL | undefined): SQL {
  const value = (index: number) => sql.identifier(`v${index}`)
  const columns = names.map((name, index) => {
    const place = rollup.dims[columnUnder(ask.resource, name)]
    return sql`${place ? countedAs(ask, name, place) : sql`null::text`} as ${value(index)}`
  })
  const sets = names.map((name, index) => (name === TOTAL ? sql`()` : sql`(${value(index)})`))
  const each = (then: (name: string, index: number) => SQL) =>
    names.flatMap((name, index) =>
      name === TOTAL ? [] : [sql`when grouping(${value(index)}) = 0 then ${then(name, index)}`],
    )
  const pick = (cases: SQL[], otherwise: SQL) =>
    cases.length > 0 ? sql`case ${sql.join(cases, sql` `)} else ${otherwise} end` : otherwise
  const part = pick(
    each((name) => sql`${name}::text`),
    sql`${TOTAL}::text`,
  )
  const shown = pick(
    each((_, index) => sql`${value(index)}`),
    sql`null::text`,
  )
  return sql`select ${figures(part, shown, sql`coalesce(sum(n), 0)::bigint`)}
    from (select ${sql.join(columns, sql`, `)}, ${rollup.n} as n from ${rollup.table} where ${where}) c
    group by grouping sets (${sql.join(sets, sql`, `)})`
}

function fromRollups(ask: Counted): SQL {
  const { resource, viewer, query, today } = ask
  const { va, ...filters } = query.filters
  const chosen = va?.map((value) => (value === 'none' ? NO_VIRTUAL_ACCOUNT : Number(value)))
  const elsewhere = { ...query, filters }
  const everywhere =
    viewer.scope.kind === 'account' ? [NO_VIRTUAL_ACCOUNT, ...viewer.virtualAccounts.map(({ id }) => id)] : undefined
  const parts = passesOf(ask, filteredColumns(resource, elsewhere)).map((pass) => {
    const { rollup, facet } = pass
    const scope = inRollupScope(viewer, scopeOf(rollup), facet === 'va' ? everywhere : chosen)
    const found = conditions(resource, viewer, elsewhere, today, (name) => rollup.dims[name])
    return passPart(ask, pass, and(scope, except(found, facet), sql`${rollup.n} <> 0`))
  })
  const order = isAtBeginning(resource, viewer, query) ? undefined : histogramPart(ask, chosen)
  // Where nothing is filtered, it is the total.
  const whole = filteredColumns(resource, query).length > 0 ? [wholePart(resource, viewer)] : []
  return sql.join([...parts, ...whole, ...(order ? [order] : [])], sql` union all `)
}

/** Text, ranges and exact values: the rows themselves, up to COUNT_CAP; above it only what a rollup knows. */
function fromRows(ask: Counted): SQL {
  const { resource, viewer, query, today, facets: names } = ask
  const { scope, found, search } = listFor(ask)
  const each = conditions(resource, viewer, query, today)
  const others = each.filter(({ name }) => !names.includes(name))
  const sieve = and(scope, except(others, ''))
  const columns = [...new Set(names.map((name) => columnUnder(resource, name)))]
  const hit = (name: string) => sql`${sql.identifier(`f_${name}`)}`
  const kept = columns.map((name) => sql`${resource.columns[name]?.column} as ${hit(name)}`)
  const inHits = conditions(resource, viewer, { ...query, ranges: {} }, today, (name) =>
    columns.includes(name) ? hit(name) : undefined,
  )

  // Rows of a range are met along its index until there are enough of them; all that lie in it may be many more.
  const [range] = Object.keys(query.ranges)
  const order = !search && range ? sql`order by ${resource.columns[range]?.column}` : sql``
  const isFew = search ? sql`(${search.rollup}) <= ${COUNT_CAP}` : sql`true`
  const hits = sql`select ${sql.join(kept, sql`, `)} from ${rowsIn(resource, scope, search)} where ${and(sieve, isFew)} ${order} limit ${literal(COUNT_CAP + 1)}`
  const counted = sql`(select count(*) from hits)`
  const cut = sql`select 1 from ${resource.table} where ${and(scope, found, search?.where)} ${order} limit ${literal(COUNT_CAP + 1)}`
  const many = others.length < each.length ? sql`(select count(*) from (${cut}) x)` : sql`${COUNT_CAP + 1}`
  const total = sql`(case when ${isFew} and ${counted} <= ${COUNT_CAP} then (select count(*) from hits where ${except(inHits, '') ?? sql`true`}) else ${many} end)::bigint`
  const parts = names.map((name) => {
    const value = countedAs(ask, name, hit(columnUnder(resource, name)))
    return sql`select ${figures(sql`${name}::text`, value, sql`count(*)`)} from hits where ${and(sql`${counted} <= ${COUNT_CAP}`, except(inHits, name))} group by 2`
  })
  // A page of few rows is found without its place in the order.
  const histogram = histogramPart(ask)
  const isMany = sql`not (${isFew} and ${counted} <= ${COUNT_CAP})`
  const place = histogram ? [sql`select * from (${histogram}) o where ${isMany}`] : []
  return sql`with ${named(search)}hits as materialized (${hits})
    ${sql.join([sql`select ${figures(sql`${TOTAL}::text`, sql`null::text`, total)}`, ...parts, wholePart(resource, viewer), ...place], sql` union all `)}`
}
