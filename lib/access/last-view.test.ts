import { placeIn, readPlace, readView, viewOf, writeView } from './last-view'

test.each([
  ['/accounts/aurora.example/devices', 'account:aurora.example'],
  ['/accounts/Aurora.Example', 'account:aurora.example'],
  ['/my/orders', 'user'],
  ['/my/orders/12', 'user'],
])('%s is remembered as %s, and read back', (pathname, value) => {
  const view = viewOf(pathname)
  expect(view && writeView(view)).toBe(value)
  expect(readView(value)).toEqual(view)
})

test.each(['/', '/my/access', '/sign-in', '/accounts', '/accounts/a%2Fb/devices', '/accounts/%0d%0a/x'])(
  '%s belongs to no view',
  (pathname) => expect(viewOf(pathname)).toBeNull(),
)

test.each([undefined, '', 'account:', 'account:a/b', 'account://evil.test', 'USER'])('%s is no memory', (value) =>
  expect(readView(value)).toBeNull(),
)

test('a place is read back in its own view alone', () => {
  const place = placeIn('/accounts/corp.example/devices', '?q=a%20b&_rsc=x')
  expect(place).toEqual({ kind: 'account', address: '/accounts/corp.example/devices?q=a+b' })
  expect(readPlace('account', place?.address)).toEqual({
    view: { kind: 'account', domain: 'corp.example' },
    address: place?.address,
  })
  expect(readPlace('user', '/my/orders?way=share')?.address).toBe('/my/orders?way=share')
  for (const value of [place?.address, '//evil.example/my/orders', 'http://evil.example/my/orders', '/sign-out', ''])
    expect([value, readPlace('user', value)]).toEqual([value, null])
})
