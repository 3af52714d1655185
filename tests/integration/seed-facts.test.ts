import postgres from 'postgres'
import { readCatalogue } from '@/db/seed/catalogue'
import { entitlementOf } from '@/db/seed/entitlements'
import { seed } from '@/db/seed/seed'
import { decryptPak } from '@/lib/pak'
import { createTestDatabase, type TestDatabase } from '../support/database'

const NOW = new Date('2026-11-24T14:00:00Z')
const RING = { activeId: 'k1', keys: new Map([['k1', Buffer.alloc(32, 7)]]) }

let database: TestDatabase
let sql: postgres.Sql

beforeAll(async () => {
  database = await createTestDatabase()
  const pakKeys = { ring: RING, indexKey: Buffer.alloc(32, 9) }
  await seed({ ownerUrl: database.ownerUrl, devices: 1500, accounts: 3, now: NOW, pakKeys })
  sql = postgres(database.ownerUrl, { max: 1 })
}, 120_000)
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const count = async (query: string) => Number((await sql.unsafe(`select count(*) as n from (${query}) x`))[0]?.['n'])

describe('its facts fit together', () => {
  test.each([
    [
      'a device without its product',
      'select from devices d join products p on p.id = d.product_id where d.pid <> p.pid or d.family <> p.family',
    ],
    [
      'a coverage status that its dates do not give',
      `select from devices d join smart_accounts a on a.id = d.smart_account_id
      where d.coverage_status <> app.coverage_status(d.asset_type, d.coverage_start, d.coverage_end, a.day)`,
    ],
    [
      'lifecycle dates or sources that the catalogue does not have',
      `select from devices d, lateral app.lifecycle_of(d.smart_account_id, d.pid) f
      where (d.end_of_sale, d.last_date_of_support) is distinct from (f.end_of_sale, f.last_date_of_support)
        or coalesce(d.fact_sources, '{}') - 'softwareVersion' <> f.sources`,
    ],
    ['coverage past the last date of support', 'select from devices where coverage_end > last_date_of_support'],
    [
      'a device without a line on its contract',
      `select from devices d where d.contract_number is not null and not exists (
      select from contract_lines l join contracts c on c.smart_account_id = l.smart_account_id and c.id = l.contract_id
      where l.smart_account_id = d.smart_account_id and l.device_id = d.id and c.number = d.contract_number
        and l.end_date = d.coverage_end and l.start_date = d.coverage_start)`,
    ],
    [
      'a contract that does not end on one day for one country',
      `select from contracts c where (select count(distinct (l.end_date, l.country)) from contract_lines l
      where l.smart_account_id = c.smart_account_id and l.contract_id = c.id and l.end_date = c.end_date) <> 1`,
    ],
    [
      'a line that starts before its contract',
      `select from contract_lines l join contracts c on c.smart_account_id = l.smart_account_id and c.id = l.contract_id
      where l.start_date < c.start_date or l.start_date > l.end_date`,
    ],
    [
      'an order line with more or fewer devices than it says',
      `select from order_lines l join products p on p.id = l.product_id and p.kind = 'device'
      join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id and o.status not in ('booked', 'on_hold')
      where not exists (select from license_terms t where t.smart_account_id = l.smart_account_id and t.order_line_id = l.id)
       and l.quantity <> (select count(*) from devices d where d.smart_account_id = l.smart_account_id and d.order_line_id = l.id)`,
    ],
    [
      'a device that was shipped before it was ordered',
      `select from devices d join order_lines l on l.smart_account_id = d.smart_account_id and l.id = d.order_line_id
      join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id where d.ship_date <= o.ordered_on or d.sales_order_number <> o.number`,
    ],
    [
      'something bought after its end of sale',
      `select from order_lines l join products p on p.id = l.product_id and p.kind = 'device'
      join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id where o.ordered_on >= p.end_of_sale`,
    ],
    [
      'a module in another place than its chassis',
      `select from devices d join devices p on p.smart_account_id = d.smart_account_id and p.id = d.parent_id
      where p.parent_id is not null or d.virtual_account_id is distinct from p.virtual_account_id or d.parent_instance_number <> p.instance_number`,
    ],
    [
      'a license whose terms in force are not its quantity',
      `select from licenses l join smart_accounts a on a.id = l.smart_account_id where l.quantity <> (
      select coalesce(sum(t.quantity), 0) from license_terms t where t.smart_account_id = l.smart_account_id and t.license_id = l.id
        and t.start_date <= a.day and coalesce(t.end_date, a.day) >= a.day)`,
    ],
    [
      'a license whose use is not what its devices report',
      `select from licenses l where l.in_use <> (
      select coalesce(sum(u.quantity), 0) from license_use u where u.smart_account_id = l.smart_account_id and u.license_id = l.id)`,
    ],
    [
      'a license used from another Virtual Account',
      `select from license_use u join licenses l on l.smart_account_id = u.smart_account_id and l.id = u.license_id
      join devices d on d.smart_account_id = u.smart_account_id and d.id = u.device_id where l.virtual_account_id is distinct from d.virtual_account_id`,
    ],
    [
      'a wrong compliance status',
      `select from licenses where (status = 'out_of_compliance') <> (in_use + reserved > quantity + app.net_substituted(substitutions))`,
    ],
    [
      'a substitution that only one of the two licenses tells of',
      `select from licenses l cross join jsonb_array_elements(l.substitutions) s where not exists (
      select from licenses o cross join jsonb_array_elements(o.substitutions) t
      where o.smart_account_id = l.smart_account_id and o.virtual_account_id = l.virtual_account_id and o.name = s->>'license'
        and t->>'license' = l.name and t->>'quantity' = s->>'quantity' and t->>'kind' <> s->>'kind')`,
    ],
    [
      'a license that is short for what it lends',
      `select from licenses where substitutions @> '[{"kind": "byThis"}]' and status = 'out_of_compliance'`,
    ],
    [
      'a term bought in another quantity than ordered',
      `select from license_terms t join order_lines l on l.smart_account_id = t.smart_account_id and l.id = t.order_line_id
      where l.quantity <> t.quantity`,
    ],
    [
      'a serial number twice',
      'select serial_number from devices where serial_number is not null group by 1 having count(*) > 1',
    ],
    [
      'hardware without a serial number of eleven characters',
      `select from devices where (asset_type = 'hardware') <> coalesce(serial_number ~ '^[A-Z]{3}[0-9]{4}[0-9A-Z]{4}$', false)`,
    ],
    [
      'serial numbers of two Virtual Accounts that start alike',
      `select left(serial_number, 3) from devices where serial_number is not null
      group by 1 having count(distinct (smart_account_id, coalesce(virtual_account_id, 0))) > 1`,
    ],
  ])('nowhere is %s', async (_what, query) => {
    expect(await count(query)).toBe(0)
  })

  test('every foreign key holds and is enforced again, as are policies, triggers and indexes', async () => {
    const shape = (from: postgres.Sql) => from`
      select 'index' as kind, indexdef as it from pg_indexes where schemaname = 'public'
      union all select 'constraint', conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated::text
        from pg_constraint where connamespace = 'public'::regnamespace
      union all select 'trigger', tgrelid::regclass || ' ' || tgname || tgenabled::text from pg_trigger where not tgisinternal
      union all select 'security', relname || relrowsecurity::text || relforcerowsecurity::text from pg_class where relnamespace = 'public'::regnamespace
      order by 1, 2`
    const empty = await createTestDatabase()
    const untouched = postgres(empty.ownerUrl, { max: 1 })
    try {
      expect((await shape(sql)).map((row) => ({ ...row }))).toEqual((await shape(untouched)).map((row) => ({ ...row })))
    } finally {
      await untouched.end()
      await empty.drop()
    }
  })

  test('every rollup equals a recount, and every event chain holds', async () => {
    const drift = await sql`select target, cells::int from app.rollup_drift()`
    expect(drift.length).toBeGreaterThan(5)
    expect(drift.filter((row) => row['cells'] !== 0)).toEqual([])
    expect(await sql`select * from app.broken_events()`).toHaveLength(0)
    expect(await count('select from events')).toBeGreaterThan(30)
  })

  test('new rows get new ids', async () => {
    const [row] = await sql`select nextval('devices_id_seq') > (select max(id) from devices) as free`
    expect(row?.['free']).toBe(true)
  })

  test('PAKs can be read with the keys that were given', async () => {
    const paks = await sql`select id, encrypted, key_id, last_four from paks`
    expect(paks.length).toBeGreaterThan(3)
    for (const { id, encrypted, key_id, last_four } of paks) {
      const pak = decryptPak(encrypted, key_id, Number(id), RING)
      expect([pak.length, pak.slice(-4)]).toEqual([11, last_four])
    }
  })
})

describe('it has believable shapes', () => {
  const share = async (where: string, domain: string) =>
    Number(
      (
        await sql.unsafe(`select avg((${where})::int) as share from devices d join smart_accounts a on a.id = d.smart_account_id
      where a.domain = '${domain}'`)
      )[0]?.['share'],
    )

  test.each([
    ['covered', `coverage_status = 'covered'`, 0.45, 0.75],
    ['lapsed', `coverage_status = 'lapsed'`, 0.08, 0.3],
    ['never covered', `coverage_status = 'never'`, 0.08, 0.35],
    ['in no Virtual Account', 'virtual_account_id is null', 0.03, 0.18],
    ['software or cloud', `asset_type <> 'hardware'`, 0.02, 0.2],
    ['modules', 'parent_id is not null', 0.02, 0.25],
    ['past the last date of support', 'last_date_of_support < a.day', 0.02, 0.35],
  ])('some of Aurora is %s', async (_what, where, low, high) => {
    const found = await share(where, 'aurora.example')
    expect(found).toBeGreaterThan(low)
    expect(found).toBeLessThan(high)
  })

  test('much of Borealis is past its last date of support', async () => {
    expect(await share('last_date_of_support < a.day', 'borealis.example')).toBeGreaterThan(0.3)
  })

  test('each Virtual Account holds something, some licenses are short and others have some left', async () => {
    expect(
      await count(`select from virtual_accounts v where smart_account_id = 1 and not exists (
        select from devices d where d.smart_account_id = v.smart_account_id and d.virtual_account_id = v.id)`),
    ).toBe(0)
    const [licenses] =
      await sql`select avg((status = 'out_of_compliance')::int) as short, avg((quantity > in_use)::int) as spare from licenses`
    expect(Number(licenses?.['short'])).toBeGreaterThan(0.05)
    expect(Number(licenses?.['short'])).toBeLessThan(0.35)
    expect(Number(licenses?.['spare'])).toBeGreaterThan(0.4)
  })

  test('Delta has its Enterprise Agreement, others have subscriptions', async () => {
    const rows =
      await sql`select a.domain, bool_and(s.number ~ '^SR[0-9]+$') as agreement, bool_and(s.number ~ '^Sub[0-9]+$') as plain
      from subscriptions s join smart_accounts a on a.id = s.smart_account_id group by 1`
    for (const { domain, agreement, plain } of rows) {
      expect([domain, agreement, plain]).toEqual([domain, domain === 'delta.example', domain !== 'delta.example'])
    }
    expect(await count(`select from subscription_lines where suite is not null and growth_allowance is null`)).toBe(0)
    expect(
      await count(`select distinct growth_allowance from subscription_lines where suite is not null`),
    ).toBeGreaterThan(1)
  })

  test('every device that needs a license finds its SKU in the catalogue', () => {
    const rows = readCatalogue(NOW)
    const pids = new Set(rows.map((row) => row.pid))
    const needed = rows.flatMap((row, id) =>
      [true, false].flatMap((tier) => entitlementOf({ ...row, id }, tier)?.sku ?? []),
    )
    expect(needed.length).toBeGreaterThan(100)
    expect(needed.filter((sku) => !pids.has(sku))).toEqual([])
  })
})
