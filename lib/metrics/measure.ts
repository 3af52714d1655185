import 'server-only'
import { and, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { inRollupScope, inScope, NO_VIRTUAL_ACCOUNT } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { filteredColumns, type Place, underFilters } from '@/lib/table/filters'
import { parseTable, type TableQuery } from '@/lib/table/parse'
import type { Filters, Metric, Resource, Rollup } from '@/lib/table/resource'

/** What is to be counted: of whom, on which day (it decides what the bands mean), and under which further filters. */
export type Question<R extends Resource = Resource> = { resource: R; viewer: Viewer; today: string; under?: Filters }
export type MetricName<R extends Resource> = Extract<keyof R['metrics'], string>
/** The numbers for one value, or mix of values, of the columns that they are broken down by. */
export type Group<B extends string, M extends string> = { at: Record<B, string>; numbers: Record<M, number> }

/** A metric as it is counted: from a rollup, or from the rows where no rollup has its columns. */
type Counted = {
  name: string
  metric: Metric
  query: TableQuery
  rollup: Rollup | undefined
  /** The Virtual Accounts that it is about, when it is not about all in scope. */
  only: readonly number[] | undefined
  isNothing: boolean
}

/** The parameters of a metric for a viewer, the same for the number and for the address of its rows. */
export const paramsOf = ({ params }: Metric, viewer: Viewer): Filters =>
  typeof params === 'function' ? params(viewer) : params

/** All of these metrics, by name, in one statement. */
export async function measure<R extends Resource, M extends MetricName<R>>(
  reader: Reader,
  question: Question<R>,
  names: readonly M[],
): Promise<Record<M, number>> {
  const parts: Counted[][] = []
  for (const name of names) {
    const one = countedIn(question, name, [])
    const part = parts.find(([other]) => other?.rollup === one.rollup && !other?.only === !one.only)
    if (part) part.push(one)
    else parts.push([one])
  }
  const from = parts.map((counted, index) => {
    return sql`(${partOf(question, counted, [])}) ${sql.identifier(`part_${index}`)}`
  })
  const rows = await reader.execute(sql`select * from ${sql.join(from, sql`, `)}`)
  return rows[0] as Record<M, number>
}

/** The same metrics for each value, or mix of values, of the columns `by`, as text; groups without any are left out. */
export async function breakdown<R extends Resource, M extends MetricName<R>, B extends string>(
  reader: Reader,
  question: Question<R>,
  by: readonly B[],
  names: readonly M[],
): Promise<Group<B, M>[]> {
  const counted = names.map((name) => countedIn(question, name, by))
  if (counted.some(({ rollup, only }) => rollup !== counted[0]?.rollup || only))
    throw new Error(`${names.join(', ')} by ${by.join(', ')}: not in one rollup.`)
  const rows = (await reader.execute(partOf(question, counted, by))) as unknown as Record<string, unknown>[]
  return rows
    .filter((row) => names.some((name) => row[name] !== 0))
    .map((row) => ({
      at: Object.fromEntries(by.map((name) => [name, row[`by ${name}`]])) as Record<B, string>,
      numbers: Object.fromEntries(names.map((name) => [name, row[name]])) as Record<M, number>,
    }))
}

/** As the address of the list would be read, so that number and list cannot differ. */
function queryOf(resource: Resource, params: Filters): TableQuery {
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Error(problems.join(' '))
  return query
}

function countedIn({ resource, viewer, under = {} }: Question, name: string, by: readonly string[]): Counted {
  const metric = resource.metrics[name]
  if (!metric) throw new Error(`${resource.name} has no metric ${name}.`)
  const params = paramsOf(metric, viewer)
  const query = queryOf(resource, params)
  const outer = queryOf(resource, under)
  const around = ['va', ...by, ...filteredColumns(resource, outer)]
  const own = filteredColumns(resource, query)
  const rollup = resource.rollups.find(({ dims, sums }) => {
    const isReady = sums?.[name] !== undefined
    return (isReady || !metric.sum) && (isReady ? around : [...around, ...own]).every((column) => dims[column])
  })
  const va = query.filters['va'] ?? outer.filters['va']
  const only = va?.map((value) => (value === 'none' ? NO_VIRTUAL_ACCOUNT : Number(value)))
  return { name, metric, query, rollup, only, isNothing: Object.values(params).some(({ length }) => length === 0) }
}

/** Metrics that come from the same place, in one SELECT. */
function partOf(
  { resource, viewer, today, under = {} }: Question,
  counted: readonly Counted[],
  by: readonly string[],
): SQL {
  const rollup = counted[0]?.rollup
  const place = (name: string): Place | undefined => (rollup ? rollup.dims[name] : resource.columns[name]?.column)
  const holds = (query: TableQuery) => underFilters(resource, viewer, query, today, place) ?? sql`true`
  const own = counted.map(({ name, query, isNothing }) => {
    if (isNothing) return sql`false`
    return rollup?.sums?.[name] ? sql`true` : holds(query)
  })
  const numbers = counted.map(({ name, metric }, index) => {
    const column = rollup ? (rollup.sums?.[name] ?? rollup.n) : metric.sum
    const total = column ? sql`sum(${column})` : sql`count(*)`
    return sql`coalesce(${total} filter (where ${own[index]}), 0)::bigint as ${sql.identifier(name)}`
  })
  const keys = by.map((name) => sql`coalesce(${place(name)}::text, '') as ${sql.identifier(`by ${name}`)}`)
  const scope = rollup ? rollupScope(viewer, rollup, counted) : rowScope(viewer, resource)
  const grouping = keys.length > 0 ? sql`group by ${sql.raw(keys.map((_, index) => index + 1).join(', '))}` : sql``
  return sql`select ${sql.join([...keys, ...numbers], sql`, `)} from ${rollup?.table ?? resource.table}
    where ${and(scope, holds(queryOf(resource, under)), or(...own))} ${grouping}`
}

const rowScope = (viewer: Viewer, { tenant, virtualAccount }: Resource) =>
  inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount })

function rollupScope(viewer: Viewer, { dims }: Rollup, counted: readonly Counted[]): SQL {
  const { account: smartAccountId, va: virtualAccountId } = dims
  if (!smartAccountId || !virtualAccountId) throw new Error('A rollup without its tenant cannot be read.')
  const isAboutSome = counted.every(({ only }) => only)
  return inRollupScope(
    viewer,
    { smartAccountId, virtualAccountId },
    isAboutSome ? counted.flatMap(({ only }) => only ?? []) : undefined,
  )
}
