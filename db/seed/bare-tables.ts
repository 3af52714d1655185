import { getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Client } from 'pg'

type Definition = { drop: string; create: string }

const INDEXES = `
  SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS create
  FROM pg_index i
  WHERE i.indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  ORDER BY i.indexrelid`
const FOREIGN_KEYS = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create
  FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY ($1::regclass[]) ORDER BY oid`

/**
 * Runs `load` while `tables` have neither indexes, foreign keys nor triggers, and then gives them all back: made at
 * once from all rows, and each foreign key checked. COPY needs row security not to be forced on the owner meanwhile.
 * Call it in a transaction, so that a failure leaves everything as it was.
 */
export async function withBareTables(
  client: Client,
  tables: readonly PgTable[],
  load: () => Promise<void>,
): Promise<void> {
  const names = tables.map((table) => getTableName(table))
  const each = (clause: string) => names.map((name) => `ALTER TABLE "${name}" ${clause}`)
  const forced = await client.query<{ name: string }>(
    'SELECT relname AS name FROM pg_class WHERE oid = ANY ($1::regclass[]) AND relforcerowsecurity',
    [names],
  )
  const indexes = await client.query<Definition>(INDEXES, [names])
  const foreignKeys = await client.query<Definition>(FOREIGN_KEYS, [names])
  const definitions = [...foreignKeys.rows, ...indexes.rows]
  await run(client, [
    ...forced.rows.map(({ name }) => `ALTER TABLE "${name}" NO FORCE ROW LEVEL SECURITY`),
    ...each('DISABLE TRIGGER USER'),
    ...definitions.map((definition) => definition.drop),
  ])
  await load()
  await run(client, [
    ...indexes.rows.map((index) => index.create),
    ...foreignKeys.rows.map((key) => key.create),
    ...each('ENABLE TRIGGER USER'),
    ...forced.rows.map(({ name }) => `ALTER TABLE "${name}" FORCE ROW LEVEL SECURITY`),
  ])
}

async function run(client: Client, statements: string[]): Promise<void> {
  for (const statement of statements) await client.query(statement)
}
