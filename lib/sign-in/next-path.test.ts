import { nextPath } from './next-path'

test.each([
  ['/', '/'],
  ['/accounts/aurora.example/devices?q=a&sort=-name', '/accounts/aurora.example/devices?q=a&sort=-name'],
  ['/my/orders#top', '/my/orders#top'],
  ['/a/../my/orders', '/my/orders'],
  ['https://licenses.test/my/orders', '/my/orders'],
])('%s leads to %s', (text, path) => expect(nextPath(text, 'https://licenses.test')).toBe(path))

test.each([
  undefined,
  '',
  'my/orders',
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '/x\\..\\evil.test',
  '/.//evil.test',
  '/a/..//evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/%0a\u0000',
  'https://evil.test/',
  'https://licenses.test.evil.test/',
  'https://licenses.test@evil.test/',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '/sign-out',
  '/api/auth/signout',
  '/Sign-Out',
  `/${'x'.repeat(2000)}`,
  { toString: () => '/my' },
])('%j leads nowhere', (text) => expect(nextPath(text, 'https://licenses.test')).toBeNull())
