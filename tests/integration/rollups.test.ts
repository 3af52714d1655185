import { Client } from 'pg'
import postgres, { type Sql } from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { seeded } from '../support/seeded'

// Rollups are kept by triggers: whatever is written, by how many at once, and whoever is killed in the middle, a recount
// must give the same.

const NOW = new Date('2026-05-06T10:00:00Z')
const SECONDS = 6
const WRITERS = 4
const NAME = 'random-writer'
let database: TestDatabase
let owner: Sql

beforeAll(async () => {
  database = await createTestDatabase(seeded({ devices: 900, now: NOW }))
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined })
}, 120_000)
afterAll(async () => {
  await owner.end()
  await database.drop()
})

// Of the same account as the row, so that it may be there: $of is the table.
const somewhere = `(select v.id from virtual_accounts v where v.smart_account_id = t.smart_account_id order by md5(v.id || '$n') limit 1)`
const some = (table: string) => `t.id in (select id from ${table} order by md5(id || '$n') limit $few)`
const other = (table: string, column: string) =>
  `(select o.${column} from ${table} o where o.smart_account_id = t.smart_account_id order by md5(o.id || '$n') limit 1)`
/** Statements, some together in one transaction; $n is another number each time, $few how many rows. */
const DEEDS: readonly (readonly string[])[] = [
  [`update devices t set virtual_account_id = ${somewhere} where ${some('devices')}`],
  [`update devices t set virtual_account_id = null where ${some('devices')}`],
  [
    `update devices t set coverage_end = date '2026-05-06' + ($n % 400 - 200) where coverage_end is not null and ${some('devices')}`,
  ],
  [
    `update devices t set country = ${other('devices', 'country')}, family = ${other('devices', 'family')} where ${some('devices')}`,
  ],
  [
    `insert into devices (smart_account_id, virtual_account_id, product_id, pid, description, family, architecture, asset_type, instance_number, source, as_of)
      select smart_account_id, virtual_account_id, product_id, pid, description, family, architecture, asset_type, 'random-' || $n || '-' || id, source, as_of
      from devices t where ${some('devices')}`,
    `delete from devices t where instance_number like 'random-%' and ${some('devices')}`,
  ],
  [`delete from devices t where instance_number like 'random-%'`],
  [`update licenses t set virtual_account_id = ${somewhere} where ${some('licenses')}`],
  [`delete from license_use t where ${some('license_use')}`],
  [
    `update license_terms t set end_date = date '2026-05-06' + ($n % 300 - 150) where end_date is not null and ${some('license_terms')}`,
  ],
  [
    `update contract_lines t set end_date = greatest(start_date, end_date + ($n % 60 - 30)), virtual_account_id = ${somewhere} where ${some('contract_lines')}`,
  ],
  [
    `update subscription_lines t set virtual_account_id = ${somewhere}, country = ${other('subscription_lines', 'country')} where ${some('subscription_lines')}`,
  ],
  [
    `update order_lines t set virtual_account_id = ${somewhere} where ${some('order_lines')}`,
    `update orders t set country = ${other('orders', 'country')} where ${some('orders')}`,
  ],
  [`select app.turn_day(id, date '2026-05-06' + ($n % 90)) from smart_accounts order by md5(id || '$n') limit 1`],
]

/** The same numbers for the same seed. */
function numbers(start: number): () => number {
  let state = start
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state
  }
}

type Told = { done: number; killed: number; refused: string[] }

async function writeAtRandom(next: () => number, until: number): Promise<Told> {
  const told: Told = { done: 0, killed: 0, refused: [] }
  while (Date.now() < until) {
    // The driver that takes the end of its connection for what it is.
    const client = new Client({ connectionString: database.ownerUrl, application_name: NAME })
    client.on('error', () => undefined)
    await client
      .connect()
      .then(() => writeBy(client, next, until, told))
      .catch((error) => tell(told, error))
    await client.end().catch(() => undefined)
  }
  return told
}

async function writeBy(client: Client, next: () => number, until: number, told: Told): Promise<void> {
  while (Date.now() < until) {
    const deed = DEEDS[next() % DEEDS.length] ?? []
    const [n, few] = [next() % 100_000, 1 + (next() % 40)]
    await client.query('begin')
    for (const text of deed) await client.query(text.replaceAll('$n', String(n)).replaceAll('$few', String(few)))
    await client.query('commit')
    told.done++
  }
}

/** Two that wait for each other: one of them is told to give up, and has written nothing. */
function tell(told: Told, { code, message }: { code?: string; message: string }): void {
  if (code === '57P01' || code === undefined) told.killed++
  else if (code !== '40P01') told.refused.push(`${code} ${message}`)
}

/** Ends a connection that writes at this moment, whatever it is doing, again and again. */
async function killAtRandom(next: () => number, until: number): Promise<void> {
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20 + (next() % 200)))
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${NAME} and datname = current_database() and state <> 'idle' order by md5(pid || ${String(next())}) limit 1`
  }
}

test('a recount gives what triggers have kept, after random writes of several at once and random kills', async () => {
  const seed = Date.now() % 1_000_000
  const until = Date.now() + SECONDS * 1000
  const writers = Array.from({ length: WRITERS }, (_, nth) => writeAtRandom(numbers(seed + nth * 7919), until))
  const [, ...told] = await Promise.all([killAtRandom(numbers(seed + 1), until), ...writers])
  const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0)
  expect([seed, told.flatMap(({ refused }) => refused)]).toEqual([seed, []])
  expect(sum(({ done }) => done)).toBeGreaterThan(50)
  expect(sum(({ killed }) => killed)).toBeGreaterThan(5)

  const drift = await owner<{ target: string; cells: string }[]>`select target, cells from app.rollup_drift()`
  expect(drift.length).toBeGreaterThan(12)
  expect([seed, drift.filter(({ cells }) => Number(cells) !== 0)]).toEqual([seed, []])
  // Said once more, without the functions that keep them.
  const differing = await owner`
    with truth as (select smart_account_id, architecture, coverage_status, count(*) as n from devices group by 1, 2, 3),
      kept as (select smart_account_id, architecture, coverage_status, sum(n) as n from device_cube where virtual_account_id = -1 group by 1, 2, 3 having sum(n) <> 0)
    select * from truth full join kept using (smart_account_id, architecture, coverage_status) where truth.n is distinct from kept.n`
  expect([seed, [...differing]]).toEqual([seed, []])
}, 60_000)

test('one row that no trigger was told of is found', async () => {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update devices set country = 'ZZ' where id = (select min(id) from devices)`
  })
  const drift = await owner<{ target: string }[]>`select target from app.rollup_drift() where cells <> 0`
  expect(drift.map(({ target }) => target)).toContain('device_cube')
})
