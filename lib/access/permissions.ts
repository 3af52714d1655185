import type { Role } from './roles'

type Extent = 'all' | 'own'
type Rule = Partial<Record<Role, Extent>>

const everyAsset: Rule = { sa_admin: 'all', sa_user: 'all', sa_viewer: 'all' }
const own = { va_admin: 'own', va_user: 'own', va_viewer: 'own' } as const
const workers: Rule = { sa_admin: 'all', sa_user: 'all', va_admin: 'own', va_user: 'own' }

/** Who may do what, and how far: `own` = inside the Virtual Accounts that the role covers. What is not here is not allowed. */
export const permissions = {
  'assets.see': { ...everyAsset, ...own },
  'assets.see-unassigned': everyAsset,
  'assign-status.see': { sa_admin: 'all' },
  'agreements.see': { sa_admin: 'all' },
  export: { sa_admin: 'all', sa_user: 'all', sa_viewer: 'all', ...own },
  'views.manage': { sa_admin: 'all' },
  assign: workers,
  'orders.assign': workers,
  'orders.share': workers,
  'orders.revoke-any': { sa_admin: 'all', va_admin: 'own' },
  'documents.download': { ...everyAsset, ...own },
  'pak.reveal': workers,
  'users.manage': { sa_admin: 'all', va_admin: 'own' },
  'users.see': { sa_admin: 'all', va_admin: 'own' },
  'requests.approve': { sa_admin: 'all', va_admin: 'own' },
  'virtual-accounts.manage': { sa_admin: 'all', va_admin: 'own' },
  /** The settings of the account, and access of support to it. */
  'account.manage': { sa_admin: 'all' },
  import: { sa_admin: 'all' },
  'agreements.accept': { sa_admin: 'all', sa_approver: 'all' },
  'events.note': workers,
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions

/** How far a role reaches for a permission; undefined when it does not have it. */
export const extentOf = (permission: Permission, role: Role): Extent | undefined => {
  const rule: Rule = permissions[permission]
  return rule[role]
}
