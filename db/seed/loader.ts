import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getTableColumns, getTableName, type InferInsertModel, is } from 'drizzle-orm'
import { PgArray, type PgTable } from 'drizzle-orm/pg-core'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

type Buffered = { copy: string; keys: string[]; lists: ReadonlySet<string>; full: Buffer[]; open: Buffer; used: number }

const BUFFER_BYTES = 256 * 1024

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escapeText = (text: string) => text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char)

/** One value in the text format of COPY. */
function cell(value: unknown): string {
  if (typeof value === 'string') return /[\\\t\n\r]/.test(value) ? escapeText(value) : value
  if (value === null || value === undefined) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return typeof value === 'object' ? escapeText(JSON.stringify(value)) : String(value)
}

/** Numbers for a column of an array type. */
const list = (values: unknown) => `{${String(values)}}`

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Collects whole rows of tables and writes them by COPY, one table after the other. Rows give every column that is not generated. */
export class Loader {
  readonly #client: Client
  readonly #tables = new Map<PgTable, Buffered>()
  #rows = 0

  constructor(client: Client) {
    this.#client = client
  }

  /** How many rows wait to be written. */
  get waiting(): number {
    return this.#rows
  }

  add<T extends PgTable>(table: T, row: Required<InferInsertModel<T>>): void {
    const buffered = this.#tables.get(table) ?? this.#open(table)
    const values = row as Record<string, unknown>
    const cells = buffered.keys.map((key) => (buffered.lists.has(key) ? list(values[key]) : cell(values[key])))
    write(buffered, `${cells.join('\t')}\n`)
    this.#rows++
  }

  async flush(): Promise<void> {
    this.#rows = 0
    for (const buffered of this.#tables.values()) {
      const { full, open, used } = buffered
      if (used === 0) continue
      buffered.full = []
      buffered.open = Buffer.allocUnsafe(BUFFER_BYTES)
      buffered.used = 0
      await pipeline(Readable.from([...full, open.subarray(0, used)]), this.#client.query(copyFrom(buffered.copy)))
    }
  }

  #open(table: PgTable): Buffered {
    const given = Object.entries(getTableColumns(table)).filter(([, { generated }]) => !generated)
    const keys = given.map(([key]) => key)
    const lists = new Set(given.flatMap(([key, column]) => (is(column, PgArray) ? [key] : [])))
    const columns = keys.map((key) => `"${snakeCase(key)}"`).join(', ')
    const copy = `COPY "${getTableName(table)}" (${columns}) FROM STDIN`
    const buffered = { copy, keys, lists, full: [], open: Buffer.allocUnsafe(BUFFER_BYTES), used: 0 }
    this.#tables.set(table, buffered)
    return buffered
  }
}

/** Rows become bytes at once: strings that are kept until the next flush would be moved by every garbage collection. */
function write(buffered: Buffered, line: string): void {
  const most = line.length * 3
  if (buffered.used + most > buffered.open.length) {
    buffered.full.push(buffered.open.subarray(0, buffered.used))
    buffered.open = Buffer.allocUnsafe(Math.max(BUFFER_BYTES, most))
    buffered.used = 0
  }
  buffered.used += buffered.open.write(line, buffered.used)
}

/** Inserts one row the ordinary way, with the defaults and triggers of its table. */
export async function insertRow<T extends PgTable>(client: Client, table: T, row: InferInsertModel<T>): Promise<void> {
  const given = Object.entries(row as Record<string, unknown>).filter(([, value]) => value !== undefined)
  const columns = given.map(([key]) => `"${snakeCase(key)}"`).join(', ')
  const places = given.map((_, index) => `$${index + 1}`).join(', ')
  const values = given.map(([, value]) => value)
  await client.query(`INSERT INTO "${getTableName(table)}" (${columns}) VALUES (${places})`, values)
}
