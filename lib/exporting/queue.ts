import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import PgBoss from 'pg-boss'
import type { Writer } from '@/db/client'
import { env } from '@/lib/env'

/** What is to be made: whose, in which account. What exactly stands in its row (db/schema/exports.ts). */
export type Job = { id: string; userId: number; domain: string }

export const EXPORTS = 'exports'
/** Jobs that end an export when its time is over. */
export const ENDS = 'exports-end'
export const KEPT_SECONDS = 24 * 60 * 60

/** The queue's tables are made by migrations (0033_jobs.sql): the server's role may not change any. */
const OPTIONS = { schema: 'pgboss', migrate: false, schedule: false, supervise: true } as const

const kept = globalThis as typeof globalThis & { licenseCentralJobs?: PgBoss }

/** A queue that takes jobs of this server; started once. */
export async function startQueue(): Promise<PgBoss> {
  if (kept.licenseCentralJobs) return kept.licenseCentralJobs
  const boss = new PgBoss({
    ...OPTIONS,
    connectionString: env().DATABASE_URL,
    application_name: 'license-central-jobs',
    max: 2,
    maintenanceIntervalSeconds: 60,
    archiveCompletedAfterSeconds: 60 * 60,
    deleteAfterDays: 1,
  })
  kept.licenseCentralJobs = boss
  boss.on('error', (error) => console.error(JSON.stringify({ level: 'error', job: 'queue', message: error.message })))
  await boss.start()
  return boss
}

export async function stopQueue(): Promise<void> {
  await kept.licenseCentralJobs?.stop({ graceful: false, wait: true })
  delete kept.licenseCentralJobs
}

/** Puts a job, and the one that ends it a day later, into the queue with the rest of the transaction. */
export async function sendExport(tx: Writer, job: Job): Promise<void> {
  const db = { executeSql: (text: string, values: unknown[]) => executeIn(tx, text, values) }
  const sender = new PgBoss({ ...OPTIONS, db })
  await sender.send(EXPORTS, job, { db })
  await sender.send(ENDS, job, { db, startAfter: new Date(Date.now() + KEPT_SECONDS * 1000).toISOString() })
}

/** A statement with numbered parameters in a transaction of Drizzle. */
async function executeIn(tx: Writer, text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  const parameter = (value: unknown): SQL => {
    if (value === null || value === undefined) return sql`null`
    if (typeof value === 'number') return sql`${value}`
    return sql`${typeof value === 'object' ? JSON.stringify(value) : String(value)}::text`
  }
  const pieces = text
    .split(/\$(\d+)/)
    .map((piece, at) => (at % 2 ? parameter(values[Number(piece) - 1]) : sql.raw(piece)))
  return { rows: [...((await tx.execute(sql.join(pieces))) as unknown as unknown[])] }
}
