import type { Sql, TransactionSql } from 'postgres'
import { everybody, NOW, type Somebody } from './people'
import { rules } from './rules'
import { readPlaces, type Sight, sightOf } from './sight'
import { attempts, changes, removals } from './written'

/** Somebody as the database knows them: `sight` is what the contract gives, `id` what the server would say. */
export type Known = { somebody: Somebody; id: number | null; sight: Sight }

const NOBODY: Sight = {
  userId: 0,
  email: 'nobody',
  isSupport: false,
  ...{ whole: [], member: [], administered: [], writable: [], places: [] },
  ...{ administeredPlaces: [], writablePlaces: [], orders: [], lines: [], wholeLines: [], devices: [] },
}

/** Everybody of the matrix, and nobody. */
export async function knownPeople(owner: Sql): Promise<Known[]> {
  const places = await readPlaces(owner)
  const known: Known[] = []
  for (const somebody of everybody) {
    const [user] = await owner<{ id: number }[]>`select id from users where email = ${somebody.email}`
    known.push({ somebody, id: user?.id ?? 0, sight: await sightOf(owner, places, somebody) })
  }
  const nobody = { email: 'nobody', holds: [], supports: [], isActive: true }
  return [...known, { somebody: nobody, id: null, sight: NOBODY }]
}

const digest = (from: string) =>
  `select count(*)::int as n, md5(coalesce(string_agg(h, '' order by h), '')) as sum from (select md5(t::text) as h from ${from}) x`

type Digest = { n: number; sum: string }
const read = (answer: readonly unknown[]) => `${(answer[0] as Digest).n} rows ${(answer[0] as Digest).sum}`

/** What the contract says that everybody sees of each table, by plain SQL of the owner; made once. */
export class Expected {
  readonly #kept = new Map<string, string>()

  constructor(
    private readonly owner: Sql,
    readonly people: readonly Known[],
  ) {}

  rows(table: string, { somebody, sight }: Known): Promise<string> {
    const rule = rules[table]?.(sight) ?? 'false'
    return this.#keep(`${table} ${somebody.email}`, digest(`${table} t where ${rule}`))
  }

  removed(table: string, { somebody, sight }: Known): Promise<string> {
    const rule = removals[table]?.(sight) ?? 'false'
    return this.#keep(
      `remove ${table} ${somebody.email}`,
      `select count(*)::int as n, '' as sum from ${table} t where ${rule}`,
    )
  }

  changed(table: string, { somebody, sight }: Known): Promise<string> {
    const rule = changes[table]?.rows(sight) ?? 'false'
    return this.#keep(
      `change ${table} ${somebody.email}`,
      `select count(*)::int as n, '' as sum from ${table} t where ${rule}`,
    )
  }

  async #keep(key: string, statement: string): Promise<string> {
    const kept = this.#kept.get(key) ?? read(await this.owner.unsafe(statement))
    this.#kept.set(key, kept)
    return kept
  }
}

/** Planned once: the same is asked of everybody. */
const PLANNED = { prepare: true }

const become = (sql: TransactionSql, { id }: Known) => sql`select app.become(${id}, ${NOW})`

/** Which tables one person sees otherwise than the contract says. `sql` must be bound by row security. */
export async function readProblems(
  sql: TransactionSql,
  expected: Expected,
  known: Known,
  tables: readonly string[] = Object.keys(rules),
): Promise<string[]> {
  const problems: string[] = []
  await become(sql, known)
  for (const table of tables) {
    const wanted = await expected.rows(table, known)
    const found = read(await sql.unsafe(digest(`${table} t`), [], PLANNED))
    if (found !== wanted) problems.push(`${known.somebody.email} reads ${table}: ${found}, not ${wanted}`)
  }
  return problems
}

/** What one person can write otherwise than the contract says. Nothing of it is kept. */
export async function writeProblems(
  sql: TransactionSql,
  expected: Expected,
  known: Known,
  accounts: readonly number[],
  tables?: readonly string[],
): Promise<string[]> {
  const isAsked = (table: string) => tables === undefined || tables.includes(table)
  const problems: string[] = []
  await become(sql, known)
  const judge = (what: string, wanted: string, found: string) => {
    if (found !== wanted) problems.push(`${known.somebody.email}, ${what}: ${found}, not ${wanted}`)
  }
  for (const [table, { set }] of Object.entries(changes).filter(([name]) => isAsked(name))) {
    const found = await undone(sql, async (inner) => {
      const { count } = await inner.unsafe(`update ${table} set ${set}`, [], PLANNED)
      return read([{ n: count, sum: '' }])
    })
    judge(`changes of ${table}`, await expected.changed(table, known), found)
  }
  for (const table of Object.keys(removals).filter(isAsked)) {
    const found = await undone(sql, async (inner) => {
      const { count } = await inner.unsafe(`delete from ${table}`, [], PLANNED)
      return read([{ n: count, sum: '' }])
    })
    judge(`removals of ${table}`, await expected.removed(table, known), found)
  }
  for (const { name, statement, isAllowed } of attempts.filter(({ table }) => isAsked(table))) {
    for (const account of accounts) {
      const found = await undone(sql, async (inner) => {
        await inner.unsafe(statement(account, known.id ?? 0))
        return 'done'
      })
      judge(`${name} in account ${account}`, isAllowed(known.sight, account) ? 'done' : 'refused', found)
    }
  }
  return problems
}

/** Does something and takes it back; `refused` where row security refuses it. */
async function undone(sql: TransactionSql, work: (inner: TransactionSql) => Promise<string>): Promise<string> {
  let result = 'refused'
  class Undo extends Error {}
  try {
    await sql.savepoint(async (inner) => {
      result = await work(inner)
      throw new Undo()
    })
  } catch (error) {
    if (error instanceof Undo) return result
    const { code = '', message = '' } = error as { code?: string; message?: string }
    if (code === '42501') return message.includes('row-level security') ? 'refused' : 'refused by privilege'
    // Keys are looked at after row security has let a row through.
    if (code.startsWith('23')) return 'done'
    throw error
  }
  return result
}
