import { type SQL, sql } from 'drizzle-orm'

// Between a table's columns and the JSON of plans and change sets, whose keys are the names of the code. All names come
// from constants of this folder, never from a file.

export type ColumnType = 'text' | 'date' | 'integer' | 'bigint' | 'jsonb'
type Columns = Readonly<Record<string, ColumnType>>

const snake = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const list = (columns: Columns, each: (key: string, type: ColumnType) => string) =>
  sql.raw(
    Object.entries(columns)
      .map(([key, type]) => each(key, type))
      .join(', '),
  )

/** `a, b_c` */
export const columnNames = (columns: Columns): SQL => list(columns, snake)

/** `'a', t.a, 'bC', t.b_c`: the arguments of jsonb_build_object. */
export const jsonOf = (table: string, columns: Columns): SQL =>
  list(columns, (key) => `'${key}', ${table}.${snake(key)}`)

const value = (json: string, key: string, type: ColumnType) =>
  type === 'jsonb' ? `${json}->'${key}'` : `(${json}->>'${key}')::${type}`

/** The values of a JSON object, in the order of columnNames; `missing` stands in where one must not be null. */
export const typed = (json: string, columns: Columns, missing: Record<string, SQL> = {}): SQL =>
  sql.join(
    Object.entries(columns).map(([key, type]) => {
      const found = sql.raw(value(json, key, type))
      return missing[key] ? sql`coalesce(${found}, ${missing[key]})` : found
    }),
    sql`, `,
  )

/** The same where a key that is not there leaves the column as it is. */
export const typedOr = (json: string, table: string, columns: Columns): SQL =>
  list(
    columns,
    (key, type) => `case when ${json} ? '${key}' then ${value(json, key, type)} else ${table}.${snake(key)} end`,
  )
