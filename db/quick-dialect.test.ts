import { aliasedTable, and, eq, inArray, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { QuickDialect } from './quick-dialect'
import { events } from './schema/changes'
import { devices } from './schema/devices'

// Another dialect than Drizzle's own writes the product's statements: what it writes is the same, to the letter.

const slow = new PgDialect({ casing: 'snake_case' })
const quick = new QuickDialect({ casing: 'snake_case' })
const other = aliasedTable(devices, 'other')
const database = drizzle.mock({ casing: 'snake_case' })
const found = () => database.select({ id: devices.id, name: devices.name }).from(devices)

const STATEMENTS: Record<string, () => SQL> = {
  'nothing in it': () => sql``,
  'tables, columns and names': () =>
    sql`select ${devices.serialNumber}, ${sql.identifier('a"b')} from ${devices} where ${devices.smartAccountId} = 1`,
  'an alias': () =>
    sql`select ${other.serialNumber} from ${devices} ${sql.raw('other')}, ${other} where ${other.id} = 2`,
  'values of every kind': () =>
    sql`select ${1}, ${'a'}, ${null}, ${true}, ${undefined}, ${new Date(0)}, ${{ a: 1 }}, ${10n}, ${new Uint8Array(2)}`,
  lists: () => sql`select ${['a', 'b']}, ${[]}, ${[[1, 2], [sql`now()`]]} where ${inArray(devices.id, [1, 2])}`,
  'values by the column they are for': () =>
    sql`${and(eq(devices.id, 4), eq(devices.asOf, new Date(0)), or(eq(events.detail, { a: [1] } as never), isNull(devices.name)))}`,
  'what is left out': () => sql`select 1 ${and(undefined, undefined)} ${sql.empty()} ${or()} x`,
  'statements in statements': () =>
    sql`${not(sql`exists (${sql.join([sql`select ${1}`, sql`select ${2}`], sql` union all `)})`)} and ${3}`,
  'a value that is a statement': () => sql`select ${sql.param(1, { mapToDriverValue: () => sql`1 + ${2}` as never })}`,
  'written out': () => sql`select ${1}, ${sql`${2} ${'a'}`.inlineParams()}, ${3}`,
  'a builder': () => found().where(eq(devices.id, 5)).orderBy(devices.name).limit(3).getSQL(),
  'a builder within': () => sql`select ${1} where exists ${found().where(eq(devices.id, 5))} and ${6}`,
  'a named builder': () => {
    const named = found().where(eq(devices.id, 5)).as('named')
    return database.select({ name: named.name }).from(named).innerJoin(other, eq(other.id, named.id)).getSQL()
  },
  'another name for a value': () =>
    database
      .select({ one: sql`${1}`.as('one') })
      .from(devices)
      .getSQL(),
}

test.each(Object.keys(STATEMENTS))('%s', (name) => {
  const statement = STATEMENTS[name] as () => SQL
  const { sql: text, params } = slow.sqlToQuery(statement())
  // Twice: what is remembered of the first time is used in the second.
  for (const again of [1, 2])
    expect([again, quick.sqlToQuery(statement())]).toEqual([
      again,
      { ...quick.sqlToQuery(statement()), sql: text, params },
    ])
})
