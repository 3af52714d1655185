import { honestHeaders, isPrivate, refusalOf } from './request-guard'

const ORIGIN = 'https://licenses.test'
const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'content-length': '10' }

const status = (method: string, pathname: string, headers: Record<string, string>, isSignedIn = true) =>
  refusalOf({ method, pathname, headers: new Headers(headers), isSignedIn }, ORIGIN)?.status ?? null

test.each(['GET', 'HEAD', 'OPTIONS'])('%s passes', (method) => expect(status(method, '/', {})).toBeNull())

test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'Post'])('%s is not used', (method) =>
  expect(status(method, '/', own)).toBe(405),
)

test('a form of this site passes, from a browser that says where it comes from and from one that does not', () => {
  expect(status('POST', '/sign-in', own)).toBeNull()
  expect(status('POST', '/sign-in', { origin: ORIGIN })).toBeNull()
})

test.each<[string, Record<string, string>]>([
  ['no origin', {}],
  ['no origin, but the site', { 'sec-fetch-site': 'same-origin' }],
  ['an empty origin', { origin: '' }],
  ['an opaque origin', { origin: 'null' }],
  ['another origin', { origin: 'https://evil.test' }],
  ['another scheme', { origin: 'http://licenses.test' }],
  ['another port', { origin: 'https://licenses.test:8443' }],
  ['a subdomain', { origin: 'https://x.licenses.test' }],
  ['a longer name', { origin: 'https://licenses.test.evil.test' }],
  ['a slash', { origin: `${ORIGIN}/` }],
  ['two origins', { origin: `${ORIGIN}, https://evil.test` }],
  ['a forwarded host that agrees', { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test', host: 'evil.test' }],
  ['a page of another site', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
  ['a page of a sibling', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
  ['an address typed by hand', { origin: ORIGIN, 'sec-fetch-site': 'none' }],
])('a form with %s is refused', (_, headers) => {
  for (const path of ['/', '/accounts/a.example/devices', '/api/auth/callback/credentials', '/sign-in.rsc']) {
    expect(status('POST', path, headers)).toBe(403)
  }
})

test.each<[string, string, Record<string, string>, number | null]>([
  ['a megabyte', '/my/orders', { 'content-length': '1048576' }, null],
  ['one byte more', '/my/orders', { 'content-length': '1048577' }, 413],
  ['an upload', '/accounts/a.example/administration/imports', { 'content-length': '31457280' }, null],
  ['an upload of one byte more', '/accounts/a.example/administration/imports', { 'content-length': '31457281' }, 413],
  ['an upload somewhere else', '/accounts/a.example/administration/users', { 'content-length': '2000000' }, 413],
  ['an address that only looks like it', '/x/accounts/a/administration/imports', { 'content-length': '2000000' }, 413],
  ['an unknown length', '/my/orders', { 'transfer-encoding': 'chunked' }, 411],
  ['a length and none', '/my/orders', { 'content-length': '1', 'transfer-encoding': 'chunked' }, 411],
  ['a negative length', '/my/orders', { 'content-length': '-1' }, 411],
  ['two lengths', '/my/orders', { 'content-length': '1, 99999999' }, 411],
  ['a huge length', '/my/orders', { 'content-length': '9'.repeat(30) }, 411],
])('a body of %s', (_, path, headers, expected) =>
  expect(status('POST', path, { origin: ORIGIN, ...headers })).toBe(expected),
)

test.each<[string, string, Record<string, string>]>([
  ['an action', '/sign-in', { 'next-action': '7f01' }],
  ['an empty action', '/sign-in', { 'next-action': '' }],
  ['an action to an api address', '/api/auth/csrf', { 'next-action': '7f01' }],
  ['an action without JavaScript', '/shared/abc', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['the same, written differently', '/shared/abc', { 'content-type': ' Multipart/Form-Data; boundary=x' }],
  ['anything to a private page', '/accounts/a.example/devices', {}],
  ['anything to the User View', '/my/orders', { 'content-type': 'text/plain' }],
])('%s needs a sign-in', (_, path, headers) => {
  expect(status('POST', path, { ...own, ...headers }, false)).toBe(401)
  expect(status('POST', path, { ...own, ...headers }, true)).toBeNull()
})

test('the sign-in form and the code of a share need none', () => {
  const form = { ...own, 'content-type': 'application/x-www-form-urlencoded' }
  expect(status('POST', '/api/auth/callback/credentials', form, false)).toBeNull()
  expect(status('POST', '/shared/abc/code', form, false)).toBeNull()
})

test.each([
  '/accounts/a.example/overview',
  '/accounts',
  '/my',
  '/my/orders',
  '/my/access',
  '/accounts/a.example/devices.rsc',
])('%s is private', (path) => expect(isPrivate(path)).toBe(true))
test.each(['/', '/sign-in', '/shared/abc', '/api/health', '/mystery', '/accountsx'])('%s is not', (path) =>
  expect(isPrivate(path)).toBe(false),
)

test('what a client could forge is dropped, the rest stays', () => {
  const forged = {
    'X-Forwarded-Host': 'evil.test',
    Forwarded: 'host=evil.test',
    'X-Original-URL': '/admin',
    'X-Rewrite-URL': '/admin',
    'Content-Security-Policy': "script-src 'nonce-evil'",
    'Content-Security-Policy-Report-Only': 'x',
    'X-Nonce': 'evil',
    'x-middleware-subrequest': 'middleware:middleware',
    'x-middleware-rewrite': '/admin',
    'x-middleware-set-cookie': 'a=b',
    'x-nextjs-data': '1',
    'x-matched-path': '/admin',
    'x-invoke-path': '/admin',
    'x-http-method-override': 'DELETE',
  }
  const kept = {
    cookie: 'a=b',
    accept: 'text/html',
    'next-action': '7f',
    'x-forwarded-for': '127.0.0.1',
    range: 'bytes=0-1',
  }
  expect(Object.fromEntries(honestHeaders(new Headers({ ...forged, ...kept })))).toEqual(kept)
})
