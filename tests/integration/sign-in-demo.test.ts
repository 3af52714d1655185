import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import { DEMO_PASSWORD } from '@/lib/demo/personas'
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
  serveWith({ DATABASE_URL: database.appUrl, DEMO: '1' })
  const hash = await hashPassword(DEMO_PASSWORD)
  await owner`
    insert into users (email, name, organisation, password_hash, is_demo) values
      ('admin@aurora.example', 'Ada', 'aurora.example', ${hash}, true),
      ('colleague@aurora.example', 'Col', 'aurora.example', null, true)`
}, 60_000)
afterAll(async () => {
  await sql().end()
  await owner.end()
  await database.drop()
})

test('a persona signs in with the demo password, as often as somebody shows the demo', async () => {
  for (let round = 0; round < 8; round++) {
    const visitor = new Visitor()
    expect(await visitor.signIn('admin@aurora.example', DEMO_PASSWORD)).toBe(`${ORIGIN}/`)
    expect((await visitor.session()).user?.name).toBe('Ada')
  }
})

test('demo people without a password cannot sign in', async () => {
  expect(await new Visitor().signIn('colleague@aurora.example', DEMO_PASSWORD)).toContain('error=CredentialsSignin')
})

test('other addresses keep the usual limit', async () => {
  const answers = await Promise.all(
    Array.from({ length: 7 }, () => new Visitor().signIn('nobody@person.test', DEMO_PASSWORD)),
  )
  expect(answers.filter((answer) => answer?.endsWith('error=TooManyAttempts'))).toHaveLength(2)
})
