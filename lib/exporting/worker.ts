import 'server-only'
import type PgBoss from 'pg-boss'
import { sql, within } from '@/lib/access/database'
import { env } from '@/lib/env'
import { sweepFiles } from './files'
import { ENDS, EXPORTS, type Job, startQueue } from './queue'
import { endExport, forgetExport, isSilent, runExport } from './run-job'

const SWEEP_MS = 15_000
/** A run tells of itself every second: one that is silent for so long died with its server. */
const SILENT_SECONDS = 30

const kept = globalThis as typeof globalThis & { licenseCentralExportWorker?: Promise<void> }

/**
 * Makes exports in this process, one at a time, so that pages stay as fast as they are; several servers share the queue.
 * Without the database it tries again: the server runs meanwhile.
 */
export function startExportWorker(): void {
  if (!env().EXPORT_JOBS) return
  kept.licenseCentralExportWorker ??= start().catch((error: Error) => {
    log('The queue of exports does not start', error)
    delete kept.licenseCentralExportWorker
    setTimeout(startExportWorker, SWEEP_MS).unref()
  })
}

async function start(): Promise<void> {
  const boss = await startQueue()
  await boss.work<Job>(EXPORTS, { pollingIntervalSeconds: 1, includeMetadata: true }, async (jobs) => {
    for (const job of jobs) await runOne(job as PgBoss.JobWithMetadata<Job>)
  })
  await boss.work<Job>(ENDS, { pollingIntervalSeconds: 60 }, async (jobs) => {
    for (const { data } of jobs) await forgetExport(data)
  })
  const sweep = () => sweepQueue(boss).catch((error: Error) => log('Exports that were cut short', error))
  await sweep()
  const sweeping = setInterval(sweep, SWEEP_MS).unref()
  boss.once('stopped', () => clearInterval(sweeping))
}

async function runOne({ data, retryCount, retryLimit }: PgBoss.JobWithMetadata<Job>): Promise<void> {
  try {
    await runExport(data)
  } catch (error) {
    log(`Export ${data.id}`, error)
    if (retryCount >= retryLimit) await endExport(data, 'failed')
    throw error
  }
}

/** Jobs of servers that are gone are given back to the queue. */
async function sweepQueue(boss: PgBoss): Promise<void> {
  await sweepFiles()
  const active = await within(
    5_000,
    sql()<{ id: string; data: Job }[]>`
      select id, data from pgboss.job where name = ${EXPORTS} and state = 'active'
        and started_on < now() - ${SILENT_SECONDS} * interval '1 second'`,
  )
  for (const { id, data } of active)
    if (await isSilent(data, SILENT_SECONDS)) await boss.fail(EXPORTS, id, { message: 'Its server is gone.' })
}

const log = (what: string, error: unknown) =>
  console.error(
    JSON.stringify({ level: 'error', job: what, message: error instanceof Error ? error.message : String(error) }),
  )
