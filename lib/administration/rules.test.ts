import type { Grant } from '@/lib/access/viewer'
import { isOutside, mayManage, refusalOf } from './rules'

const grant = (role: Grant['role'], reach: Grant['reach'], includesNested = false): Pick<Grant, 'role'> & Grant => ({
  ...{ id: 1, accountId: 1, virtualAccountId: reach === 'account' ? null : 1, expiresAt: null },
  ...{ role, reach, includesNested },
})
const over = (role: Grant['role']) => ({ grants: [grant(role, 'account')] })
const viewerRole = (virtualAccountId: number | null, includesNested = false) =>
  ({ role: virtualAccountId === null ? 'sa_viewer' : 'va_viewer', virtualAccountId, includesNested }) as const

test('an administrator of the account manages every role, nobody else over it any', () => {
  expect(mayManage(over('sa_admin'), viewerRole(null), false)).toBe(true)
  expect(mayManage(over('sa_admin'), viewerRole(7, true), false)).toBe(true)
  for (const role of ['sa_user', 'sa_viewer', 'sa_approver'] as const) {
    expect(mayManage(over(role), viewerRole(null), true)).toBe(false)
    expect(mayManage(over(role), viewerRole(7), true)).toBe(false)
  }
})

test('an administrator of a Virtual Account manages the roles in it, where the account allows it', () => {
  const one = { grants: [grant('va_admin', new Set([1]))] }
  expect(mayManage(one, viewerRole(1), false)).toBe(false)
  expect(mayManage(one, viewerRole(1), true)).toBe(true)
  expect(mayManage(one, viewerRole(2), true)).toBe(false)
  expect(mayManage(one, viewerRole(null), true)).toBe(false)
  expect(mayManage({ grants: [grant('va_user', new Set([1]))] }, viewerRole(1), true)).toBe(false)
})

test('what is nested is given only by a role that reaches it', () => {
  expect(mayManage({ grants: [grant('va_admin', new Set([1]))] }, viewerRole(1, true), true)).toBe(false)
  expect(mayManage({ grants: [grant('va_admin', new Set([1, 2]), true)] }, viewerRole(2, true), true)).toBe(true)
})

test('an Approver is of the organization', () => {
  const account = { domain: 'corp.example' }
  expect(refusalOf('sa_approver', 'corp.example', account)).toBeNull()
  expect(refusalOf('sa_approver', 'sub.corp.example', account)).toContain('@corp.example')
  expect(refusalOf('sa_admin', 'partner.example', account)).toBeNull()
  expect(isOutside('partner.example', account)).toBe(true)
})
