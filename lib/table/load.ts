import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader, Reading } from '@/db/client'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { layoutUnder, listViews } from '@/lib/views/list-views'
import { viewsOf } from '@/lib/views/queries'
import { type Counts, countTable } from './counts'
import { type FilterView, filtersOf, isCounted } from './facets'
import { cleared } from './href'
import { ownLayout } from './kept-layout'
import type { Layout } from './layout'
import { readPage } from './page'
import { type Params, parseTable, type TableQuery, valuesOf } from './parse'
import { isAtBeginning, planningOfCounts } from './plans'
import { facetNames, type Resource } from './resource'
import { ADDRESS, type TableView, viewOf } from './view'

/** What stands over the table: its filters, or its columns. */
export type Panel =
  | { kind: 'filters'; filters: FilterView[] }
  | { kind: 'columns'; all: { name: string; label: string }[]; layout: Layout }
  | { kind: 'views' }
  | null

type Loaded = { view: TableView; panel: Panel }

/**
 * A page of a table under the parameters of its address: all that is counted, and the rows. Rejects with Invalid when a
 * parameter is bad (middleware has answered those before).
 */
export async function loadTable(viewer: Viewer, resource: Resource, params: Params, path: string): Promise<Loaded> {
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Invalid(problems)
  const [panel] = valuesOf(params, 'panel')
  const day = today()
  const views = viewsOf(viewer, resource)
  const own = ownLayout(viewer, resource)
  const layout = layoutUnder(resource, query, views, own)
  const read: Reading<Loaded> = async (reader, allAsked) => {
    const { counts, rows } = await readTable(
      reader,
      { resource, viewer, query, day, layout, facets: shownFacets(resource, params) },
      panel === 'filters' ? undefined : allAsked,
    )
    const saved = listViews({ viewer, resource, query, path }, views, { layout, own })
    const view = viewOf(resource, viewer, query, path, { counts, layout, rows, saved })
    if (panel === 'views' && saved.panelHref) return { view, panel: { kind: panel } }
    if (panel === 'columns') return { view, panel: columnsPanel(resource, layout) }
    if (panel !== 'filters') return { view, panel: null }
    if (isCounted(resource, counts))
      return { view, panel: { kind: panel, filters: filtersOf(resource, viewer, query, counts) } }
    // Not all was counted by value: what there is to choose from there is that of all rows, without numbers.
    const all = await countTable(reader, resource, viewer, cleared(query), day)
    return { view, panel: { kind: panel, filters: filtersOf(resource, viewer, query, counts, all.facets) } }
  }
  return asUser(viewer, read, planningOfCounts(resource, query))
}

/** The filters that show their choices, with how many rows each has: those with a menu, or all in their panel. */
export const shownFacets = (resource: Resource, params: Params): readonly string[] =>
  valuesOf(params, 'panel')[0] === 'filters' ? facetNames(resource) : resource.promoted

type Read = {
  resource: Resource
  viewer: Viewer
  query: TableQuery
  day: string
  layout: Layout
  /** What is counted by value. */
  facets: readonly string[]
}

/** The counts and rows of a page, in one round trip or two. `allAsked` is called when nothing of it is left to ask for. */
export async function readTable(
  reader: Reader,
  { resource, viewer, query, day, layout, facets }: Read,
  allAsked: () => void = () => undefined,
): Promise<{ counts: Counts; rows: Record<string, unknown>[] }> {
  const counting = countTable(reader, resource, viewer, query, day, facets)
  const rowsAt = (counts: Counts | null) => {
    const fields = fieldsOf(resource, layout, viewer, counts?.facets)
    const rows = readPage<Record<string, unknown>>(reader, resource, viewer, query, counts, day, fields)
    allAsked()
    return rows
  }
  if (isAtBeginning(resource, viewer, query)) {
    const [counts, rows] = await Promise.all([counting, rowsAt(null)])
    return { counts, rows }
  }
  const counts = await counting
  return { counts, rows: await rowsAt(counts) }
}

/** What is read of a page's rows: their addresses, and what each column shows. */
function fieldsOf(
  { columns, address }: Resource,
  layout: Layout,
  viewer: Viewer,
  facets: Counts['facets'] | undefined,
) {
  const shown = layout.columns.flatMap((name) => {
    const column = columns[name]
    return column ? [[name, column.shown?.(viewer, facets) ?? column.column] as const] : []
  })
  return Object.fromEntries<SQL | AnyPgColumn>(address ? [...shown, [ADDRESS, address]] : shown)
}

const columnsPanel = (resource: Resource, layout: Layout): Panel => ({
  kind: 'columns',
  all: Object.entries(resource.columns).map(([name, { label }]) => ({ name, label })),
  layout,
})
