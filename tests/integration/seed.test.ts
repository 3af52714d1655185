import postgres from 'postgres'
import { seed } from '@/db/seed/seed'
import { personaGroups } from '@/lib/demo/personas'
import { passwordMatches } from '@/lib/sign-in/passwords'
import { createTestDatabase, type TestDatabase } from '../support/database'

const NOW = new Date('2026-11-24T14:00:00Z')
const PAK_KEYS = {
  ring: { activeId: 'k1', keys: new Map([['k1', Buffer.alloc(32, 7)]]) },
  indexKey: Buffer.alloc(32, 9),
}
const SIZE = { devices: 1500, accounts: 3, now: NOW, pakKeys: PAK_KEYS }

let one: TestDatabase
let other: TestDatabase
let sql: postgres.Sql
let twin: postgres.Sql

beforeAll(async () => {
  one = await createTestDatabase()
  other = await createTestDatabase()
  await seed({ ...SIZE, ownerUrl: one.ownerUrl })
  await seed({ ...SIZE, ownerUrl: other.ownerUrl })
  sql = postgres(one.ownerUrl, { max: 1 })
  twin = postgres(other.ownerUrl, { max: 1 })
}, 120_000)
afterAll(async () => {
  await sql.end()
  await twin.end()
  await one.drop()
  await other.drop()
})

const count = async (query: string) => Number((await sql.unsafe(`select count(*) as n from (${query}) x`))[0]?.['n'])

describe('the demo data', () => {
  test('is the same for the same seed and clock, but for salts and sealed values', async () => {
    const tables = await sql<{ name: string; columns: string }[]>`
      select t.table_name as name, string_agg(quote_ident(c.column_name), ', ' order by c.ordinal_position) as columns
      from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name not in ('password_hash', 'encrypted')
      group by 1 order by 1`
    expect(tables.length).toBeGreaterThan(30)
    const digest = async (from: postgres.Sql, name: string, columns: string) =>
      (
        await from.unsafe(`select md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as digest, count(*) as rows
        from (select ${columns} from ${name}) r`)
      )[0]
    for (const { name, columns } of tables) {
      expect({ name, ...(await digest(sql, name, columns)) }).toEqual({ name, ...(await digest(twin, name, columns)) })
    }
  })

  test('has the accounts of the contract, with as many devices as were asked for', async () => {
    const found = await sql`select a.domain, a.type, count(d.id)::int as devices, a.day::text from smart_accounts a
      left join devices d on d.smart_account_id = a.id group by a.id order by a.id`
    expect(found.map((row) => row['domain']).slice(0, 5)).toEqual([
      'aurora.example',
      'borealis.example',
      'cobalt.example',
      'holding.cobalt.example',
      'delta.example',
    ])
    expect(found[0]).toMatchObject({ devices: 1500, type: 'CUSTOMER', day: '2026-11-24' })
    expect(found[3]).toMatchObject({ type: 'HOLDING' })
    expect(found.slice(5).reduce((sum, row) => sum + row['devices'], 0)).toBe(375)
  })

  test('has every persona, with the password of the demo', async () => {
    const people = await sql`select email, password_hash, is_support from users where is_demo order by email`
    const promised = personaGroups.flatMap((group) => group.personas.map((persona) => persona.email))
    expect(people.map((row) => row['email'])).toEqual(promised.toSorted())
    expect(await passwordMatches(people[0]?.['password_hash'], 'demo')).toBe(true)
    expect(await sql`select email from users where not is_demo and password_hash is not null`).toHaveLength(0)
    expect(people.filter((row) => row['is_support']).map((row) => row['email'])).toEqual([
      'support@license-central.example',
    ])
  })

  test('gives the roles of the contract', async () => {
    const roles =
      await sql`select u.email, a.domain, r.role::text, v.name as va, r.includes_nested from role_assignments r
      join users u on u.id = r.user_id and u.is_demo join smart_accounts a on a.id = r.smart_account_id
      left join virtual_accounts v on v.smart_account_id = r.smart_account_id and v.id = r.virtual_account_id`
    const text = ({ email, domain, role, va, includes_nested }: postgres.Row) =>
      [email, domain, role, ...(va ? [va] : []), ...(includes_nested ? ['nested'] : [])].join(' ')
    expect(roles.map(text).toSorted()).toEqual(
      [
        'admin@aurora.example aurora.example sa_admin',
        'admin2@aurora.example aurora.example sa_admin',
        'user@aurora.example aurora.example sa_user',
        'viewer@aurora.example aurora.example sa_viewer',
        'approver@aurora.example aurora.example sa_approver',
        'va-admin@aurora.example aurora.example va_admin EMEA nested',
        'va-user@aurora.example aurora.example va_user Germany',
        'va-viewer@aurora.example aurora.example va_viewer APJC',
        'admin@borealis.example borealis.example sa_admin',
        'admin@borealis.example aurora.example sa_viewer',
        'admin@delta.example delta.example sa_admin',
        'partner@cobalt.example cobalt.example sa_admin',
        'partner@cobalt.example holding.cobalt.example sa_admin',
        'partner@cobalt.example aurora.example va_admin Americas',
        'partner2@ember.example aurora.example va_user EMEA',
      ].toSorted(),
    )
  })

  test('shares what the contract says, and no more', async () => {
    const shares = await sql`select s.email, s.level::text, count(distinct s.order_id)::int as orders,
        count(distinct i.order_line_id)::int as lines, count(i.device_id)::int as devices
      from order_shares s join order_share_items i on i.smart_account_id = s.smart_account_id and i.share_id = s.id
      where s.revoked_at is null and (s.expires_at is null or s.expires_at > s.sent_at + interval '30 days')
      group by 1, 2 order by 1`
    expect(shares.map((row) => ({ ...row }))).toEqual([
      { email: 'asset-recipient@fjord.example', level: 'assets', orders: 1, lines: 1, devices: 2 },
      { email: 'recipient@fjord.example', level: 'lines', orders: 2, lines: 4, devices: 0 },
    ])
    expect(await count(`select from delivery_contacts where email = 'delivery@grove.example'`)).toBe(3)
    expect(await count(`select from support_access where ends_at > '2026-11-24T14:00:00Z' and reason <> ''`)).toBe(1)
    // Each share leaves something of its order out.
    const whole = `select l.order_id from order_lines l where l.order_id in (select order_id from order_shares)
      and not exists (select from order_share_items i where i.order_line_id = l.id)`
    expect(await count(`select distinct order_id from (${whole}) x`)).toBe(3)
  })
})

test('a database that holds anything is left alone', async () => {
  await expect(seed({ ...SIZE, ownerUrl: one.ownerUrl })).rejects.toThrow('already holds accounts or people')
  expect(await count('select from smart_accounts')).toBe(8)
})
