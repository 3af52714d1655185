import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { inRollupScope, inScope, NO_VIRTUAL_ACCOUNT } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { type Condition, conditions, filteredColumns, inBand, type Place } from './filters'
import type { TableQuery } from './parse'
import { COUNT_CAP, type Resource, type Rollup } from './resource'

/** Where a page begins when the sort column is counted in a rollup: rows with this value, from this offset on. */
export type Bucket = { from: string; to: string; offset: number }

/** How many rows a query has; by each value of each facet, under the other filters. Exact unless `isCapped`. */
export type Counts = {
  total: number
  /** There are more than COUNT_CAP rows, found by text or ranges, and they were not counted to the end. */
  isCapped: boolean
  /** By filter and value; a filter is absent where its counts would mean counting row by row. */
  facets: Record<string, Record<string, number>>
  bucket: Bucket | null
}

type Row = { part: string; value: string | null; n: number; before: number }
const TOTAL = '#total'
const BUCKET = '#bucket'

const facetNames = (resource: Resource) => [
  ...Object.entries(resource.columns).flatMap(([name, { filter }]) => (filter === 'facet' ? [name] : [])),
  ...Object.keys(resource.bands),
]

/** The smallest rollup with all these columns. */
const rollupOf = (resource: Resource, names: readonly string[]): Rollup | undefined =>
  resource.rollups.find(({ dims }) => names.every((name) => dims[name]))

/** Everything that is counted for a page, in one round trip. `today` decides what the bands mean. */
export async function countTable(
  reader: Reader,
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  today: string,
): Promise<Counts> {
  const isRollup = !query.q && rollupOf(resource, filteredColumns(resource, query)) !== undefined
  const parts = isRollup ? rollupParts(resource, viewer, query, today) : hitParts(resource, viewer, query, today)
  const rows = (await reader.execute(parts)) as unknown as Row[]
  const counts: Counts = { total: 0, isCapped: false, facets: {}, bucket: null }
  const buckets = rows.filter(({ part }) => part === BUCKET).sort((a, b) => a.before - b.before)
  for (const { part, value, n } of rows) {
    if (part === TOTAL) counts.total = n
    else if (part !== BUCKET && n > 0) counts.facets[part] = { ...counts.facets[part], [value ?? 'none']: n }
  }
  if (!isRollup && counts.total > COUNT_CAP) Object.assign(counts, { total: COUNT_CAP, isCapped: true })
  const [first, last] = [buckets[0], buckets.at(-1)]
  if (first?.value && last?.value)
    counts.bucket = { from: first.value, to: last.value, offset: (query.page - 1) * query.size - first.before }
  return counts
}

/** A band's rows are counted by its name, a Virtual Account by its id or `none`, anything else by its value. */
function countedAs(resource: Resource, name: string, column: Place, today: string): SQL {
  if (name === 'va')
    return sql`case when ${column} is null or ${column} = ${NO_VIRTUAL_ACCOUNT} then 'none' else ${column}::text end`
  const bands = resource.bands[name]
  if (!bands) return sql`${column}::text`
  const cases = Object.keys(bands.bands).map(
    (value) => sql`when ${inBand(bands, value, column, today)} then ${value}::text`,
  )
  return sql`case ${sql.join(cases, sql` `)} end`
}

const others = (found: readonly Condition[], name: string) =>
  and(...found.filter((condition) => condition.name !== name).map((condition) => condition.sql)) ?? sql`true`

function rollupParts(resource: Resource, viewer: Viewer, query: TableQuery, today: string): SQL {
  const { va, ...filters } = query.filters
  const only = va?.map((value) => (value === 'none' ? NO_VIRTUAL_ACCOUNT : Number(value)))
  const elsewhere = { ...query, filters }
  const filtered = filteredColumns(resource, elsewhere)
  const from = (names: string[], chosen: readonly number[] | undefined, except: string) => {
    const rollup = rollupOf(resource, ['va', ...names, ...filtered])
    const place = (name: string) => rollup?.dims[name]
    const scope = { smartAccountId: rollup?.dims['account'], virtualAccountId: place('va') } as Parameters<
      typeof inRollupScope
    >[1]
    const where = and(
      inRollupScope(viewer, scope, chosen),
      others(conditions(resource, elsewhere, today, place), except),
      sql`${rollup?.n} <> 0`,
    )
    return { n: sql`coalesce(sum(${rollup?.n}), 0)::bigint`, place, tail: sql`from ${rollup?.table} where ${where}` }
  }
  const total = from([], only, '')
  const parts = [
    sql`select ${TOTAL}::text as part, null::text as value, ${total.n} as n, 0::bigint as before ${total.tail}`,
  ]
  for (const name of facetNames(resource)) {
    const column = resource.bands[name]?.of ?? name
    const everywhere =
      viewer.scope.kind === 'account' ? [NO_VIRTUAL_ACCOUNT, ...viewer.virtualAccounts.map(({ id }) => id)] : undefined
    const { n, place, tail } = from([column], name === 'va' ? everywhere : only, name)
    const value = countedAs(resource, name, place(column) ?? sql`null`, today)
    parts.push(sql`select ${name}::text, ${value}, ${n}, 0 ${tail} group by 2`)
  }
  const sorted = query.sort !== 'va' && rollupOf(resource, ['va', query.sort, ...filtered])
  if (sorted) {
    const { n, place, tail } = from([query.sort], only, '')
    parts.push(bucketPart(sql`select ${place(query.sort)} as key, ${n} as n ${tail} group by 1`, query))
  }
  return sql.join(parts, sql` union all `)
}

/** The values of the sort column that rows offset … offset + size have, by running sum; a date that is not known comes last. */
function bucketPart(histogram: SQL, { page, size, descending }: TableQuery): SQL {
  const start = (page - 1) * size
  const order = descending ? sql`key::text = '-infinity', key desc` : sql`key::text = '-infinity', key`
  return sql`select ${BUCKET}::text, key::text, n, before from (
    select key, n, (sum(n) over (order by ${order}) - n)::bigint as before from (${histogram}) h) b
    where before < ${start + size} and before + n > ${start}`
}

function hitParts(resource: Resource, viewer: Viewer, query: TableQuery, today: string): SQL {
  const names = facetNames(resource)
  const columnOf = (name: string) => resource.columns[name]?.column
  const found = conditions(resource, query, today, columnOf)
  const isFacet = ({ name }: Condition) => names.includes(name)
  const sieve = and(
    inScope(viewer, { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount }),
    ...found.filter((c) => !isFacet(c)).map((c) => c.sql),
  )
  const search = query.q ? resource.search(viewer, query.q) : undefined
  const dims = [...new Set(names.map((name) => resource.bands[name]?.of ?? name))]
  const isDate = (name: string) => resource.columns[name]?.kind === 'date'
  const kept = sql.join(
    dims.map(
      (name) =>
        sql`${isDate(name) ? sql`coalesce(${columnOf(name)}, '-infinity')` : columnOf(name)} as ${sql.identifier(`f_${name}`)}`,
    ),
    sql`, `,
  )
  const hit = (name: string) => sql`${sql.identifier(`f_${name}`)}`
  const inHits = conditions(resource, { ...query, ranges: {} }, today, (name) =>
    dims.includes(name) ? hit(name) : undefined,
  )
  const rows = search ? sql`${resource.table} join (${search.ids}) s on s.id = ${resource.id}` : sql`${resource.table}`
  const gate = search ? sql`(${search.rollup}) <= ${COUNT_CAP}` : sql`true`
  const many = sql`(select count(*) from (select 1 from ${resource.table} where ${and(sieve, search?.where, ...found.filter(isFacet).map((c) => c.sql))} limit ${COUNT_CAP + 1}) x)`
  const few = sql`(select count(*) from hits) between 1 and ${COUNT_CAP}`
  const whole = found.some(isFacet) ? many : sql`${COUNT_CAP + 1}`
  const nothing = sql`(select count(*) from hits) = 0 and ${gate}`
  const parts = [
    sql`select ${TOTAL}::text as part, null::text as value, (case when ${nothing} then 0 when ${few} then (select count(*) from hits where ${others(inHits, '')}) else ${whole} end)::bigint as n, 0::bigint as before`,
  ]
  for (const name of names) {
    const value = countedAs(resource, name, hit(resource.bands[name]?.of ?? name), today)
    parts.push(
      sql`select ${name}::text, ${value}, count(*), 0 from hits where ${few} and ${others(inHits, name)} group by 2`,
    )
  }
  return sql`with hits as materialized (select ${kept} from ${rows} where ${sieve} and ${gate} limit ${COUNT_CAP + 1}) ${sql.join(parts, sql` union all `)}`
}
