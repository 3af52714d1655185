import { extentOf } from '@/lib/access/permissions'
import { reachOf, type VirtualAccount } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'

type Planner = Pick<Viewer, 'grants'>

/**
 * Whether the viewer may put a Virtual Account under this parent (null = at the top), or change one that stands there:
 * anywhere with a role over the account, else nested in what their role reaches.
 */
export const mayPlan = ({ grants }: Planner, parentId: number | null): boolean =>
  grants.some(({ role, reach, includesNested }) => {
    if (!extentOf('virtual-accounts.manage', role)) return false
    return reach === 'account' || (includesNested && parentId !== null && reach.has(parentId))
  })

/** Virtual Accounts in the order of a tree, each with how deep it stands under the topmost one that is seen. */
export function inTreeOrder<Place extends Pick<VirtualAccount, 'id' | 'parentId' | 'name' | 'isDefault'>>(
  places: readonly Place[],
): (Place & { depth: number })[] {
  const isTop = ({ parentId }: Place) => !places.some(({ id }) => id === parentId)
  const sorted = [...places].sort(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name, 'en'),
  )
  const under = (found: Place[], depth: number): (Place & { depth: number })[] =>
    found.flatMap((place) => [
      { ...place, depth },
      ...under(
        sorted.filter(({ parentId }) => parentId === place.id),
        depth + 1,
      ),
    ])
  return under(sorted.filter(isTop), 0)
}

/** A Virtual Account and all that is nested in it: where it cannot be moved to. */
export const withNested = (
  id: number,
  places: readonly Pick<VirtualAccount, 'id' | 'parentId'>[],
): ReadonlySet<number> => {
  const reach = reachOf(
    { id: 0, accountId: 0, role: 'va_viewer', virtualAccountId: id, includesNested: true, expiresAt: null },
    places,
  )
  return reach === 'account' ? new Set() : reach
}
