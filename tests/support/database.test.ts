import postgres from 'postgres'
import { pendingMigrations } from '@/db/migrate'
import { createTestDatabase, type TestDatabase } from './database'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
}, 60_000)
afterAll(() => database.drop())

test('a test database has every migration', async () => {
  expect(await pendingMigrations(database.ownerUrl)).toEqual([])
})

test('the server connects as a role without special rights that owns nothing', async () => {
  const sql = postgres(database.appUrl, { max: 1 })
  const [role] = await sql`
    select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
      (select count(*)::int from pg_class where relowner = r.oid) as owned
    from pg_roles r where rolname = current_user`
  await sql.end()
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owned: 0 })
})

test('what databases are filled with alike is made once, and each has it for itself', async () => {
  let times = 0
  const filling = {
    name: `numbers of ${process.pid} at ${Date.now()}`,
    fill: async (ownerUrl: string) => {
      times++
      await ask(ownerUrl, 'create table numbers as select 1 as number')
    },
  }
  const [one, other] = await Promise.all([createTestDatabase(filling), createTestDatabase(filling)])
  await ask(one.ownerUrl, 'update numbers set number = 2')
  expect([await ask(one.ownerUrl, NUMBERS), await ask(other.ownerUrl, NUMBERS)]).toEqual([[2], [1]])
  expect(await ask(other.ownerUrl, `select count(*)::int as number from smart_accounts`)).toEqual([0])
  await Promise.all([one.drop(), other.drop()])
  expect(times).toBe(1)
})

const NUMBERS = 'select number from numbers'
async function ask(url: string, statement: string): Promise<number[]> {
  const sql = postgres(url, { max: 1 })
  const rows = await sql.unsafe<{ number: number }[]>(statement)
  await sql.end()
  return rows.map(({ number }) => number)
}
