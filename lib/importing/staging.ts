import 'server-only'
import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { readCsv } from './csv'
import type { Format } from './formats'
import { readJson } from './json'
import { type Matched, matchColumns, RowProblem, rowOf } from './rules'
import type { FileKind, RowReader, Run } from './schema'
import type { Table, Unit } from './table'
import { isZip, refuseSize, textOf } from './upload'
import { readWorkbook } from './workbook'

const CHUNK = 5_000

export type OpenedFile = { table: Table; matched: Matched; unit: Unit }

type Staged = { line: number; key: string | null; data: Record<string, unknown>; problem: string | null }

/** Reads a file as far as is needed to know that it is one of this format. Throws Invalid. */
export async function openFile(
  bytes: Uint8Array,
  { file, fields }: Pick<Format, 'file' | 'fields'>,
): Promise<OpenedFile> {
  const table = await tableOf(bytes, file)
  const matched = matchColumns(table.headers, fields, file.kind === 'json' ? 'field' : 'column')
  return { table, matched, unit: units[file.kind] }
}

/** What the rows of a kind of file are called. */
export const units: Record<FileKind['kind'], Unit> = { csv: 'line', workbook: 'row', json: 'record' }

async function tableOf(bytes: Uint8Array, file: FileKind): Promise<Table> {
  if (file.kind === 'json') return readJson(textOf(bytes, 'json'), file.list, file.outer)
  refuseSize(bytes)
  if (file.kind === 'workbook' && isZip(bytes)) return readWorkbook(bytes)
  return readCsv(textOf(bytes, 'csv'))
}

/** Every row of a file with what it says or what is wrong with it. `day` is the account's. */
export function* readRows(
  { table, matched, unit }: OpenedFile,
  { fields, reader }: Format,
  day: string,
): Generator<Staged> {
  const read = reader({ unit, day })
  for (const { line, cells, problem } of table.rows()) {
    yield readRow(line, () => {
      if (problem) throw new RowProblem(problem)
      return read(rowOf(cells, table.headers.length, matched, fields), line)
    })
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
