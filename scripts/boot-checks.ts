import postgres from 'postgres'
import { pendingMigrations } from '@/db/migrate'
import type { Env } from '@/lib/env'

/** Why a server with these settings must not start, one plain sentence each; empty when it may. */
export async function bootProblems(env: Pick<Env, 'DATABASE_URL' | 'DEMO'>): Promise<string[]> {
  const sql = postgres(env.DATABASE_URL, { max: 1, connect_timeout: 10, onnotice: () => undefined })
  try {
    const role = await roleProblems(sql)
    const pending = await pendingMigrations(env.DATABASE_URL)
    if (pending.length > 0) {
      return [
        ...role,
        `The database lacks ${pending.length} migration(s), the next is ${pending[0]}: npm run db:migrate`,
      ]
    }
    return [...role, ...(env.DEMO ? await demoProblems(sql) : [])]
  } catch (error) {
    return [`The database cannot be used: ${error instanceof Error ? error.message : String(error)}`]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Row-level security holds for nobody who is, or may become, a superuser, BYPASSRLS, or an owner of the tables. */
async function roleProblems(sql: postgres.Sql): Promise<string[]> {
  const [found] = await sql<{ name: string; bypasses: string | null; owns: string | null }[]>`
    select current_user as name,
      (select string_agg(rolname, ', ') from pg_roles
        where (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'member')) as bypasses,
      (select min(relname::text) from pg_class
        where relrowsecurity and pg_has_role(current_user, relowner, 'member')) as owns`
  if (found?.bypasses) return [`The database role ${found.name} bypasses row-level security (as ${found.bypasses}).`]
  if (found?.owns)
    return [`The database role ${found.name} owns the table ${found.owns}, so row-level security can be undone.`]
  return []
}

async function demoProblems(sql: postgres.Sql): Promise<string[]> {
  const [found] = await sql<{ people: boolean; demo: boolean }[]>`
    select exists (select from users) as people, exists (select from users where is_demo) as demo`
  return found?.people && !found.demo ? ['DEMO is set, but the database holds data that is not demo data.'] : []
}
