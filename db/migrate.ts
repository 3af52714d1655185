import { readFileSync } from 'node:fs'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const folder = path.join(process.cwd(), 'db/migrations')

/** Brings the database of `ownerUrl` up to the newest migration. Safe to run twice. */
export async function migrate(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined, connection: { lock_timeout: 5000 } })
  try {
    await applyMigrations(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end()
  }
}

/** Names of the migrations that the database has not seen yet; all of them when it has seen none. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const journal = JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  const sql = postgres(url, { max: 1 })
  try {
    const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
    const newest = table?.['name']
      ? Number((await sql`select max(created_at) as at from drizzle.__drizzle_migrations`)[0]?.['at'] ?? 0)
      : 0
    return journal.entries.filter((entry) => entry.when > newest).map((entry) => entry.tag)
  } finally {
    await sql.end()
  }
}
