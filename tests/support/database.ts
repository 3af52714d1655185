import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { openDatabase } from '@/db/embedded/open-database'
import { migrate } from '@/db/migrate'
import { settings } from '@/lib/env'
import { ensureAppRole } from '@/scripts/app-role'
import { DATA_FOLDER, ownSecrets } from '@/scripts/own-secrets'

/** A migrated database of one test file. `appUrl` is for the server's role, which row-level security holds for. */
export type TestDatabase = { ownerUrl: string; appUrl: string; drop(): Promise<void> }

/** Rows that a database begins with: filled in once under this name, for all files that ask for them, and copied. */
export type Filling = { name: string; fill(ownerUrl: string): Promise<void> }

// Any number, the same in every worker: one of them makes a template, the others wait for it.
const TEMPLATE_LOCK = 4_190_207

/**
 * Copies a migrated template, empty without `filling`; some 50 ms. Call in `beforeAll` with time enough for the first one,
 * `drop` in `afterAll`.
 */
export async function createTestDatabase(filling?: Filling): Promise<TestDatabase> {
  const serverUrl = await testServer()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  const admin = (work: (sql: postgres.Sql) => Promise<unknown>) => asAdmin(serverUrl, work)
  await admin(async (sql) => {
    const empty = await emptyTemplate(sql, serverUrl)
    const template = filling ? await filledTemplate(sql, serverUrl, empty, filling) : empty
    await copy(sql, template, name)
  })
  const ownerUrl = databaseOf(serverUrl, name)
  const appUrl = await ensureAppRole(ownerUrl, ownSecrets().APP_ROLE_PASSWORD)
  return { ownerUrl, appUrl, drop: () => admin((sql) => sql.unsafe(`drop database if exists ${name} with (force)`)) }
}

/** The Postgres for tests: TEST_DATABASE_URL, else an embedded one that ends with the last test process. */
async function testServer(): Promise<string> {
  const given = settings().TEST_DATABASE_URL
  if (given) return given
  return (await openDatabase({ dataDir: `${DATA_FOLDER}/test-postgres`, durable: false })).ownerUrl
}

async function emptyTemplate(sql: postgres.Sql, serverUrl: string): Promise<string> {
  const journal = readFileSync('db/migrations/meta/_journal.json', 'utf8')
  const { entries } = JSON.parse(journal) as { entries: { tag: string }[] }
  const template = `template_${hashOf(entries.map(({ tag }) => readFileSync(`db/migrations/${tag}.sql`)))}`
  await ensureTemplate(sql, template, async (unfinished) => {
    await dropLeftovers(sql)
    await sql.unsafe(`create database ${unfinished}`)
    await ensureAppRole(databaseOf(serverUrl, unfinished), ownSecrets().APP_ROLE_PASSWORD)
    await migrate(databaseOf(serverUrl, unfinished))
  })
  return template
}

async function filledTemplate(
  sql: postgres.Sql,
  serverUrl: string,
  empty: string,
  { name, fill }: Filling,
): Promise<string> {
  const sources = ['db', 'lib'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  )
  // The database itself dates some rows: those of this day.
  const day = new Date().toISOString().slice(0, 10)
  const current = `${empty}_${hashOf([day, ...sources.sort().map((file) => readFileSync(file))])}`
  const template = `${current}_${hashOf([name])}`
  await ensureTemplate(sql, template, async (unfinished) => {
    await dropLeftovers(sql, current)
    await copy(sql, empty, unfinished)
    await fill(databaseOf(serverUrl, unfinished))
  })
  return template
}

const hashOf = (parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 12)
}

const copy = (sql: postgres.Sql, from: string, to: string) =>
  sql.unsafe(`create database ${to} template ${from} strategy file_copy`)

async function ensureTemplate(
  sql: postgres.Sql,
  template: string,
  make: (unfinished: string) => Promise<void>,
): Promise<void> {
  const isThere = async () => (await sql`select from pg_database where datname = ${template}`).length > 0
  if (await isThere()) return
  await sql`select pg_advisory_lock(${TEMPLATE_LOCK}, hashtext(${template}))`
  if (!(await isThere())) {
    const unfinished = `${template}_new`
    await sql.unsafe(`drop database if exists ${unfinished} with (force)`)
    await make(unfinished)
    await sql.unsafe(`alter database ${unfinished} rename to ${template}`)
  }
  await sql`select pg_advisory_unlock(${TEMPLATE_LOCK}, hashtext(${template}))`
}

/** Templates of older migrations and sources than those of `current`, and databases of test processes that were killed. */
async function dropLeftovers(sql: postgres.Sql, current?: string): Promise<void> {
  const found = await sql<{ name: string }[]>`
    select datname as name from pg_database where datname ~ '^(template_[0-9a-f]{12}|test_[0-9]+_)'`
  for (const { name } of found) {
    const owner = Number(/^test_(\d+)_/.exec(name)?.[1])
    const isKept = owner
      ? isAlive(owner)
      : current !== undefined && (current.startsWith(name) || name.startsWith(current))
    if (!isKept) await sql.unsafe(`drop database if exists ${name} with (force)`)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function asAdmin(serverUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

function databaseOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
