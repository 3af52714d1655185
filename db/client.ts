import 'server-only'
import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'

export type Client = Sql
type AnyDatabase = PgDatabase<
  PostgresJsQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>

/** What reads: has no insert, update or delete, and its transaction is read-only in the database too. */
export type Reader = Pick<AnyDatabase, 'select' | 'selectDistinct' | 'with' | '$with' | 'execute'>
export type Writer = Pick<
  AnyDatabase,
  'select' | 'selectDistinct' | 'with' | '$with' | 'execute' | 'insert' | 'update' | 'delete'
>

/** A pool on `url`. Each statement, lock and idle transaction has an end, so that nothing hangs for ever. */
export function connect(url: string, { max = 12, statementTimeout = 10_000 } = {}): Client {
  const client = postgres(url, {
    max,
    connect_timeout: 5,
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
    },
  })
  drizzle(client) // sets the client's date parsers, for its transactions too
  return client
}

/** Drizzle on an open transaction of postgres.js, which lacks nothing that Drizzle uses but the client's options. */
const onTransaction = ({ options }: Client, tx: TransactionSql): AnyDatabase =>
  drizzle(Object.assign(tx, { options }) as unknown as Sql, { casing: 'snake_case' })

/** Who acts, for row-level security, and the clock of the application; both set for one transaction only. */
export type Identity = { userId: number | null; now: Date }

const identify = (tx: TransactionSql, { userId, now }: Identity) =>
  tx`select app.become(${userId}, ${now.toISOString()})`

/** A read-only snapshot as one person. The identity travels with the first query: no round trip of its own. */
export async function readAs<T>(client: Client, identity: Identity, work: (reader: Reader) => Promise<T>): Promise<T> {
  const [, result] = await client.begin('isolation level repeatable read read only', (tx) =>
    Promise.all([identify(tx, identity), work(onTransaction(client, tx))]),
  )
  return result as T
}

/** A transaction that may write, as one person. */
export async function writeAs<T>(client: Client, identity: Identity, work: (writer: Writer) => Promise<T>): Promise<T> {
  return (await client.begin(async (tx) => {
    await identify(tx, identity)
    return work(onTransaction(client, tx))
  })) as T
}
