import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { openDatabase } from '@/db/embedded/open-database'
import { migrate } from '@/db/migrate'
import { settings } from '@/lib/env'
import { ensureAppRole } from '@/scripts/app-role'
import { DATA_FOLDER, ownSecrets } from '@/scripts/own-secrets'

/** A migrated, empty database of one test file. `appUrl` is for the server's role, which row-level security holds for. */
export type TestDatabase = { ownerUrl: string; appUrl: string; drop(): Promise<void> }

// Any number, the same in every worker: one of them makes the template, the others wait for it.
const TEMPLATE_LOCK = 4_190_207

/** Copies the migrated template; some 50 ms. Call in `beforeAll` with time enough for the first one, `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await testServer()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  const admin = (work: (sql: postgres.Sql) => Promise<unknown>) => asAdmin(serverUrl, work)
  await admin(async (sql) => {
    await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`
    const template = await ensureTemplate(sql, serverUrl)
    await sql.unsafe(`create database ${name} template ${template} strategy file_copy`)
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

async function ensureTemplate(sql: postgres.Sql, serverUrl: string): Promise<string> {
  const journal = readFileSync('db/migrations/meta/_journal.json', 'utf8')
  const { entries } = JSON.parse(journal) as { entries: { tag: string }[] }
  const hash = createHash('sha256')
  for (const { tag } of entries) hash.update(readFileSync(`db/migrations/${tag}.sql`))
  const template = `template_${hash.digest('hex').slice(0, 16)}`
  const found = await sql`select 1 from pg_database where datname = ${template}`
  if (found.length > 0) return template

  await dropLeftovers(sql)
  const unfinished = `${template}_new`
  await sql.unsafe(`drop database if exists ${unfinished} with (force)`)
  await sql.unsafe(`create database ${unfinished}`)
  await ensureAppRole(databaseOf(serverUrl, unfinished), ownSecrets().APP_ROLE_PASSWORD)
  await migrate(databaseOf(serverUrl, unfinished))
  await sql.unsafe(`alter database ${unfinished} rename to ${template}`)
  return template
}

/** Templates of older migrations, and databases of test processes that were killed. */
async function dropLeftovers(sql: postgres.Sql): Promise<void> {
  const found = await sql<{ name: string }[]>`
    select datname as name from pg_database where datname ~ '^(template_[0-9a-f]{16}|test_[0-9]+_)'`
  for (const { name } of found) {
    const owner = Number(/^test_(\d+)_/.exec(name)?.[1])
    if (!owner || !isAlive(owner)) await sql.unsafe(`drop database if exists ${name} with (force)`)
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
