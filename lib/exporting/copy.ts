import 'server-only'
import type { Readable } from 'node:stream'
import { Pool, type PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { within } from '@/lib/access/database'
import { replica } from '@/lib/access/replica'
import { now, today } from '@/lib/clock'
import { env } from '@/lib/env'

/** As many downloads at once on this server; each holds a connection of a pool that pages do not use, and so does a job. */
export const AT_ONCE = 5
const LONGEST_MS = 30 * 60_000
/** Whoever takes nothing for so long has gone, and holds a snapshot of the database. */
const STALLED_MS = 120_000

const SESSION = {
  jit: 'off', // it would compile for longer than the first rows take
  work_mem: '32MB',
  max_parallel_workers_per_gather: '0',
  client_connection_check_interval: '1s',
  datestyle: 'ISO',
  standard_conforming_strings: 'on',
}

/** By address: the database itself, and its replica. */
const kept = globalThis as typeof globalThis & { licenseCentralExports?: Map<string, Pool> }

function pool(connectionString: string): Pool {
  kept.licenseCentralExports ??= new Map()
  const known = kept.licenseCentralExports.get(connectionString)
  if (known) return known
  const made = new Pool({
    connectionString,
    max: AT_ONCE + 1,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
    application_name: 'license-central-export',
    statement_timeout: LONGEST_MS,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
    options: Object.entries(SESSION)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  // A connection that breaks while nobody uses it is replaced by the next one.
  made.on('error', () => undefined)
  kept.licenseCentralExports.set(connectionString, made)
  return made
}

/** Ends the connections; for tests and commands. */
export async function closeExports(): Promise<void> {
  await Promise.all([...(kept.licenseCentralExports?.values() ?? [])].map((one) => one.end()))
  delete kept.licenseCentralExports
}

/** Who takes rows along; `writes` as in lib/access/database.ts. */
type Reading = { id: number; account: { id: number }; writes?: number }

/** In which order rows are met: in that of an index wherever one gives it, or as the planner finds cheaper. */
export type Way = 'along its index' | 'as planned'

/**
 * What a COPY statement gives, read as a person under row-level security, in one snapshot, no faster than it is taken.
 * Whoever destroys the stream ends the statement and its connection.
 */
export async function copyAs(person: Reading, statement: string, way: Way = 'as planned'): Promise<Readable> {
  const client = (await onReplica(person, way)) ?? (await onDatabase(person, way))
  try {
    const stream = client.query(copyTo(statement, { highWaterMark: 256 * 1024 })) as unknown as Readable
    guard(client, stream)
    return stream
  } catch (error) {
    client.release(true)
    throw error
  }
}

const BEGIN = 'begin isolation level repeatable read read only'
const beginnings: Readonly<Record<Way, string>> = {
  'as planned': BEGIN,
  'along its index': `${BEGIN}; set local enable_sort = off`,
}

async function onDatabase(person: Reading, way: Way): Promise<PoolClient> {
  const client = await within(5_000, () => pool(env().DATABASE_URL).connect())
  try {
    await client.query(beginnings[way])
    await client.query('select app.become($1, $2)', [person.id, now().toISOString()])
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Null where the replica lacks what is needed, does not answer, or does not keep rows for whoever reads long. */
async function onReplica({ id, account, writes }: Reading, way: Way): Promise<PoolClient | null> {
  const copy = replica()
  const needs = writes === undefined ? null : copy?.needsOf(id, { writes, accountId: account.id, day: today() })
  if (!(copy && needs)) return null
  const client = await pool(copy.url)
    .connect()
    .catch(() => null)
  if (!client) return null
  try {
    await client.query(beginnings[way])
    const { rows } = await client.query(
      `select current_setting('hot_standby_feedback') = 'on' and app.become_on_replica($1, $2, $3, $4, $5, $6) as became`,
      [id, now().toISOString(), needs.writes, needs.accountId, needs.day, needs.position],
    )
    if (rows[0]?.became) return client
    await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
  return null
}

/** Gives the connection back when all was read, and breaks it when somebody stopped before. */
function guard(client: PoolClient, stream: Readable): void {
  const { stream: socket } = (client as unknown as { connection: { stream: import('node:net').Socket } }).connection
  let before = -1
  const watch = setInterval(() => {
    if (before === socket.bytesRead) stream.destroy(new Error('Nobody took the rows of this export.'))
    before = socket.bytesRead
  }, STALLED_MS)
  watch.unref()
  let isRead = false
  // Told to whoever reads; where nobody does any more, it is nobody's.
  stream.on('error', () => undefined)
  stream.once('end', () => {
    isRead = true
  })
  stream.once('close', () => {
    clearInterval(watch)
    if (!isRead) {
      client.once('error', () => undefined)
      socket.destroy()
      client.release(true)
      return
    }
    client.query('commit').then(
      () => client.release(),
      () => client.release(true),
    )
  })
}
