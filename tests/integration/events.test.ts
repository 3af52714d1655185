/** @jest-environment node */
import postgres, { type Sql } from 'postgres'
import { type Client, connect } from '@/db/client'
import { verifyChains } from '@/lib/changes/verify'
import { createTestDatabase } from '@/tests/support/database'

let owner: Sql
let client: Client
let app: Sql
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase()
  drop = database.drop
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  app = postgres(database.appUrl, { max: 1 })
  client = connect(database.ownerUrl, { max: 1 })
  await owner`insert into smart_accounts (id, domain, name, day) overriding system value
    values (1, 'one.example', 'One', '2026-07-01'), (2, 'two.example', 'Two', '2026-07-01')`
})

afterAll(async () => {
  await Promise.all([owner.end(), app.end(), client.end()])
  await drop()
})

beforeEach(async () => {
  await behindTheBack(async () => {
    await owner`delete from events`
    await owner`delete from change_items`
    await owner`delete from change_sets`
  })
  for (const account of [1, 2]) {
    await owner`insert into change_sets (smart_account_id, id, kind, actor_kind, summary) overriding system value
      values (${account}, 1, 'import', 'operator', '{}')`
    await owner`insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, after)
      values (${account}, 1, 1, 'device', 7, '{"name": "a"}'), (${account}, 1, 2, 'device', 8, '{"name": "b"}')`
    for (const changeSet of [null, 1, null])
      await owner`insert into events (smart_account_id, type, actor_kind, change_set_id, subject, virtual_account_ids, detail)
        values (${account}, 'devices.imported', 'operator', ${changeSet}, 'import', '{}', '{"devices": 2}')`
  }
})

/** As somebody would who has the database and takes the triggers off. */
async function behindTheBack(work: () => Promise<unknown>) {
  await owner`set session_replication_role = replica`
  await work()
  await owner`set session_replication_role = origin`
}

const broken = async () => (await verifyChains(client)).broken

test('events are numbered without gaps in each account, and the chains hold', async () => {
  expect(await owner`select smart_account_id, seq from events order by 1, 2`).toMatchObject(
    [1, 2].flatMap((account) => ['1', '2', '3'].map((seq) => ({ smart_account_id: String(account), seq }))),
  )
  expect(await verifyChains(client)).toEqual({ accounts: 2, events: 6, broken: [] })
})

test.each([
  [
    'a changed detail',
    () => owner`update events set detail = '{"devices": 3}' where smart_account_id = 2 and seq = 2`,
    2,
    /content/,
  ],
  [
    'another time',
    () => owner`update events set at = at + interval '1 second' where smart_account_id = 2 and seq = 1`,
    1,
    /content/,
  ],
  [
    'a changed item',
    () => owner`update change_items set after = '{"name": "c"}' where smart_account_id = 2 and position = 2`,
    2,
    /items/,
  ],
  ['a deleted item', () => owner`delete from change_items where smart_account_id = 2 and position = 1`, 2, /items/],
  ['a deleted event', () => owner`delete from events where smart_account_id = 2 and seq = 2`, 3, /missing/],
  [
    'an inserted event',
    () => owner`insert into events (smart_account_id, seq, type, actor_kind, subject, virtual_account_ids, detail)
      values (2, 4, 'devices.imported', 'operator', 'import', '{}', '{}')`,
    4,
    /follow/,
  ],
])('%s is found and named', async (_, tamper, seq, problem) => {
  await behindTheBack(tamper)
  expect(await broken()).toEqual([
    { domain: 'two.example', seq: expect.any(Number), problem: expect.stringMatching(problem) },
  ])
  expect((await broken())[0]?.seq).toBe(seq)
})

test.each([
  ['update', () => app`update events set note = 'x'`],
  ['delete', () => app`delete from events`],
  ['truncate', () => app`truncate events`],
])('the server may not %s events', async (_, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code: '42501' })
})

test.each([
  ['update', () => owner`update events set note = 'x'`],
  ['delete', () => owner`delete from events`],
  ['update of items', () => owner`update change_items set before = null`],
])('%s is refused to the owner too', async (_, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code: '42501' })
})
