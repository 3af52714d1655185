import { type SQL, sql } from 'drizzle-orm'

/**
 * A whole number or a date as text of the statement: a plan that is kept for all values takes a limit it does not know
 * for a tenth of the table, and any stretch of time for as rare as another.
 */
export function literal(value: number | string): SQL {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return sql.raw(String(value))
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return sql.raw(`'${value}'`)
  throw new Error(`${value} is neither a whole number nor a date.`)
}

/** Values as the text of an array, for one parameter. */
export const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
