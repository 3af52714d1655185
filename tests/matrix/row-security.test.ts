import type { Sql } from 'postgres'
import { personaGroups } from '@/lib/demo/personas'
import { everybody, personas } from './people'
import { Expected, type Known, knownPeople, readProblems, writeProblems } from './row-security'
import { rules } from './rules'
import { connectAs, openScene, type Scene } from './scene'

let scene: Scene
let app: Sql
let expected: Expected
let accounts: number[]

beforeAll(async () => {
  scene = await openScene()
  app = connectAs(scene.appUrl)
  expected = new Expected(scene.owner, await knownPeople(scene.owner))
  accounts = (await scene.owner<{ id: number }[]>`select id from smart_accounts order by id`).map(({ id }) => id)
}, 120_000)
afterAll(async () => {
  await app.end()
  await scene.drop()
})

const known = (email: string): Known => {
  const found = expected.people.find(({ somebody }) => somebody.email === email)
  if (!found) throw new Error(`${email} is not in the matrix.`)
  return found
}
const names = [...everybody.map(({ email }) => email), 'nobody']

test('the matrix has every persona of the demo', () => {
  const shown = personaGroups.flatMap((group) => group.personas.map(({ email }) => email))
  expect(personas.map(({ email }) => email).sort()).toEqual(shown.sort())
})

test('every tenant table has its rule', async () => {
  const found = await scene.owner<{ name: string }[]>`
    select distinct c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and (c.column_name = 'smart_account_id' or c.table_name = 'smart_accounts')`
  expect(Object.keys(rules).sort()).toEqual(found.map(({ name }) => name).sort())
})

test('the fixture gives every table something to hide', async () => {
  const empty = []
  for (const table of Object.keys(rules)) {
    const [row] = await scene.owner<{ n: number }[]>`select count(*)::int as n from ${scene.owner(table)}`
    if (row?.n === 0) empty.push(table)
  }
  expect(empty).toEqual([])
})

// Row security alone: the server's role reads and writes without a condition of the product.
test.each(names)('%s reads what the contract gives', async (email) => {
  const problems = await app.begin('read only', (sql) => readProblems(sql, expected, known(email)))
  expect(problems).toEqual([])
})

test.each(names)('%s writes what the contract gives', async (email) => {
  const problems = await app.begin((sql) => writeProblems(sql, expected, known(email), accounts))
  expect(problems).toEqual([])
})

test.each(['', '0', '999999999'])('a person "%s" whom nobody knows sees nothing', async (id) => {
  const problems = await app.begin('read only', (sql) =>
    readProblems(sql, expected, { ...known('nobody'), id: id === '' ? null : Number(id) }),
  )
  expect(problems).toEqual([])
})

test('a transaction in which nobody became anybody sees nothing', async () => {
  for (const table of Object.keys(rules)) {
    const [row] = await app<{ n: number }[]>`select count(*)::int as n from ${app(table)}
      ${table === 'products' ? app`where smart_account_id is not null` : app``}`
    expect([table, row?.n]).toEqual([table, 0])
  }
})

test('who somebody was ends with the transaction', async () => {
  const { id } = known('admin@aurora.example')
  await app.begin((sql) => sql`select app.become(${id}, now())`)
  const [row] = await app`select count(*)::int as n from devices`
  expect(row?.['n']).toBe(0)
})

test.each([
  { table: 'devices', column: 'serial_number', pattern: '%19%', found: `app.find_devices($1, $2, false, 100000)` },
  { table: 'orders', column: 'number', pattern: '%1%', found: `app.find_orders($1, $2, 100000)` },
])('free text finds exactly the $table that the person sees', async ({ table, column, pattern, found }) => {
  let seen = 0
  for (const { id, somebody, sight } of expected.people) {
    const rule = rules[table]?.(sight) ?? 'false'
    for (const account of accounts) {
      const wanted = await scene.owner.unsafe(
        `select id from ${table} t where (${rule}) and smart_account_id = $1 and ${column} ilike $2 order by 1`,
        [account, pattern],
      )
      const rows = await app.begin(async (sql) => {
        await sql`select app.become(${id}, '2026-05-06T10:00:00Z')`
        return sql.unsafe(
          `select f as id from ${found} f where f in (select id from ${table} where ${column} ilike $2) order by 1`,
          [account, pattern],
        )
      })
      const ids = (of: readonly Record<string, unknown>[]) => of.map((row) => row['id'])
      expect([somebody.email, account, ids(rows)]).toEqual([somebody.email, account, ids(wanted)])
      seen += rows.length
    }
  }
  expect(seen).toBeGreaterThan(0)
})
