import { readView, viewOf, writeView } from './last-view'

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
