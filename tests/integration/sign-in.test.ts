import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import { env } from '@/lib/env'
import { hashPassword } from '@/lib/sign-in/passwords'
import { readSessionToken } from '@/lib/sign-in/session-cookie'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { ORIGIN, serveWith } from '../support/server-settings'
import { Visitor } from '../support/visitor'

jest.mock('next/headers', () => jest.requireActual('../support/request-scope'))

const PASSWORD = 'correct horse'
const COOKIE = 'next-auth.session-token'
let database: TestDatabase
let owner: postgres.Sql

beforeAll(async () => {
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 1 })
  serveWith({ DATABASE_URL: database.appUrl, TRUSTED_PROXY_HOPS: '0', DEMO: '0' })
  const hash = await hashPassword(PASSWORD)
  for (const [email, isDemo, disabled] of [
    ['ann@person.test', false, false],
    ['bob@person.test', false, false],
    ['disabled@person.test', false, true],
    ['persona@demo.test', true, false],
  ] as const) {
    await owner`
      insert into users (email, name, organisation, password_hash, is_demo, disabled_at)
      values (${email}, ${email}, 'person.test', ${hash}, ${isDemo}, ${disabled ? new Date() : null})`
  }
}, 60_000)
beforeEach(() => owner`delete from rate_limits`)
afterAll(async () => {
  await sql().end()
  await owner.end()
  await database.drop()
})

const refused = `${ORIGIN}/api/auth/error?error=CredentialsSignin&provider=credentials`

test('the right address and password open a session, whatever the case and width of the letters', async () => {
  const ann = new Visitor({ 'user-agent': 'Test Browser' })
  expect(await ann.signIn('ＡNN@Person.test ', PASSWORD, '/my/orders?page=2')).toBe(`${ORIGIN}/my/orders?page=2`)
  expect((await ann.session()).user).toEqual({ name: 'ann@person.test', email: 'ann@person.test' })
  const [row] = await owner`
    select user_agent, extract(epoch from expires_at - created_at)::int as seconds from sessions where id = ${await ann.sessionId()}`
  expect(row).toEqual({ user_agent: 'Test Browser', seconds: 43_200 })
})

test('the token holds the person and the session, and nothing else', async () => {
  const ann = new Visitor()
  await ann.signIn('ann@person.test', PASSWORD)
  const token = ann.jar.get(COOKIE) ?? ''
  const claim = await readSessionToken(token, env().NEXTAUTH_SECRET)
  const { decode } = await import('next-auth/jwt')
  const content = await decode({ token, secret: env().NEXTAUTH_SECRET })
  expect(Object.keys(content ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid', 'sub'])
  expect(claim).toEqual({ userId: Number(content?.sub), sessionId: await ann.sessionId() })
})

test.each([
  ['a wrong password', 'ann@person.test', 'wrong'],
  ['no password', 'ann@person.test', ''],
  ['an unknown address', 'nobody@person.test', PASSWORD],
  ['a disabled person', 'disabled@person.test', PASSWORD],
  ['a demo persona outside of demo mode', 'persona@demo.test', PASSWORD],
  ['a second @ that appears by normalization', 'x@evil.test＠person.test', PASSWORD],
  ['two addresses', 'ann@person.test,bob@person.test', PASSWORD],
  ['no address', '', PASSWORD],
  ['a password of 129 characters', 'ann@person.test', 'x'.repeat(129)],
])('%s gets the one answer, and no session', async (_, email, password) => {
  const visitor = new Visitor()
  expect(await visitor.signIn(email, password)).toBe(refused)
  expect(visitor.jar.has(COOKIE)).toBe(false)
  expect(await visitor.session()).toEqual({})
})

test('a form without the token of the page signs nobody in', async () => {
  const visitor = new Visitor()
  await visitor.post('/api/auth/callback/credentials', { email: 'ann@person.test', password: PASSWORD })
  expect(visitor.jar.has(COOKIE)).toBe(false)
})

test.each(['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '/.//evil.test'])(
  'sign-in never leads to %s',
  async (target) => {
    expect(await new Visitor().signIn('ann@person.test', PASSWORD, target)).toBe(`${ORIGIN}/`)
  },
)

test('a session that was ended is refused on the very next request, though its cookie is whole', async () => {
  const ann = new Visitor()
  await ann.signIn('ann@person.test', PASSWORD)
  const sessionId = await ann.sessionId()
  expect(await ann.session()).toHaveProperty('user')
  await owner`update sessions set ended_at = now() where id = ${sessionId}`
  expect(await ann.session()).toEqual({})
})

test.each([
  ['its twelve hours are over', { expires_at: new Date(Date.now() - 1000) }],
  ['nobody used it for an hour', { last_seen_at: new Date(Date.now() - 3_601_000) }],
])('a session ends when %s', async (_, change) => {
  const ann = new Visitor()
  await ann.signIn('ann@person.test', PASSWORD)
  await owner`update sessions set ${owner(change)} where id = ${await ann.sessionId()}`
  expect(await ann.session()).toEqual({})
})

test('disabling a person ends what they have open', async () => {
  const bob = new Visitor()
  await bob.signIn('bob@person.test', PASSWORD)
  await owner`update users set disabled_at = now() where email = 'bob@person.test'`
  expect(await bob.session()).toEqual({})
  await owner`update users set disabled_at = null where email = 'bob@person.test'`
})

test('signing out ends the row, so that a copied cookie is worth nothing', async () => {
  const ann = new Visitor()
  await ann.signIn('ann@person.test', PASSWORD)
  const thief = new Visitor()
  thief.jar.set(COOKIE, ann.jar.get(COOKIE) ?? '')
  expect(await thief.session()).toHaveProperty('user')
  const answer = await ann.submit('/api/auth/signout', { callbackUrl: '/sign-out' })
  expect(answer.headers.get('location')).toBe(`${ORIGIN}/sign-out`)
  expect(ann.jar.has(COOKIE)).toBe(false)
  expect(await thief.session()).toEqual({})
})

test('signing in as somebody else in the same browser ends the session before', async () => {
  const browser = new Visitor()
  await browser.signIn('ann@person.test', PASSWORD)
  const before = await browser.sessionId()
  await browser.signIn('bob@person.test', PASSWORD)
  expect((await browser.session()).user?.email).toBe('bob@person.test')
  const [row] = await owner`select ended_at is not null as ended from sessions where id = ${before}`
  expect(row?.['ended']).toBe(true)
})

test.each(['garbage', 'a.b.c.d.e', '%E0%A4%A', 'x'.repeat(9000)])(
  'a cookie of garbage is nobody: %.20s',
  async (value) => {
    const visitor = new Visitor()
    visitor.jar.set(COOKIE, value)
    expect(await visitor.sessionId()).toBeNull()
    expect(await visitor.session()).toEqual({})
  },
)

test('what a client sends to change its session is not even read', async () => {
  const ann = new Visitor()
  await ann.signIn('ann@person.test', PASSWORD)
  const answer = await ann.submit('/api/auth/session', { 'data[sub]': '1', data: '{"sub":"2"}' })
  expect(answer.status).toBe(404)
  expect((await ann.session()).user?.email).toBe('ann@person.test')
  expect((await ann.submit('/api/auth/_log', { level: 'error', code: 'x' })).status).toBe(404)
})
