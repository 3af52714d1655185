import type { role } from '@/db/schema/enums'

export type Role = (typeof role.enumValues)[number]

export const roleLabels: Record<Role, string> = {
  sa_admin: 'Smart Account Administrator',
  sa_approver: 'Smart Account Approver',
  sa_user: 'Smart Account User',
  sa_viewer: 'Smart Account Viewer',
  va_admin: 'Virtual Account Administrator',
  va_user: 'Virtual Account User',
  va_viewer: 'Virtual Account Viewer',
}

/** A role as it was given: over the account, or over one Virtual Account (and what is nested in it). */
export type Assignment = {
  id: number
  accountId: number
  role: Role
  virtualAccountId: number | null
  includesNested: boolean
  expiresAt: string | null
  /** The user group that it comes from, by name; absent for one's own. */
  group?: string | null
}

/** A role in words, and the group that it comes from. */
export const readRoleOf = ({ role, group }: Pick<Assignment, 'role' | 'group'>): string =>
  group ? `${roleLabels[role]}, by the group ${group}` : roleLabels[role]

export type VirtualAccount = {
  id: number
  parentId: number | null
  name: string
  isDefault: boolean
  accessLevel: 'unrestricted' | 'restricted'
}

/** What a role covers: the whole account, or these Virtual Accounts. */
export type Reach = 'account' | ReadonlySet<number>

/** The Virtual Accounts that an assignment covers, itself first; the whole account for a Smart Account role. */
export function reachOf(assignment: Assignment, tree: readonly Pick<VirtualAccount, 'id' | 'parentId'>[]): Reach {
  if (assignment.virtualAccountId === null) return 'account'
  const reach = new Set([assignment.virtualAccountId])
  if (!assignment.includesNested) return reach
  // A set visits what is added while it is walked, so this ends when no child is new.
  for (const parent of reach) for (const { id, parentId } of tree) if (parentId === parent) reach.add(id)
  return reach
}

/** `EMEA › Germany`: the names from the top down to a Virtual Account. */
export function pathOf(id: number, tree: readonly Pick<VirtualAccount, 'id' | 'parentId' | 'name'>[]): string {
  const names: string[] = []
  for (
    let at = tree.find((va) => va.id === id);
    at && names.length < tree.length;
    at = tree.find((va) => va.id === at?.parentId)
  )
    names.unshift(at.name)
  return names.join(' › ')
}
