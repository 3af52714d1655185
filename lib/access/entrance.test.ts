import { NextRequest } from 'next/server'
import { encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import { ORIGIN, serveWith } from '@/tests/support/server-settings'
import { enter } from './entrance'

beforeAll(() => serveWith({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }))

const visit = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  enter(new NextRequest(`${ORIGIN}${path}`, { method, headers: { host: new URL(ORIGIN).host, ...headers } }))

/** What the page gets to see of a request header. */
const passed = (answer: Response, name: string) => answer.headers.get(`x-middleware-request-${name}`)

async function signedIn(): Promise<{ cookie: string }> {
  const token = { sub: '7', sid: '0b5c3a52-3c1f-4a6e-8a7d-0d9a4b2f6c11' }
  return { cookie: `next-auth.session-token=${await encode({ token, secret: env().NEXTAUTH_SECRET })}` }
}

test.each([
  '/accounts/a.example/devices?q=x&sort=-name',
  '/my/orders',
  '/moved/order/1',
  '/accounts/a.example/devices.rsc',
])('without a sign-in %s leads to the sign-in page and back', async (path) => {
  for (const headers of [
    {},
    { 'x-middleware-subrequest': 'middleware' },
    { 'next-router-prefetch': '1' },
    { rsc: '1' },
  ]) {
    const answer = await visit(path, headers)
    expect(answer.status).toBe(303)
    const target = new URL(answer.headers.get('location') ?? '')
    expect([target.pathname, target.searchParams.get('next')]).toEqual(['/sign-in', path])
  }
})

test('only a document brings a form token: of many that look ahead, each would bring another', async () => {
  const ahead = await visit('/sign-in?next=%2Fmy%2Forders', { 'sec-fetch-dest': 'empty' })
  expect([ahead.headers.get('content-type'), ahead.headers.get('set-cookie')]).toEqual([
    'text/plain; charset=utf-8',
    null,
  ])
  const document = await visit('/sign-in', { 'sec-fetch-dest': 'document' })
  const cookie = document.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(cookie).toMatch(/csrf-token=/)
  const known = await visit('/sign-in', { 'sec-fetch-dest': 'empty', cookie })
  expect(known.headers.get('x-middleware-next')).toBe('1')
})

test('with a sign-in the request goes on, and the view is remembered', async () => {
  const answer = await visit('/accounts/a.example/devices', await signedIn())
  expect(answer.headers.get('x-middleware-next')).toBe('1')
  expect(answer.headers.get('set-cookie')).toMatch(/^view=account%3Aa\.example; Path=\/; .*HttpOnly/)
  const user = await visit('/my/orders', await signedIn())
  expect(user.headers.get('set-cookie')).toMatch(/^view=user;/)
  const { cookie } = await signedIn()
  const known = `${cookie}; view=user; view-user=${encodeURIComponent('/my/orders?q=x')}`
  expect((await visit('/my/orders?q=x', { cookie: known })).headers.has('set-cookie')).toBe(false)
  expect((await visit('/my/access', { cookie })).headers.has('set-cookie')).toBe(false)
})

test('where each view was left is remembered, with the state of its list and nothing that is no page', async () => {
  const left = async (path: string) => (await visit(path, await signedIn())).headers.getSetCookie().join()
  const list = await left('/accounts/a.example/devices?coverage=covered&panel=filters')
  expect(list).toContain(`view-account=${encodeURIComponent('/accounts/a.example/devices?coverage=covered')};`)
  expect(await left('/my/orders/12?status=closed')).toContain('view-user=%2Fmy%2Forders%2F12%3Fstatus%3Dclosed;')
  expect(await left('/accounts/a.example/search/suggestions?q=x')).not.toContain('view-account')
  expect(await left('/my/access')).toBe('')
})

test('each answer has a nonce of its own, told to the page; the one that a client sends is not used', async () => {
  const csp = "script-src 'nonce-evil'"
  const answers = [await visit('/sign-in', { 'content-security-policy': csp }), await visit('/sign-in')]
  const nonces = answers.map((answer) => {
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1]
    expect(passed(answer, 'content-security-policy')).toBe(policy)
    expect(passed(answer, 'x-nonce')).toBe(nonce)
    return nonce
  })
  expect(new Set([...nonces, 'evil', undefined]).size).toBe(4)
})

test.each(['/sign-in', '/_next/static/chunks/x.js', '/api/health', '/accounts/a.example/devices', '/nothing'])(
  'the answer to %s carries the headers that protect it',
  async (path) => {
    const { headers } = await visit(path)
    const policy = headers.get('content-security-policy')
    for (const part of ["base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cache-control')).toBe(path.startsWith('/_next/static') ? null : 'no-store')
  },
)

test('a refused request gets one plain sentence', async () => {
  const answer = await visit('/accounts/a.example/devices', { origin: 'null', ...(await signedIn()) }, 'POST')
  expect(answer.status).toBe(403)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(await answer.text()).toBe('This request does not come from this site.\n')
  expect((await visit('/', {}, 'DELETE')).status).toBe(405)
})

test('the sign-in page gets its form token, new or the one it had', async () => {
  const first = await visit('/sign-in')
  const cookie = /^next-auth\.csrf-token=[^;]+/.exec(first.headers.get('set-cookie') ?? '')?.[0] ?? ''
  expect(passed(first, 'cookie')).toBe(cookie)
  const second = await visit('/sign-in', { cookie })
  expect(second.headers.has('set-cookie')).toBe(false)
  expect(passed(second, 'cookie')).toBe(cookie)
})

test('signed out, nothing stays in the browser', async () => {
  const out = await visit('/sign-out')
  expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(out.headers.getSetCookie().join()).toMatch(/view=; .*Expires=Thu, 01 Jan 1970/)
  expect((await visit('/sign-out', await signedIn())).headers.has('clear-site-data')).toBe(false)
})

test.each(['/clc/orders/700123', '/?orderId=700123&route=module/eb', '/esd/x?SO=700123'])(
  'the old address %s leads to its order for good, and its page asks once to update the bookmark',
  async (path) => {
    const moved = await visit(path)
    expect([moved.status, new URL(moved.headers.get('location') ?? '').pathname]).toEqual([308, '/moved/order/700123'])
    expect(moved.headers.get('set-cookie')).toMatch(/^old-link=followed; Path=\/; .*HttpOnly/)
    const { cookie } = await signedIn()
    const followed = { cookie: `${cookie}; old-link=followed; view=account%3Aa.example` }
    const page = '/accounts/a.example/orders/700123'
    for (const [where, headers] of [
      ['/moved/order/700123', followed],
      [page, { ...followed, 'sec-fetch-dest': 'empty' }],
      [page, { cookie: 'old-link=followed' }],
      [page, { cookie: `${cookie}; old-link=told`, 'x-moved': '1' }],
    ] as const)
      expect(passed(await visit(where, headers), 'x-moved')).toBeNull()
    const asking = await visit(page, { ...followed, 'sec-fetch-dest': 'document' })
    expect(passed(asking, 'x-moved')).toBe('1')
    expect(asking.headers.get('set-cookie')).toMatch(/^old-link=told;/)
    expect((await visit(path, { cookie: 'old-link=told' })).headers.has('set-cookie')).toBe(false)
  },
)

test.each(['//evil.test', '%2f%2fevil.test', '%5c%5cevil.test', '%0d%0aLocation:evil', 'x'.repeat(5000)])(
  'an old address with %s stays on this site',
  async (value) => {
    for (const path of [`/clc?orderId=${value}`, `/mce/orders/${value}`, `/go/${value}`]) {
      const location = (await visit(path)).headers.get('location')
      // Next gives this machine the one name in addresses, whichever was asked for.
      if (location) expect(new URL(location).host).toBe(new URL(ORIGIN).host.replace('127.0.0.1', 'localhost'))
    }
  },
)

test('old addresses lead to the new ones for good, and other names of this machine to the known one', async () => {
  const moved = await visit('/clc/overview')
  expect([moved.status, new URL(moved.headers.get('location') ?? '').pathname]).toEqual([308, '/'])
  const other = await visit('/sign-in?next=%2Fmy%2Forders', { host: 'localhost:4000' })
  expect(other.headers.get('refresh')).toBe(`0; url=${ORIGIN}/sign-in?next=%2Fmy%2Forders`)
})
