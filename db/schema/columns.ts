import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core'

/** Ids are bigint identities, carried as JavaScript numbers (safe up to 2^53). */
export const id = () => bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity()

export const ref = () => bigint({ mode: 'number' })

/** The tenant. It leads every primary key, foreign key and index of a tenant table. */
export const tenant = () => bigint({ mode: 'number' }).notNull()

export const instant = () => timestamp({ withTimezone: true, mode: 'date' })

export const createdAt = () => instant().notNull().defaultNow()

/** Where a fact comes from when its row does not say otherwise. */
export type FactSource = { source: string; asOf: string; importRunId?: number }

/**
 * Source and time of a row's facts. `factSources` names, by column, the facts
 * that came from elsewhere than the row as a whole.
 */
export const provenance = () => ({
  source: text().notNull(),
  asOf: instant().notNull(),
  factSources: jsonb().$type<Record<string, FactSource>>(),
  version: integer().notNull().default(1),
})

/** The check behind a text column with a closed set of values. */
export const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`)
