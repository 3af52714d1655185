import { userGroupMembers, userGroupRoles, userGroups } from '../schema/groups'
import { instantOf } from './days'
import type { Ids } from './ids'
import type { Loader } from './loader'
import type { People } from './people'
import type { Scene } from './scene'

const MEMBERS = ['noor.bakker@aurora.example', 'rosa.meyer@aurora.example']
/** Each with what is nested in it or not. */
const ROLES = [
  { place: 'Americas', role: 'va_viewer', includesNested: true },
  { place: 'France', role: 'va_user', includesNested: false },
] as const

/** A group of the demo's main account, with somebody who has access by it alone. */
export function addGroups(loader: Loader, scene: Scene, people: People, today: number, ids: Ids): void {
  const groupId = ids.next('userGroups')
  const smartAccountId = scene.id
  const by = people.idOf('admin@aurora.example')
  const at = instantOf(today - 40, 9)
  const description = 'Engineers on the way between sites'
  loader.add(userGroups, {
    smartAccountId,
    id: groupId,
    name: 'Field engineers',
    description,
    createdBy: by,
    createdAt: at,
  })
  for (const email of MEMBERS)
    loader.add(userGroupMembers, { smartAccountId, groupId, userId: people.idOf(email), addedBy: by, addedAt: at })
  for (const { place, role, includesNested } of ROLES) {
    const virtualAccountId = scene.virtualAccounts.find(({ name }) => name === place)?.id
    if (virtualAccountId === undefined) throw new Error(`${scene.plan.domain} has no ${place}.`)
    const given = { role, virtualAccountId, includesNested, grantedBy: by, grantedAt: at, expiresAt: null }
    loader.add(userGroupRoles, { smartAccountId, id: ids.next('userGroupRoles'), groupId, ...given })
  }
}
