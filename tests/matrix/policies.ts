import type { Sql, TransactionSql } from 'postgres'
import { catalogueProblems } from './catalogue'
import { type Expected, readProblems, writeProblems } from './row-security'
import { rules } from './rules'

/** One wall of row security taken away: what is done to the database, and the table to look at. */
export type Mutation = { name: string; table: string; statement: string }

type Policy = {
  table: string
  name: string
  command: string
  using: string | null
  check: string | null
  isOwner: boolean
}

/** Every policy once dropped and once open to everybody, and row security switched off for each table. */
export async function policyMutations(sql: Sql): Promise<Mutation[]> {
  const policies = await sql<Policy[]>`
    select tablename as table, policyname as name, cmd as command, qual as using, with_check as check, roles <> '{public}' as "isOwner"
    from pg_policies order by 1, 2`
  const opened = ({ table, name, using, check }: Policy) =>
    `alter policy ${name} on ${table} ${using === null ? '' : 'using (true)'} ${check === null ? '' : 'with check (true)'}`
  return [
    ...policies.map((policy) => ({
      name: `${policy.table}.${policy.name} dropped`,
      table: policy.table,
      statement: `drop policy ${policy.name} on ${policy.table}`,
    })),
    ...policies
      .filter(({ isOwner }) => !isOwner)
      .map((policy) => ({
        name: `${policy.table}.${policy.name} open`,
        table: policy.table,
        statement: opened(policy),
      })),
    ...Object.keys(rules).map((table) => ({
      name: `${table} not secured`,
      table,
      statement: `alter table ${table} disable row level security`,
    })),
    ...Object.keys(rules).map((table) => ({
      name: `${table} not forced`,
      table,
      statement: `alter table ${table} no force row level security`,
    })),
  ]
}

// Whoever has nothing, everything, or one Virtual Account shows a missing wall soonest.
const FIRST = [
  'stranger@harbor.example',
  'admin@aurora.example',
  'va-user@aurora.example',
  'support@license-central.example',
]

/** Everybody's reads and writes of these tables (all when none is named), by the owner in the server's role, and the catalogue. */
export async function rowSecurityProblem(
  sql: TransactionSql,
  expected: Expected,
  accounts: readonly number[],
  tables?: readonly string[],
): Promise<string | null> {
  const [broken] = await catalogueProblems(sql)
  if (broken) return broken
  const people = [...expected.people].sort((a, b) => FIRST.indexOf(b.somebody.email) - FIRST.indexOf(a.somebody.email))
  await sql`set local role license_central_app`
  for (const known of people) {
    const [read] = await readProblems(sql, expected, known, tables)
    if (read) return read
    const [written] = await writeProblems(sql, expected, known, accounts, tables)
    if (written) return written
  }
  return null
}

/** The first thing that shows a mutation, null when it survives. Nothing of it is kept. */
export async function tryMutation(
  owner: Sql,
  expected: Expected,
  accounts: readonly number[],
  { statement, table }: Mutation,
): Promise<string | null> {
  let found: string | null = null
  class Undo extends Error {}
  await owner
    .begin(async (sql) => {
      await sql.unsafe(statement)
      found = await rowSecurityProblem(sql, expected, accounts, [table])
      throw new Undo()
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error
    })
  return found
}
