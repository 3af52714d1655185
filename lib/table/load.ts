import 'server-only'
import { sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { asUser } from '@/lib/access/database'
import { inRollupScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { countTable } from './counts'
import { type FilterView, filtersOf, isCounted } from './facets'
import { cleared } from './href'
import { readLayout } from './kept-layout'
import type { Layout } from './layout'
import { readPage } from './page'
import { type Params, parseTable, valuesOf } from './parse'
import type { Resource } from './resource'
import { type TableView, viewOf } from './view'

/** What stands over the table: its filters, or its columns. */
export type Panel =
  | { kind: 'filters'; filters: FilterView[] }
  | { kind: 'columns'; all: { name: string; label: string }[]; layout: Layout }
  | null

/**
 * A page of a table under the parameters of its address, in two round trips: all that is counted and the person's
 * layout, then the rows. Rejects with Invalid when a parameter is bad (middleware has answered those before).
 */
export async function loadTable(
  viewer: Viewer,
  resource: Resource,
  params: Params,
  path: string,
): Promise<{ view: TableView; panel: Panel }> {
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Invalid(problems)
  const [panel] = valuesOf(params, 'panel')
  const day = today()
  return asUser(viewer, async (reader) => {
    const [counts, whole, layout] = await Promise.all([
      countTable(reader, resource, viewer, query, day),
      countWhole(reader, resource, viewer),
      readLayout(reader, viewer, resource),
    ])
    const isBeyond = !counts.isCapped && (query.page - 1) * query.size >= counts.total
    const rows = isBeyond
      ? []
      : await readPage<Record<string, unknown>>(
          reader,
          resource,
          viewer,
          query,
          counts,
          day,
          fieldsOf(resource, layout),
        )
    const view = viewOf(resource, viewer, query, path, { counts, whole, layout, rows })
    if (panel === 'columns') return { view, panel: columnsPanel(resource, layout) }
    if (panel !== 'filters') return { view, panel: null }
    if (isCounted(counts)) return { view, panel: { kind: panel, filters: filtersOf(resource, viewer, query, counts) } }
    // Too many rows to count by value: what there is to choose from is that of all rows, without numbers.
    const all = await countTable(reader, resource, viewer, cleared(query), day)
    return { view, panel: { kind: panel, filters: filtersOf(resource, viewer, query, counts, all.facets) } }
  })
}

const fieldsOf = ({ columns }: Resource, layout: Layout) =>
  Object.fromEntries(
    layout.columns.flatMap((name) => {
      const column = columns[name]
      return column ? [[name, column.column]] : []
    }),
  )

const columnsPanel = (resource: Resource, layout: Layout): Panel => ({
  kind: 'columns',
  all: Object.entries(resource.columns).map(([name, { label }]) => ({ name, label })),
  layout,
})

/** All rows that the viewer sees, whatever the filters. */
async function countWhole(reader: Reader, resource: Resource, viewer: Viewer): Promise<number> {
  const [rollup] = resource.rollups
  const { account: smartAccountId, va: virtualAccountId } = rollup?.dims ?? {}
  if (!rollup || !smartAccountId || !virtualAccountId) throw new Error(`${resource.name} has no rollup to count from.`)
  const scope = inRollupScope(viewer, { smartAccountId, virtualAccountId })
  const rows = await reader.execute(
    sql`select coalesce(sum(${rollup.n}), 0)::bigint as n from ${rollup.table} where ${scope}`,
  )
  return Number((rows as unknown as { n: number }[])[0]?.n ?? 0)
}
