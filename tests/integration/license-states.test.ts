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

/** Devices whose state is not that of the licenses they use in their own Virtual Account, said once more. */
const wrong = () => owner`
  select d.id, d.license_state from devices d where d.license_state <> case
    when exists (select from license_use u join licenses l using (smart_account_id) where l.id = u.license_id
      and u.smart_account_id = d.smart_account_id and u.device_id = d.id and l.virtual_account_id = d.virtual_account_id
      and l.status = 'out_of_compliance') then 'insufficient'
    when exists (select from license_use u join licenses l using (smart_account_id) where l.id = u.license_id
      and u.smart_account_id = d.smart_account_id and u.device_id = d.id and l.virtual_account_id = d.virtual_account_id) then 'sufficient'
    else 'none' end`

test('the demo has devices of each state, each right', async () => {
  expect(await wrong()).toEqual([])
  const states = await owner`select license_state from devices group by 1 having count(*) > 20 order by 1`
  expect(states.map((row) => row['license_state'])).toEqual(['insufficient', 'none', 'sufficient'])
})

const deeds = {
  use: 'delete from license_use where id between $i and $i + 4',
  other:
    'update license_use set license_id = (select max(license_id) from license_use o where o.smart_account_id = license_use.smart_account_id and o.device_id <> license_use.device_id and not exists (select from license_use x where x.smart_account_id = o.smart_account_id and x.device_id = license_use.device_id and x.license_id = o.license_id)) where id = $i',
  more: `insert into license_use (smart_account_id, license_id, device_id, quantity, source)
    select d.smart_account_id, l.id, d.id, 1, 'test' from devices d join licenses l on l.smart_account_id = d.smart_account_id and l.virtual_account_id = d.virtual_account_id
    where d.id between $i and $i + 3 on conflict do nothing`,
  short: `update licenses set status = case status when 'in_compliance' then 'out_of_compliance' else 'in_compliance' end where id % 11 = $i % 11`,
  moved:
    'update licenses set virtual_account_id = (select min(id) from virtual_accounts v where v.smart_account_id = licenses.smart_account_id) where id = $i',
  device:
    'update devices set virtual_account_id = (select min(id) from virtual_accounts v where v.smart_account_id = devices.smart_account_id) where id between $i and $i + 9',
  nowhere: 'update devices set virtual_account_id = null where id = $i',
  day: `select app.turn_day(id, date '2026-05-06' + $i) from smart_accounts`,
}

test('whatever is done to use, licenses and devices, states and counts stay exact', async () => {
  const step = fc.record({ deed: fc.constantFrom(...Object.values(deeds)), at: fc.integer({ min: 1, max: 500 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const { deed, at } of steps) await owner.unsafe(deed.replaceAll('$i', String(at)))
      expect(await wrong()).toEqual([])
      expect(await owner`select * from app.rollup_drift() where cells <> 0`).toEqual([])
    }),
    { numRuns: 10 },
  )
}, 120_000)

test('the day that ends is kept as it was left, once, and none when the clock goes back', async () => {
  const day = async () => (await owner`select day::text from smart_accounts order by id limit 1`)[0]?.['day'] as string
  const ended = await day()
  const left = await owner`select id, quantity, in_use, reserved from licenses where smart_account_id = 1 order by id`
  const kept = () =>
    owner`select license_id as id, quantity, in_use, reserved from license_days where smart_account_id = 1 and day = ${ended} order by 1`
  await owner`select app.turn_day(1, ${ended}::date + 400)`
  expect(await kept()).toEqual(left)
  const count = async () => (await owner`select count(*) from license_days`)[0]?.['count']
  const before = await count()
  await owner`select app.turn_day(1, ${ended}::date - 400)`
  expect(await count()).toEqual(before)
})
