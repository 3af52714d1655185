import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm'
import { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT, PostgresJsSession } from 'drizzle-orm/postgres-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { keptShapes } from './kept-shapes'
import { pipelined } from './pipelined'
import { QuickDialect } from './quick-dialect'
import { transaction } from './transaction'

export type Client = Sql
type AnyDatabase = PgDatabase<
  PostgresJsQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>

/** Settings of Postgres for how it plans the statements of a transaction; nothing is as the server has it. */
export type Planning = Readonly<{
  enable_sort?: 'off'
  enable_indexonlyscan?: 'off'
  plan_cache_mode?: 'force_generic_plan' | 'force_custom_plan'
}>

/**
 * What reads: has no insert, update or delete, and its transaction is read-only in the database too. `planning` is what is
 * in force in it.
 */
export type Reader = Pick<AnyDatabase, 'select' | 'selectDistinct' | 'with' | '$with' | 'execute'> & {
  planning?: Planning
}
export type Writer = Pick<
  AnyDatabase,
  'select' | 'selectDistinct' | 'with' | '$with' | 'execute' | 'insert' | 'update' | 'delete'
>

/** A pool on `url`. Each statement, lock and idle transaction has an end, so that nothing hangs for ever. */
export function connect(url: string, { max = 12, statementTimeout = 10_000 } = {}): Client {
  const client = postgres(url, {
    max,
    connect_timeout: 5,
    // By itself it waits up to 20 seconds after some attempts in vain, when the database may be back long since.
    backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 0.4),
    idle_timeout: 300,
    onnotice: () => undefined,
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: 'license-central',
      statement_timeout: statementTimeout,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
      client_connection_check_interval: 1_000,
      // A page is small work; and pieces of a UNION ALL must come one after the other (lib/table/page.ts).
      max_parallel_workers_per_gather: 0,
      // Where the rows of a filter stand among 5,000,000 devices is noted in 9 MB; in less, all rows around them are looked at.
      work_mem: '16MB',
    },
  })
  drizzle(client) // sets the client's date parsers, for its transactions too
  return pipelined(client)
}

const dialect = new QuickDialect({ casing: 'snake_case' })

/** Drizzle on an open transaction of postgres.js. */
const onTransaction = (tx: TransactionSql): AnyDatabase =>
  new PgDatabase(dialect, new PostgresJsSession(tx as unknown as Sql, dialect, undefined), undefined)

/** About 250 KB each in every connection that has met it; a page and the Overview are thirty. */
const isKept = keptShapes(100)

/**
 * Drizzle never prepares: each statement would be planned anew (3 ms with the indexes of devices) and ask for its types
 * in a round trip of its own, so that no two travel together.
 */
function preparing(tx: TransactionSql): TransactionSql {
  const { unsafe } = tx
  const prepared: typeof unsafe = (text, parameters, more) =>
    unsafe(text, parameters, { ...more, prepare: isKept(text) })
  return Object.assign(tx, { unsafe: prepared })
}

const readerOn = (tx: TransactionSql, planning: Planning = {}): Reader =>
  Object.assign(onTransaction(preparing(tx)), { planning })

const SNAPSHOT = 'isolation level repeatable read read only'

/**
 * Who acts, for row-level security, and the clock of the application; set for one transaction only, as is how that plans,
 * where it begins with something else than the server has.
 */
export type Identity = { userId: number | null; now: Date; planning?: Planning }

/** The same as text for the end of a select list. */
const planningText = (planning: Planning = {}) =>
  Object.entries(planning)
    .map(([name, value]) => `, set_config('${name}', '${value}', true)`)
    .join('')

const identify = (tx: TransactionSql, { userId, now, planning }: Identity) =>
  tx.unsafe(`select app.become($1, $2)${planningText(planning)}`, [userId, now.toISOString()], { prepare: true })

/** Plans what follows otherwise; nothing is sent where it is planned so already. */
export function plan(reader: Reader, planning: Planning): PromiseLike<unknown> | undefined {
  const inForce = { ...reader.planning, ...planning }
  if (isDeepStrictEqual(inForce, { ...reader.planning })) return undefined
  reader.planning = inForce
  return reader.execute(sql.raw(`select ${planningText(planning).slice(2)}`))
}

/**
 * What reads in one snapshot. `allAsked` says that what is on its way is the last of it: the end of the transaction travels
 * along then, and a statement that follows fails.
 */
export type Reading<T> = (reader: Reader, allAsked: () => void) => Promise<T>

/** Lets a transaction end when its work is done, or has asked for all that it wants. */
async function untilAsked(work: (allAsked: () => void) => Promise<void>, reject: (error: unknown) => void) {
  let end: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    end = resolve
  })
  // A statement is sent some microtasks after it was made; what is sent before those end travels together.
  const done = work(() => process.nextTick(end))
  // The transaction, which would tell, has ended before what fails then.
  void asked.then(() => done.catch(reject))
  await Promise.race([done, asked])
}

/**
 * A read-only snapshot as one person. The identity travels with the first query, and nobody waits for the end of a
 * transaction that changed nothing: neither is a round trip of its own.
 */
export function readAs<T>(client: Client, identity: Identity, work: Reading<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const read = (tx: TransactionSql) =>
      untilAsked(async (allAsked) => {
        const identified = identify(tx, identity)
        const [, result] = await Promise.all([identified, work(readerOn(tx, identity.planning), allAsked)])
        resolve(result)
      }, reject)
    transaction(client, SNAPSHOT, read).catch(reject)
  })
}

/** What a replica must have to be read from for a person in an account: `writes` of theirs, the day, all up to `position`. */
export type Needs = { writes: number; accountId: number; day: string; position: string }

/** As `readAs`, where the replica has what is needed; null where it has not. */
export function readOnReplica<T>(
  client: Client,
  { userId, now, planning }: Identity,
  { writes, accountId, day, position }: Needs,
  work: Reading<T>,
): Promise<{ result: T } | null> {
  return new Promise((resolve, reject) => {
    const read = (tx: TransactionSql) =>
      untilAsked(async (allAsked) => {
        const [row] = await tx.unsafe<{ became: boolean }[]>(
          `select app.become_on_replica($1, $2, $3, $4, $5, $6) as became${planningText(planning)}`,
          [userId, now.toISOString(), writes, accountId, day, position],
          { prepare: true },
        )
        resolve(row?.became ? { result: await work(readerOn(tx, planning), allAsked) } : null)
      }, reject)
    transaction(client, SNAPSHOT, read).catch(reject)
  })
}

/** A transaction that may write, as one person. `onCommitted` is told how many of theirs there have been. */
export async function writeAs<T>(
  client: Client,
  identity: Identity,
  work: (writer: Writer) => Promise<T>,
  onCommitted?: (writes: number) => void,
): Promise<T> {
  const { result, writes } = await transaction(client, '', async (tx) => {
    const [, result] = await Promise.all([identify(tx, identity), work(onTransaction(tx))])
    // Counted last, so that nobody waits for the count longer than the end of the transaction takes.
    return { result, writes: await countWrite(tx, identity) }
  })
  onCommitted?.(writes)
  return result
}

async function countWrite(tx: TransactionSql, { userId }: Identity): Promise<number> {
  if (userId === null) return 0
  const [row] = await tx`
    insert into person_writes as w (user_id, writes) values (${userId}, 1)
    on conflict (user_id) do update set writes = w.writes + 1 returning writes`
  return Number(row?.['writes'])
}

/** Who comes by a link, for row-level security: hashes of the link and of its session. */
export type LinkIdentity = { link: string; session: string; now: Date }

/** A read-only snapshot of what one link opens, with its share as the database has it; null where it opens nothing. */
export async function readAsLink<T>(
  client: Client,
  { link, session, now }: LinkIdentity,
  work: (reader: Reader, share: unknown) => Promise<T>,
): Promise<T | null> {
  return transaction(client, SNAPSHOT, async (tx) => {
    const [row] = await tx`select app.become_link(${link}, ${session}, ${now.toISOString()}) as share`
    return row?.['share'] ? work(onTransaction(tx), row['share']) : null
  })
}
