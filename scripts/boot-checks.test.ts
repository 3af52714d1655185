import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '@/tests/support/database'
import { bootProblems } from './boot-checks'

let database: TestDatabase
let owner: postgres.Sql
beforeAll(async () => {
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
}, 60_000)
afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** The address of the database for a role of this test, which is gone after it. */
async function asRole(rights: string, work: (url: string) => Promise<void>): Promise<void> {
  const name = `boot_check_${process.pid}`
  await owner.unsafe(`create role ${name} login password 'pw' ${rights}`)
  const url = new URL(database.ownerUrl)
  url.username = name
  url.password = 'pw'
  try {
    await owner.unsafe(
      `grant usage on schema drizzle to ${name}; grant select on all tables in schema drizzle to ${name}`,
    )
    await work(url.href)
  } finally {
    await owner.unsafe(`drop owned by ${name}; drop role ${name}`)
  }
}

test('the role of the server may start it', async () => {
  expect(await bootProblems({ DATABASE_URL: database.appUrl, DEMO: true })).toEqual([])
})

test('a superuser may not', async () => {
  expect(await bootProblems({ DATABASE_URL: database.ownerUrl, DEMO: false })).toEqual([
    expect.stringContaining('bypasses row-level security'),
  ])
})

test('a role with BYPASSRLS may not', async () => {
  await asRole('bypassrls', async (url) => {
    expect(await bootProblems({ DATABASE_URL: url, DEMO: false })).toEqual([expect.stringContaining('bypasses')])
  })
})

test('a role that may become the owner of a table may not', async () => {
  await asRole('', async (url) => {
    await owner.unsafe(`create table owned_for_test (); alter table owned_for_test enable row level security;
      alter table owned_for_test owner to boot_check_${process.pid}`)
    expect(await bootProblems({ DATABASE_URL: url, DEMO: false })).toEqual([expect.stringContaining('owns the table')])
  })
})

test('a database that lacks a migration is told', async () => {
  const newest = await owner`delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning hash, created_at`
  expect(await bootProblems({ DATABASE_URL: database.appUrl, DEMO: false })).toEqual([
    expect.stringContaining('lacks 1 migration'),
  ])
  await owner`insert into drizzle.__drizzle_migrations ${owner(newest, 'hash', 'created_at')}`
})

test('demo mode refuses data that is not demo data', async () => {
  await owner`insert into users (email, name, organisation, is_demo) values ('a@real.test', 'A', 'Real', false)`
  const demo = { DATABASE_URL: database.appUrl, DEMO: true }
  expect(await bootProblems(demo)).toEqual([expect.stringContaining('not demo data')])
  expect(await bootProblems({ ...demo, DEMO: false })).toEqual([])
  await owner`insert into users (email, name, organisation, is_demo) values ('b@demo.test', 'B', 'Demo', true)`
  expect(await bootProblems(demo)).toEqual([])
})

test('a database that is not there is told', async () => {
  expect(await bootProblems({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/none', DEMO: false })).toEqual([
    expect.stringContaining('cannot be used'),
  ])
})

test('a replica must be one of this database; one that does not answer is waited for by nobody', async () => {
  const { appUrl } = database
  const checked = (DATABASE_REPLICA_URL: string) =>
    bootProblems({ DATABASE_URL: appUrl, DATABASE_REPLICA_URL, DEMO: false })
  expect(await checked(appUrl)).toEqual([expect.stringContaining('takes writes itself')])
  const elsewhere = new URL(appUrl)
  elsewhere.pathname = '/postgres'
  expect(await checked(elsewhere.href)).toEqual([expect.stringContaining('is not a replica of DATABASE_URL')])
  const logged = jest.spyOn(console, 'error').mockImplementation()
  expect(await checked('postgres://a:b@127.0.0.1:1/none')).toEqual([])
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('replica: it does not answer'))
})
