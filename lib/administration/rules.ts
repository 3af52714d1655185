import { extentOf } from '@/lib/access/permissions'
import type { Role } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'

export type GivenRole = { role: Role; virtualAccountId: number | null; includesNested: boolean }
type Account = Pick<Viewer['account'], 'domain'>

/**
 * Whether the viewer may give, change or take this role. `isDelegated`: the account lets Virtual Account Administrators
 * manage the roles in their own. A role that reaches what is nested needs one that does.
 */
export function mayManage(
  { grants }: Pick<Viewer, 'grants'>,
  { virtualAccountId, includesNested }: GivenRole,
  isDelegated: boolean,
): boolean {
  return grants.some((grant) => {
    if (!extentOf('users.manage', grant.role)) return false
    if (grant.reach === 'account') return true
    const isOwn = virtualAccountId !== null && grant.reach.has(virtualAccountId)
    return isDelegated && isOwn && (!includesNested || grant.includesNested)
  })
}

/** Whether somebody comes from another organization than the account's. */
export const isOutside = (organisation: string, { domain }: Account): boolean => organisation !== domain

/** Why an organisation's people cannot have a role; null where they can. */
export const refusalOf = (role: Role, organisation: string, account: Account): string | null =>
  role === 'sa_approver' && isOutside(organisation, account)
    ? `An Approver accepts agreements for the organization: the address must end in @${account.domain}.`
    : null
