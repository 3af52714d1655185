import type { Person } from '@/lib/access/viewer'
import { places } from './schema'
import { accountsFrom, whereIs } from './where'

const account = (id: number, domain: string) => ({
  id,
  domain,
  name: domain,
  type: 'CUSTOMER' as const,
  day: '2026-05-06',
})
const role = (accountId: number, name: 'sa_viewer' | 'sa_approver') => ({
  ...{ id: accountId, accountId, role: name, virtualAccountId: null, includesNested: false, expiresAt: null },
})
const person = (more: Partial<Person> = {}): Person => ({
  ...{ id: 7, email: 'a@a.example', name: 'A', organisation: 'a.example', isSupport: false },
  ...{ accounts: [], assignments: [], support: [], hasSharedOrders: false, ...more },
})
const two = {
  accounts: [account(1, 'a.example'), account(2, 'b.example'), account(3, 'c.example')],
  assignments: [role(1, 'sa_viewer'), role(2, 'sa_viewer'), role(3, 'sa_approver')],
}
const inB = { kind: 'account' as const, domain: 'b.example' }

test('the account used last comes first, and those without assets do not come', () => {
  expect(accountsFrom(person(two), null).map(({ domain }) => domain)).toEqual(['a.example', 'b.example'])
  expect(accountsFrom(person(two), inB).map(({ domain }) => domain)).toEqual(['b.example', 'a.example'])
  expect(whereIs('devices', person(two), inB)).toBe('/accounts/b.example/devices')
  expect(whereIs('devices', person(two), { kind: 'account', domain: 'c.example' })).toBe('/accounts/a.example/devices')
})

test('without an account it leads to what there is', () => {
  expect(whereIs('licensing', person({ hasSharedOrders: true }), null)).toBe('/my/orders')
  expect(whereIs('licensing', person(), inB)).toBe('/my/access')
  expect(whereIs('shared-orders', person({ ...two, hasSharedOrders: true }), null)).toBe('/my/orders')
  expect(whereIs('shared-orders', person(two), null)).toBe('/accounts/a.example/orders')
  expect(whereIs('shared-orders', person(), null)).toBe('/my/access')
})

test('every place of the table is one, and nothing else', () => {
  for (const place of places.filter((name) => name !== 'home' && name !== 'search'))
    expect(whereIs(place, person(two), null)).toMatch(/^\/(accounts\/a\.example|my)\/\w/)
  for (const place of ['nowhere', 'constructor', '', 'search']) expect(whereIs(place, person(two), null)).toBeNull()
})
