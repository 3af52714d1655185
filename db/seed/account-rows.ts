import { smartAccounts, virtualAccounts, virtualAccountTags } from '../schema/accounts'
import { instantOf, iso, monthEnd } from './days'
import type { Loader } from './loader'
import type { Scene } from './scene'

/** Writes an account, its Virtual Accounts and their tags. */
export function addAccount(loader: Loader, scene: Scene): void {
  const createdAt = instantOf(scene.today - 2900, 8)
  loader.add(smartAccounts, {
    id: scene.id,
    domain: scene.plan.domain,
    name: scene.plan.name,
    type: scene.plan.type,
    status: 'ACTIVE',
    day: iso(scene.today),
    sharesAdminContacts: false,
    virtualAdminsManageUsers: false,
    createdAt,
  })
  for (const [index, account] of scene.virtualAccounts.entries()) {
    const key = { smartAccountId: scene.id, virtualAccountId: account.id }
    loader.add(virtualAccounts, {
      smartAccountId: scene.id,
      id: account.id,
      parentId: account.parentId,
      name: account.name,
      description: account.description ?? '',
      accessLevel: account.restricted ? 'restricted' : 'unrestricted',
      isDefault: account === scene.defaultAccount,
      preferredEndDate: index === 0 ? null : iso(monthEnd(scene.today + 60 + index * 61)),
      createdAt,
    })
    for (const tag of account.tags ?? []) loader.add(virtualAccountTags, { ...key, name: tag, value: account.name })
  }
}
