/** @jest-environment node */
import fc from 'fast-check'
import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { seeded } from '../support/seeded'

const NOW = new Date('2026-05-06T10:00:00Z')
let database: TestDatabase
let owner: postgres.Sql

beforeAll(async () => {
  database = await createTestDatabase(seeded({ devices: 600, now: NOW }))
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
}, 120_000)

afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** What coverage and licenses are on the account's day, said once more and row by row. */
const wrong = () => owner`
  select 'device' as what, d.id from devices d join smart_accounts a on a.id = d.smart_account_id
  where d.coverage_status <> case
    when d.coverage_end >= a.day and coalesce(d.coverage_start, a.day) <= a.day then 'covered'
    when d.coverage_end < a.day then 'lapsed'
    when d.asset_type = 'hardware' then 'never' else 'not_eligible' end
  union all
  select 'license', l.id from licenses l join smart_accounts a on a.id = l.smart_account_id
  cross join lateral (select coalesce(sum(t.quantity), 0) as quantity, min(t.end_date) as end_date from license_terms t
    where t.smart_account_id = l.smart_account_id and t.license_id = l.id
      and coalesce(t.start_date, a.day) <= a.day and coalesce(t.end_date, a.day) >= a.day) t
  where (l.quantity, l.end_date) is distinct from (t.quantity, t.end_date)`

test('the demo data is right on its own day', async () => {
  expect(await wrong()).toEqual([])
})

test('whatever days come one after the other, statuses and counts are those of the last one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 3 }), async (days) => {
      for (const offset of days) {
        const day = new Date(NOW.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
        await owner`select app.turn_day(id, ${day}::date) from smart_accounts`
      }
      expect(await wrong()).toEqual([])
      expect(await owner`select * from app.rollup_drift() where cells > 0`).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('a day already turned is left alone', async () => {
  const version = () => owner`select sum(xmin::text::bigint) as rows from devices`
  const before = await version()
  await owner`select app.turn_day(id, day) from smart_accounts`
  expect(await version()).toEqual(before)
})
