import 'server-only'
import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type CsvFile, readCsv } from './csv'
import type { Format } from './formats'
import { type Matched, matchColumns, RowProblem, rowOf } from './rules'
import type { RowReader, Run } from './schema'
import { textOf } from './upload'

const CHUNK = 5_000

export type OpenedFile = { csv: CsvFile; matched: Matched }

type Staged = { line: number; key: string | null; data: Record<string, unknown>; problem: string | null }

/** Reads a file as far as is needed to know that it is one of this format. Throws Invalid. */
export function openFile(bytes: Uint8Array, format: Format): OpenedFile {
  const csv = readCsv(textOf(bytes))
  return { csv, matched: matchColumns(csv.headers, format.fields) }
}

/** Every row of a file with what it says or what is wrong with it. */
export function* readRows({ csv, matched }: OpenedFile, { fields, reader }: Format): Generator<Staged> {
  const read = reader()
  for (const { line, cells } of csv.rows()) {
    yield readRow(line, () => read(rowOf(cells, csv.headers.length, matched, fields), line))
  }
}

function readRow(line: number, read: () => ReturnType<ReturnType<RowReader>>): Staged {
  try {
    const { key, data, about } = read()
    return { line, key, data: about ? { ...data, about } : data, problem: null }
  } catch (error) {
    if (error instanceof RowProblem) return { line, key: null, data: {}, problem: error.message }
    throw error
  }
}

/** Puts the rows of a file beside its run, a few thousand a statement; `report` is told how many are there. */
export async function stage(
  tx: Writer,
  { accountId, id }: Run,
  rows: Iterable<Staged>,
  report?: (rows: number) => void,
): Promise<void> {
  let chunk: Staged[] = []
  let done = 0
  const flush = async () => {
    await tx.execute(sql`
      insert into import_rows (smart_account_id, import_run_id, line, key, data, problem)
      select ${accountId}::bigint, ${id}::bigint, r.line, r.key, r.data, r.problem
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) r (line integer, key text, data jsonb, problem text)`)
    done += chunk.length
    chunk = []
    report?.(done)
  }
  for (const row of rows) {
    chunk.push(row)
    if (chunk.length >= CHUNK) await flush()
  }
  if (chunk.length > 0) await flush()
}
