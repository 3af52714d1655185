import postgres from 'postgres'
import { pendingMigrations } from '@/db/migrate'
import type { Env } from '@/lib/env'

/** Why a server with these settings must not start, one plain sentence each; empty when it may. */
export async function bootProblems(
  env: Pick<Env, 'DATABASE_URL' | 'DEMO'> & Partial<Pick<Env, 'DATABASE_REPLICA_URL'>>,
): Promise<string[]> {
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
    const replica = env.DATABASE_REPLICA_URL ? await replicaProblems(env.DATABASE_REPLICA_URL, sql) : []
    return [...role, ...replica, ...(env.DEMO ? await demoProblems(sql) : [])]
  } catch (error) {
    return [`The database cannot be used: ${error instanceof Error ? error.message : String(error)}`]
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** One that does not answer is no reason: pages are read from the database itself until it does. */
async function replicaProblems(url: string, database: postgres.Sql): Promise<string[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  const installation = async (of: postgres.Sql) =>
    (
      await of<{ name: string; follows: boolean }[]>`select app.installation() as name, pg_is_in_recovery() as follows`
    )[0]
  try {
    const [copy, own] = [await installation(sql), await installation(database)]
    if (copy?.name !== own?.name) return ['DATABASE_REPLICA_URL is not a replica of DATABASE_URL.']
    if (!copy?.follows) return ['DATABASE_REPLICA_URL is no replica: it takes writes itself.']
    return (await roleProblems(sql)).map((problem) => `DATABASE_REPLICA_URL: ${problem}`)
  } catch (error) {
    if (error instanceof postgres.PostgresError && /^(42|3F)/.test(error.code))
      return ['DATABASE_REPLICA_URL is not a replica of DATABASE_URL.']
    console.error(`replica: it does not answer: ${error instanceof Error ? error.message : String(error)}`)
    return []
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
