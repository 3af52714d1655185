import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import { createTestDatabase, type TestDatabase } from '../support/database'
import {
  CLIENT,
  type Claims,
  type IdentityProvider,
  signInAt,
  startIdentityProvider,
} from '../support/identity-provider'
import { ORIGIN, serveWith } from '../support/server-settings'
import { Visitor } from '../support/visitor'

jest.mock('next/headers', () => jest.requireActual('../support/request-scope'))

let database: TestDatabase
let owner: postgres.Sql
let provider: IdentityProvider

beforeAll(async () => {
  // The provider warns that it is set up for tests, and the server logs what it refuses.
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue()
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 1 })
  provider = await startIdentityProvider(`${ORIGIN}/api/auth/callback/oidc`)
  serveWith({
    DATABASE_URL: database.appUrl,
    DEMO: '0',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  })
  await owner`
    insert into users (email, name, organisation, is_demo, disabled_at) values
      ('ann@person.test', 'Ann', 'person.test', false, null),
      ('bob@person.test', 'Bob', 'person.test', false, null),
      ('gone@person.test', 'Gone', 'person.test', false, now()),
      ('admin@aurora.example', 'Ada', 'aurora.example', true, null)`
}, 60_000)
afterAll(async () => {
  await provider.stop()
  await sql().end()
  await owner.end()
  await database.drop()
})

/** Where the provider is told to be asked. */
async function authorization(visitor: Visitor): Promise<URL> {
  const page = await visitor.submit('/api/auth/signin/oidc', { callbackUrl: '/my/orders' })
  return new URL(page.headers.get('refresh')?.replace(/^0; url=/, '') ?? '')
}

async function come(claims: Claims, visitor = new Visitor()): Promise<{ visitor: Visitor; location: string | null }> {
  provider.people.set(claims.sub, claims)
  const back = await signInAt(provider, (await authorization(visitor)).href, claims.sub)
  const answer = await visitor.get(back.slice(ORIGIN.length))
  return { visitor, location: answer.headers.get('location') }
}

const denied = `${ORIGIN}/api/auth/error?error=AccessDenied`
const people = async () => Number((await owner`select count(*)::int as n from users`)[0]?.['n'])

test('the provider is asked with PKCE, state and nonce', async () => {
  const { searchParams, origin } = await authorization(new Visitor())
  expect(origin).toBe(provider.issuer)
  expect(searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)?.length).toBeGreaterThan(20)
})

test('a verified address leads to the person who has it, and from then on the subject does', async () => {
  const first = await come({ sub: 'ann-1', email: 'Ann@Person.test', email_verified: true, name: 'Ann at work' })
  expect(first.location).toBe(`${ORIGIN}/my/orders`)
  expect((await first.visitor.session()).user).toEqual({ name: 'Ann', email: 'ann@person.test' })
  const later = await come({ sub: 'ann-1', email: 'ann.new@person.test', email_verified: false })
  expect((await later.visitor.session()).user?.email).toBe('ann@person.test')
})

test('an address that is not verified binds nobody and makes nobody', async () => {
  const before = await people()
  for (const claims of [
    { sub: 'bob-1', email: 'bob@person.test', email_verified: false },
    { sub: 'bob-2', email: 'bob@person.test' },
    { sub: 'new-1', email: 'new@person.test', email_verified: false },
    { sub: 'no-address' },
  ]) {
    const { visitor, location } = await come(claims)
    expect(location).toBe(denied)
    expect(await visitor.session()).toEqual({})
  }
  expect(await people()).toBe(before)
})

test('a verified address that nobody has becomes a person without any role', async () => {
  const { visitor } = await come({ sub: 'cleo-1', email: 'cleo@harbor.test', email_verified: true, name: 'Cleo' })
  expect((await visitor.session()).user).toEqual({ name: 'Cleo', email: 'cleo@harbor.test' })
  const [row] = await owner`
    select organisation, (select count(*)::int from role_assignments r where r.user_id = u.id) as roles
    from users u where email = 'cleo@harbor.test'`
  expect(row).toEqual({ organisation: 'harbor.test', roles: 0 })
})

test('an address that the provider gave to somebody else does not lead to the person before', async () => {
  await come({ sub: 'dan-1', email: 'dan@person.test', email_verified: true })
  const heir = await come({ sub: 'dan-2', email: 'dan@person.test', email_verified: true })
  expect(heir.location).toBe(denied)
  expect(await heir.visitor.session()).toEqual({})
})

test('disabled people and demo personas do not come in this way', async () => {
  expect((await come({ sub: 'gone-1', email: 'gone@person.test', email_verified: true })).location).toBe(denied)
  expect((await come({ sub: 'ada-1', email: 'admin@aurora.example', email_verified: true })).location).toBe(denied)
})

test('an answer of the provider that another browser got is worth nothing', async () => {
  const victim = new Visitor()
  await authorization(victim)
  const claims = { sub: 'ann-1', email: 'ann@person.test', email_verified: true }
  provider.people.set(claims.sub, claims)
  const attacker = new Visitor()
  const back = await signInAt(provider, (await authorization(attacker)).href, claims.sub)
  const answer = await victim.get(back.slice(ORIGIN.length))
  expect(answer.headers.get('location')).toContain('error=OAuthCallback')
  expect(await victim.session()).toEqual({})
})
