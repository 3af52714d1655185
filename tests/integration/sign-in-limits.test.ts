import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import { hashPassword } from '@/lib/sign-in/passwords'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { ORIGIN, serveWith } from '../support/server-settings'
import { Visitor } from '../support/visitor'

jest.mock('next/headers', () => jest.requireActual('../support/request-scope'))

let database: TestDatabase
let owner: postgres.Sql

beforeAll(async () => {
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 1 })
  serveWith({ DATABASE_URL: database.appUrl, TRUSTED_PROXY_HOPS: '1', DEMO: '0' })
  const hash = await hashPassword('correct horse')
  await owner`
    insert into users (email, name, organisation, password_hash) values ('ann@person.test', 'Ann', 'person.test', ${hash})`
}, 60_000)
beforeEach(() => owner`delete from rate_limits`)
afterAll(async () => {
  await sql().end()
  await owner.end()
  await database.drop()
})

const locked = `${ORIGIN}/api/auth/error?error=TooManyAttempts`
/** Seen by our one proxy from `address`; the client claims to be somebody else each time. */
const from = (address: string, claim = '203.0.113.9') =>
  new Visitor({ 'x-forwarded-for': `${claim}, ${address}, 127.0.0.1` })

const attempts = async (visitors: Visitor[], email: (index: number) => string) => {
  const answers = await Promise.all(visitors.map((visitor, index) => visitor.signIn(email(index), 'wrong')))
  return answers.filter((answer) => answer === locked).length
}

test('of 20 attempts at once on one address five are looked at, from wherever they come', async () => {
  const visitors = Array.from({ length: 20 }, (_, index) => from(`198.51.100.${index}`))
  expect(await attempts(visitors, () => 'ann@person.test')).toBe(15)
  // Even the right password waits now, and an unknown address is locked in the same way.
  expect(await from('192.0.2.1').signIn('ann@person.test', 'correct horse')).toBe(locked)
  expect(await attempts(visitors, () => 'nobody@person.test')).toBe(15)
})

test('one network has 50 attempts, however many addresses it has and whatever it claims to be', async () => {
  const network = (index: number) => from(`2001:db8:1:2::${index.toString(16)}`, `203.0.113.${index}`)
  const visitors = Array.from({ length: 60 }, (_, index) => network(index + 1))
  expect(await attempts(visitors, (index) => `person${index}@person.test`)).toBe(10)
  expect(await network(99).signIn('ann@person.test', 'correct horse')).toBe(locked)
  expect(await from('2001:db8:1:3::1').signIn('ann@person.test', 'correct horse')).toBe(`${ORIGIN}/`)
}, 60_000)
