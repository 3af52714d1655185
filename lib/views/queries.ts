import 'server-only'
import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { savedViews } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { extentOf } from '@/lib/access/permissions'
import { can, type Viewer } from '@/lib/access/viewer'
import { account, savedView } from '@/lib/paths'
import { tableNamed } from '@/lib/resources/all'
import type { Resource } from '@/lib/table/resource'
import { listHref, type SavedView } from './saved-view'

const { id, resource, query, isShared, userId } = savedViews

/** The views that a viewer may open: their own, and those that are shared in the account. */
export const viewsInScope = (viewer: Viewer): SQL =>
  sql`${and(eq(savedViews.smartAccountId, viewer.account.id), or(eq(userId, viewer.id), isShared))}`

/** The views of a table, or of all tables, by name. Who may take nothing out has none. */
export const viewsOf = (viewer: Viewer, of?: Resource): SavedView[] =>
  can(viewer, 'export') ? viewer.views.filter((view) => !of || view.resource === of.name) : []

/** Whether a viewer may keep views here: by a role of their own. Support reads only. */
export const mayKeep = ({ grants }: Viewer): boolean => grants.some(({ role }) => extentOf('export', role))

/** Whether a viewer may change a view: their own, and as Smart Account Administrator what is shared. */
export const mayChange = (viewer: Viewer, view: Pick<SavedView, 'userId' | 'isShared'>): boolean =>
  mayKeep(viewer) && (view.userId === viewer.id || (view.isShared && can(viewer, 'views.manage')))

/** The tab that a view is of; null where this version or the viewer has none. */
function pathOf(viewer: Viewer, view: Pick<SavedView, 'resource'>): string | null {
  const found = tableNamed(view.resource)
  if (!found || (found.isAgreements && !can(viewer, 'agreements.see'))) return null
  return `${account(viewer.account.domain)}/${found.tab}`
}

/** The address of the list that a view opens; null where there is no such view for the viewer. */
export async function openView(viewer: Viewer, wanted: number): Promise<string | null> {
  if (!can(viewer, 'export')) return null
  const [view] = await asUser(viewer, (reader) =>
    reader
      .select({ id, resource, query })
      .from(savedViews)
      .where(and(viewsInScope(viewer), eq(id, wanted))),
  )
  const path = view && pathOf(viewer, view)
  return view && path ? listHref(path, view) : null
}

/** All views of a viewer in this account, as places to go to, and by the address of a tab what it opens with. */
export function viewPlaces(viewer: Viewer) {
  const found = viewsOf(viewer).flatMap((view) => {
    const path = pathOf(viewer, view)
    return path ? [{ view, path }] : []
  })
  const places = found.map(({ view }) => ({
    label: view.name,
    group: 'Saved views',
    href: savedView(viewer.account.domain, view.id),
    keywords: `view list ${tableNamed(view.resource)?.resource.noun.many} ${view.isShared ? 'shared' : 'mine'}`,
  }))
  const mine = found.filter(({ view }) => view.isDefault && view.userId === viewer.id)
  return { places, opens: new Map(mine.map(({ view, path }) => [path, listHref(path, view)])) }
}
