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
