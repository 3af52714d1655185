import postgres, { type Sql } from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database'

// A database that is spread over machines by Smart Account keeps one account's rows together: every key of a tenant's
// table begins with the account, and what belongs to no account, or to none alone (products), has a copy on each machine.

let database: TestDatabase
let owner: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
}, 60_000)
afterAll(async () => {
  await owner.end()
  await database.drop()
})

type Key = { name: string; table: string; columns: string[] }
type Reference = Key & { other: string; otherColumns: string[] }

/** Of these columns, the names in their order. */
const named = (table: string, numbers: string) =>
  `(select array_agg(a.attname::text order by k.nth) from unnest(${numbers}) with ordinality k (attnum, nth)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = k.attnum)`

const tenantTables = async () =>
  (
    await owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      where c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'smart_account_id' and a.attnotnull)`
  ).map(({ name }) => name)

const uniqueKeys = () =>
  owner.unsafe<Key[]>(`
    select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table, ${named('i.indrelid', 'i.indkey::int2[]')} as columns
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where i.indisunique`)

const references = () =>
  owner.unsafe<Reference[]>(`
    select f.conname as name, f.conrelid::regclass::text as table, ${named('f.conrelid', 'f.conkey')} as columns,
      f.confrelid::regclass::text as other, ${named('f.confrelid', 'f.confkey')} as "otherColumns"
    from pg_constraint f join pg_namespace n on n.oid = f.connamespace and n.nspname = 'public' where f.contype = 'f'`)

test('every key of a tenant’s table begins with the account', async () => {
  const tenants = await tenantTables()
  expect(tenants.length).toBeGreaterThan(30)
  const keys = (await uniqueKeys()).filter(({ table }) => tenants.includes(table))
  expect(keys.length).toBeGreaterThanOrEqual(tenants.length)
  expect(keys.filter(({ columns }) => columns[0] !== 'smart_account_id').map(({ name }) => name)).toEqual([])
  const withoutKey = tenants.filter((name) => !keys.some(({ table }) => table === name))
  expect(withoutKey).toEqual([])
})

test('a row refers to rows of its own account, or to what every machine has', async () => {
  const tenants = await tenantTables()
  const isTogether = ({ columns, otherColumns }: Reference) =>
    columns.some((name, nth) => name === 'smart_account_id' && otherColumns[nth] === 'smart_account_id')
  const apart = (await references()).filter(
    (reference) => tenants.includes(reference.other) && !(tenants.includes(reference.table) && isTogether(reference)),
  )
  expect(apart.map(({ name }) => name)).toEqual([])
})

// docs/operations.md has them as reference tables.
const EVERYWHERE = ['products', 'smart_accounts', 'users']

test('what rows of accounts refer to beside their own is on every machine, and refers to nothing else', async () => {
  const tenants = await tenantTables()
  const all = await references()
  const outside = all.filter(({ table, other }) => tenants.includes(table) && !tenants.includes(other))
  expect([...new Set(outside.map(({ other }) => other))].sort()).toEqual(EVERYWHERE)
  const further = all.filter(({ table, other }) => EVERYWHERE.includes(table) && !EVERYWHERE.includes(other))
  expect(further.map(({ name }) => name)).toEqual([])
})
