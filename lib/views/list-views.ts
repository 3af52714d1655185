import type { Viewer } from '@/lib/access/viewer'
import { toSearch } from '@/lib/table/href'
import { type Layout, layoutOf } from '@/lib/table/layout'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { mayChange, mayKeep } from './queries'
import { isModified, listHref, type SavedView, viewQuery } from './saved-view'

export type ViewChoice = Pick<SavedView, 'id' | 'name' | 'isShared' | 'isDefault'> & {
  href: string
  isCurrent: boolean
  isMine: boolean
  mayChange: boolean
}

/** The saved views of a list as its menu shows them. */
export type ListViews = {
  choices: ViewChoice[]
  current: ViewChoice | null
  isModified: boolean
  /** The list without any view, and what is kept and changed in a panel over it. */
  allHref: string
  /** Absent where the viewer may keep none. */
  panelHref?: string
}

/** The view that the list was opened by, and the layout that it has: of the address, of the view, or the person's own. */
export function layoutUnder(resource: Resource, query: TableQuery, views: readonly SavedView[], own: Layout): Layout {
  const view = views.find(({ id }) => String(id) === query.saved)
  return query.layout ?? (view?.layout ? layoutOf(resource, view.layout) : own)
}

export function listViews(
  { viewer, resource, query, path }: { viewer: Viewer; resource: Resource; query: TableQuery; path: string },
  views: readonly SavedView[],
  { layout, own }: { layout: Layout; own: Layout },
): ListViews {
  const choices = views.map((view) => ({
    id: view.id,
    name: view.name,
    isShared: view.isShared,
    isDefault: view.isDefault && view.userId === viewer.id,
    href: listHref(path, view),
    isCurrent: String(view.id) === query.saved,
    isMine: view.userId === viewer.id,
    mayChange: mayChange(viewer, view),
  }))
  const opened = views.find(({ id }) => String(id) === query.saved)
  const now = { query: viewQuery(resource, query), layout }
  const kept = opened && { query: opened.query, layout: opened.layout ? layoutOf(resource, opened.layout) : own }
  const search = toSearch(resource, query)
  return {
    choices,
    current: choices.find(({ isCurrent }) => isCurrent) ?? null,
    isModified: kept ? isModified(kept, now) : false,
    allHref: `${path}${resource.view ? `?view=${resource.view}` : ''}`,
    ...(mayKeep(viewer) && { panelHref: `${path}${search}${search ? '&' : '?'}panel=views` }),
  }
}
