import { toSearch } from '@/lib/table/href'
import type { Layout } from '@/lib/table/layout'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'

/** A named state of a table as it is kept: parameters of the list's address, and how the rows are laid out. */
export type SavedView = {
  id: number
  resource: string
  name: string
  query: Record<string, string[]>
  layout: unknown
  isShared: boolean
  isDefault: boolean
  userId: number
}

/** What of a list's state belongs to a view: filters, words, order. Neither the page, nor how it was opened. */
export function viewQuery(resource: Pick<Resource, 'defaultSort' | 'view'>, query: TableQuery): SavedView['query'] {
  const { saved: _, layout: __, ...state } = query
  const search = new URLSearchParams(toSearch(resource, { ...state, page: 1, size: 50 }))
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))
}

/** The address of the list that a view opens, in the tab at `path`. */
export function listHref(path: string, { id, query }: Pick<SavedView, 'id' | 'query'>): string {
  const search = new URLSearchParams()
  for (const [name, values] of Object.entries(query)) for (const value of values) search.append(name, value)
  search.set('saved', String(id))
  return `${path}?${search}`
}

const inOrder = (query: SavedView['query']) =>
  JSON.stringify(
    Object.entries(query)
      .map(([name, values]) => [name, values.toSorted()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
const sameLayout = (a: Layout, b: Layout) =>
  a.density === b.density &&
  a.columns.length === b.columns.length &&
  a.columns.every((name, at) => name === b.columns[at])

/** Whether the list is no longer as the view has it. */
export function isModified(
  view: Pick<SavedView, 'query'> & { layout: Layout },
  now: { query: SavedView['query']; layout: Layout },
): boolean {
  return inOrder(view.query) !== inOrder(now.query) || !sameLayout(view.layout, now.layout)
}
