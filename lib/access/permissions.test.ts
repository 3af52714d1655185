import { extentOf, type Permission } from './permissions'
import type { Role } from './roles'

const roles: Role[] = ['sa_admin', 'sa_approver', 'sa_user', 'sa_viewer', 'va_admin', 'va_user', 'va_viewer']

/** The table of roles as it was agreed, typed once more by hand: all, own or nothing for each role in turn. */
const agreed: Record<Permission, string> = {
  'assets.see': 'all - all all own own own',
  'assets.see-unassigned': 'all - all all - - -',
  'assign-status.see': 'all - - - - - -',
  'agreements.see': 'all - - - - - -',
  export: 'all - all all own own own',
  'views.manage': 'all - - - - - -',
  assign: 'all - all - own own -',
  'orders.assign': 'all - all - own own -',
  'orders.share': 'all - all - own own -',
  'orders.revoke-any': 'all - - - own - -',
  'documents.download': 'all - all all own own own',
  'pak.reveal': 'all - all - own own -',
  'users.manage': 'all - - - own - -',
  'users.see': 'all - - - own - -',
  'requests.approve': 'all - - - own - -',
  'virtual-accounts.manage': 'all - - - own - -',
  'account.manage': 'all - - - - - -',
  import: 'all - - - - - -',
  'agreements.accept': 'all all - - - - -',
  'events.note': 'all - all - own own -',
}

test.each(Object.entries(agreed) as [Permission, string][])('%s', (permission, expected) => {
  expect(roles.map((role) => extentOf(permission, role) ?? '-').join(' ')).toBe(expected)
})

test('who may do something with assets in a place sees what is in it', () => {
  const narrower = (Object.keys(agreed) as Permission[])
    .filter((permission) => permission !== 'agreements.accept')
    .flatMap((permission) => roles.map((role) => ({ permission, role, extent: extentOf(permission, role) })))
    .filter(({ role, extent }) => extent && ![extent, 'all'].includes(extentOf('assets.see', role) ?? ''))
  expect(narrower).toEqual([])
})
