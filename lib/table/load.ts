import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import { layoutUnder, listViews } from '@/lib/views/list-views'
import { viewsOf } from '@/lib/views/queries'
import { type Counts, countTable } from './counts'
import { type FilterView, filtersOf, isCounted } from './facets'
import { cleared } from './href'
import { readLayout } from './kept-layout'
import type { Layout } from './layout'
import { readPage } from './page'
import { type Params, parseTable, valuesOf } from './parse'
import type { Resource } from './resource'
import { ADDRESS, type TableView, viewOf } from './view'

/** What stands over the table: its filters, or its columns. */
export type Panel =
  | { kind: 'filters'; filters: FilterView[] }
  | { kind: 'columns'; all: { name: string; label: string }[]; layout: Layout }
  | { kind: 'views' }
  | null

/**
 * A page of a table under the parameters of its address, in two round trips: all that is counted with the person's
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
    const [counts, own] = await Promise.all([
      countTable(reader, resource, viewer, query, day),
      readLayout(reader, viewer, resource),
    ])
    const views = viewsOf(viewer, resource)
    const layout = layoutUnder(resource, query, views, own)
    const fields = fieldsOf(resource, layout, viewer, counts)
    const rows = await readPage<Record<string, unknown>>(reader, resource, viewer, query, counts, day, fields)
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
  })
}

/** What is read of a page's rows: their addresses, and what each column shows. */
export function fieldsOf({ columns, address }: Resource, layout: Layout, viewer: Viewer, { facets }: Counts) {
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
