import { Invalid } from '@/lib/errors'
import { type Found, lineAt, scanJson } from './json-scan'
import { MOST_COLUMNS, type RawRow, type Table } from './table'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Named = { [name: string]: Json }

/**
 * A list of records as a table: a column for each name, `contract.number` for one inside another. Lists of records inside
 * a record stay JSON (see nestedRows). JSON.parse only ever sees one record, whose size and depth the scan has bounded:
 * a streaming parser was slower by ten and a process of its own would need the same bounds again. Throws Invalid when
 * the file is not JSON to its end; a record that cannot be trusted is a row with a problem. A value called `outer` that
 * stands around a list is a column too.
 */
export function readJson(text: string, list: string, outer?: string): Table {
  const { records, lists, around } = scanJson(text, list)
  const surroundings = parse(around, () => 'The file is not valid JSON.')
  const nothing = lists === 0 ? `The file has no list “${list}”.` : `The list “${list}” holds no records.`
  if (records.length === 0) throw new Invalid([refusalOf(surroundings) ?? nothing])
  const shared = new Map<number, string>()
  if (outer) findOuter(surroundings, outer, '', shared)
  const columns = new Map<string, number>()
  for (const found of records) {
    for (const name of flat(recordOf(text, found)).keys()) if (!columns.has(name)) columns.set(name, columns.size)
    if (columns.size > MOST_COLUMNS)
      throw new Invalid([`The record in line ${lineAt(text, found.start)} has more than ${MOST_COLUMNS} fields.`])
  }
  const names = [...columns.keys()]
  const added = outer && !columns.has(outer) && shared.size > 0 ? [outer] : []
  function* rows(): Generator<RawRow> {
    for (const [index, found] of records.entries()) {
      const record = recordOf(text, found)
      const cells = flat(record)
      const problem = problemOf(record, found)
      const own = names.map((name) => cells.get(name) ?? '')
      const row = { line: index + 1, cells: [...own, ...added.map(() => shared.get(found.list) ?? '')] }
      yield problem === null ? row : { ...row, problem }
    }
  }
  return { headers: [...names, ...added], delimiter: '', rows }
}

/** The value called `name` that is nearest around each list. */
function findOuter(value: Json, name: string, before: string, into: Map<number, string>): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'number') into.set(item, before)
      else findOuter(item, name, before, into)
    }
  } else if (isRecord(value)) {
    const nearest = Object.values(value).flatMap((inner) => (isRecord(inner) ? inner[name] : []))
    const own = [value[name], ...nearest].find((one) => typeof one === 'string' || typeof one === 'number')
    for (const inner of Object.values(value)) findOuter(inner, name, own === undefined ? before : String(own), into)
  }
}

/** An answer that is none: what its service says. */
function refusalOf(around: Json): string | null {
  if (around === null || typeof around !== 'object' || Array.isArray(around)) return null
  const said = [around['statusMessage'], around['message'], around['error_description'], around['error']]
  const text = said.find((value) => typeof value === 'string' && value !== '')
  const isRefusal = String(around['status']).toUpperCase() === 'ERROR' || around['error'] !== undefined
  return isRefusal ? `The file holds an error instead of data${text ? `: ${String(text).slice(0, 200)}` : ''}.` : null
}

/** The records of a cell that holds a list of them; null when it holds something else. */
export function nestedRows(cell: string): Map<string, string>[] | null {
  try {
    const value = JSON.parse(cell) as Json
    return Array.isArray(value) && value.every(isRecord) ? value.map((item) => flat(item as Named)) : null
  } catch {
    return null
  }
}

const isRecord = (value: Json): value is Named => value !== null && typeof value === 'object' && !Array.isArray(value)

function parse(text: string, problem: () => string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Invalid([problem()])
  }
}

const recordOf = (text: string, { start, end }: Found): Named =>
  parse(text.slice(start, end), () => `The record in line ${lineAt(text, start)} is not valid JSON.`) as Named

/** Values by name, as text. A list of plain values is one text; empty and null are not there. */
function flat(record: Named, before = '', into = new Map<string, string>()): Map<string, string> {
  for (const [name, value] of Object.entries(record)) {
    const path = before + name
    if (isRecord(value)) flat(value, `${path}.`, into)
    else if (value !== null && value !== '') into.set(path, textOf(value))
  }
  return into
}

function textOf(value: Json): string {
  if (!Array.isArray(value)) return String(value)
  return value.some((item) => item !== null && typeof item === 'object') ? JSON.stringify(value) : value.join('; ')
}

/** JSON lets the last of two equal names win, and rounds long numbers without a word. */
function problemOf(record: Named, { names }: Found): string | null {
  const counted = { names: 0, isRounded: false }
  count(record, counted)
  if (counted.names !== names) return 'It gives two values to one name.'
  return counted.isRounded ? 'It holds a number that is too long to be read exactly. It has to stand in quotes.' : null
}

function count(value: Json, counted: { names: number; isRounded: boolean }): void {
  if (typeof value === 'number') counted.isRounded ||= Math.abs(value) > Number.MAX_SAFE_INTEGER
  else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) count(inner, counted)
    if (!Array.isArray(value)) counted.names += Object.keys(value).length
  }
}
