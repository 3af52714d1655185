import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { tables } from '@/lib/resources/all'
import { devices } from '@/lib/resources/devices'
import { countTable } from '@/lib/table/counts'
import { ownLayout } from '@/lib/table/kept-layout'
import { loadTable } from '@/lib/table/load'
import { readPage } from '@/lib/table/page'
import { parseTable } from '@/lib/table/parse'
import { choicesOf } from '@/lib/table/row-actions'
import { viewsOf } from '@/lib/views/queries'
import { type ListQuery, listQueries } from './list-queries'
import { withoutRoles } from './question'

/** A list as a person gets it: what is counted, and the ids of its first pages and of the last one. */
export type Listed = { total: number; isCapped: boolean; facets: Record<string, Record<string, number>>; ids: number[] }

const PAGES_AT_MOST = 4

function listOf(viewer: Viewer, { resource, params }: ListQuery): Promise<Listed> {
  const { query, problems } = parseTable(resource, params)
  if (problems.length > 0) throw new Error(problems.join(' '))
  return asUser(viewer, async (reader) => {
    const ids: number[] = []
    const { total, isCapped, facets } = await countTable(reader, resource, viewer, query, today())
    const last = Math.max(1, Math.ceil(total / query.size))
    const pages = last <= PAGES_AT_MOST ? [...Array(last).keys()].map((index) => index + 1) : [1, 2, last]
    for (const page of pages) {
      const at = { ...query, page }
      // As a page counts: for its menus only.
      const counts = await countTable(reader, resource, viewer, at, today(), resource.promoted)
      const rows = await readPage<{ id: number }>(reader, resource, viewer, at, counts, today(), {})
      ids.push(...rows.map(({ id }) => Number(id)))
    }
    return { total, isCapped, facets, ids }
  })
}

export const nameOf = ({ table, params }: ListQuery) => `list of ${table} ${JSON.stringify(params)}`

/** Every list of listQueries, and the page of devices as it is drawn. */
export function askTables(viewer: Viewer, places: readonly number[], contract: string) {
  const roleless = withoutRoles(viewer)
  return [
    ...listQueries(places, contract).map((list) => ({
      what: nameOf(list),
      ask: (): Promise<unknown> => listOf(viewer, list),
    })),
    { what: 'the page of devices', ask: () => loadTable(viewer, devices, { panel: 'filters' }, '/list') },
    { what: 'a page of devices found', ask: () => loadTable(viewer, devices, { q: 'FOC', panel: 'filters' }, '/list') },
    // Who takes nothing out has no views either, however they came to a scope.
    { what: 'a page of devices without a role', ask: () => loadTable(roleless, devices, {}, '/list') },
    { what: 'views without a role', ask: async () => viewsOf(roleless) },
    { what: 'what rows are for', ask: async () => Object.values(tables).map((table) => choicesOf(viewer, table)) },
    { what: 'own layout', ask: async () => ownLayout(viewer, devices) },
  ]
}
