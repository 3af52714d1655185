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

test.each(['/accounts/a.example/devices?q=x&sort=-name', '/my/orders', '/accounts/a.example/devices.rsc'])(
  'without a sign-in %s leads to the sign-in page and back',
  async (path) => {
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
  },
)

test('with a sign-in the request goes on, and the view is remembered', async () => {
  const answer = await visit('/accounts/a.example/devices', await signedIn())
  expect(answer.headers.get('x-middleware-next')).toBe('1')
  expect(answer.headers.get('set-cookie')).toMatch(/^view=account%3Aa\.example; Path=\/; .*HttpOnly/)
  const user = await visit('/my/orders', await signedIn())
  expect(user.headers.get('set-cookie')).toMatch(/^view=user;/)
  const { cookie } = await signedIn()
  expect((await visit('/my/orders', { cookie: `${cookie}; view=user` })).headers.has('set-cookie')).toBe(false)
  expect((await visit('/my/access', { cookie })).headers.has('set-cookie')).toBe(false)
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

test('old addresses lead to the new ones for good, and other names of this machine to the known one', async () => {
  const moved = await visit('/clc/overview')
  expect([moved.status, new URL(moved.headers.get('location') ?? '').pathname]).toEqual([308, '/'])
  const other = await visit('/sign-in?next=%2Fmy%2Forders', { host: 'localhost:4000' })
  expect(other.headers.get('refresh')).toBe(`0; url=${ORIGIN}/sign-in?next=%2Fmy%2Forders`)
})
