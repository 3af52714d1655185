import { countryCode } from '@/lib/countries'
import { Invalid } from '@/lib/errors'
import type { Field, Row } from './schema'
import { MOST_CELL, type Unit } from './table'

/** Why one row cannot be used, in the words of its person. The row is left out, the others go in. */
export class RowProblem extends Error {}

/** Refuses a key that an earlier row of the file has; one that was left out itself does not count. */
export function onlyOnce(what: string, unit: Unit) {
  const lines = new Map<string, number>()
  return <T>(key: string, line: number, read: () => T): T => {
    const earlier = lines.get(key)
    if (earlier) throw new RowProblem(`${what} ${printable(key)} stands in ${unit} ${earlier} already.`)
    const facts = read()
    lines.set(key, line)
    return facts
  }
}

/** What is there of some values. */
export function given<T>(values: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined))
}

/** Text of a file, fit to be shown: short, and without characters that a terminal or a page would obey. */
export function printable(text: string, most = 60): string {
  const clean = text.replaceAll(UNSEEN, '�').replaceAll(/\s+/g, ' ').trim()
  return clean.length > most ? `${clean.slice(0, most)}…` : clean
}

// Control characters, and those that turn the direction of the text around them.
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu

const normal = (header: string) =>
  header
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase()

export type Matched = { columns: Map<string, number>; used: { header: string; label: string }[]; unused: string[] }

/**
 * Which column holds which field. Case, spaces and underscores do not matter; an exact name wins over one inside a longer
 * header. Throws Invalid that names the columns which are missing or stand twice.
 */
export function matchColumns(
  headers: readonly string[],
  fields: readonly Field[],
  word: 'column' | 'field' = 'column',
): Matched {
  const place = { column: 'header', field: 'records' }[word]
  const names = headers.map(normal)
  const columns = new Map<string, number>()
  const problems: string[] = []
  const free = (at: number) => ![...columns.values()].includes(at)
  for (const { id, label, names: wanted } of fields) {
    const name = wanted.map(normal).find((candidate) => names.includes(candidate))
    if (name === undefined) continue
    columns.set(id, names.indexOf(name))
    if (names.indexOf(name) !== names.lastIndexOf(name))
      problems.push(`The ${word} “${label}” stands twice in the ${place}.`)
  }
  for (const { id, name } of loose(fields.filter((field) => !columns.has(field.id)))) {
    const found = names.flatMap((header, at) => (free(at) && ` ${header} `.includes(` ${name} `) ? [at] : []))
    if (found.length === 1 && found[0] !== undefined && !columns.has(id)) columns.set(id, found[0])
  }
  const missing = fields.filter(({ id, required }) => required && !columns.has(id)).map(({ label }) => `“${label}”`)
  if (missing.length > 0)
    problems.push(`The file lacks the ${missing.length === 1 ? word : `${word}s`} ${missing.join(', ')}.`)
  if (problems.length > 0) throw new Invalid(problems)
  const used = fields.flatMap(({ id, label }) => {
    const at = columns.get(id)
    return at === undefined ? [] : [{ header: printable(headers[at] ?? ''), label }]
  })
  const unused = headers.filter((header, at) => free(at) && header.trim() !== '').map((header) => printable(header))
  return { columns, used, unused }
}

/** Names of two words and more, the longest first: “parent instance number” before “instance number”. */
function loose(fields: readonly Field[]): { id: string; name: string }[] {
  return fields
    .filter(({ exact }) => !exact)
    .flatMap(({ id, names }) => names.map((name) => ({ id, name: normal(name) })))
    .filter(({ name }) => name.includes(' '))
    .sort((one, other) => other.name.length - one.name.length)
}

/** Gives the cells of a record by field: trimmed, spaces folded, Excel's `="…"` unwrapped. Throws RowProblem. */
export function rowOf(cells: readonly string[], width: number, { columns }: Matched, fields: readonly Field[]): Row {
  if (cells.length !== width) throw new RowProblem(`It has ${cells.length} cells, the header has ${width}.`)
  return valuesOf(fields, ({ id }) => {
    const at = columns.get(id)
    return at === undefined ? undefined : cells[at]
  })
}

/** The same for a record inside a record. */
export function rowOfRecord(record: ReadonlyMap<string, string>, fields: readonly Field[]): Row {
  const byName = new Map([...record].map(([name, value]) => [normal(name), value]))
  return valuesOf(fields, ({ names }) => names.map((name) => byName.get(normal(name))).find(Boolean))
}

function valuesOf(fields: readonly Field[], rawOf: (field: Field) => string | undefined): Row {
  const values = new Map<string, string>()
  for (const field of fields) {
    const raw = rawOf(field) ?? ''
    if (raw === '') continue
    const { id, label } = field
    if (raw.length > MOST_CELL)
      throw new RowProblem(`${label} is longer than ${MOST_CELL.toLocaleString('en-US')} characters.`)
    const cell = folded(/^="(.*)"$/s.exec(raw)?.[1] ?? raw)
    if (cell.search(UNSEEN) >= 0) throw new RowProblem(`${label} holds characters that cannot be seen.`)
    if (cell !== '') values.set(id, cell)
  }
  return (id) => values.get(id)
}

const isPlain = /^[!-~]+( [!-~]+)*$/
const folded = (cell: string) => (isPlain.test(cell) ? cell : cell.normalize('NFC').replaceAll(/\s+/g, ' ').trim())

/** Free text of at most `most` characters; what is longer would not be a name any more, and no index would hold it. */
export function text(row: Row, { id, label }: Field, most = 255): string | undefined {
  const value = row(id)
  if (value !== undefined && value.length > most) throw new RowProblem(`${label} is longer than ${most} characters.`)
  return value
}

/** A number or code, kept as text. Refuses what a spreadsheet has made of a long number. */
export function code(row: Row, field: Field): string | undefined {
  const value = text(row, field, 100)
  if (value !== undefined && /^\d(?:[.,]\d+)?E\+\d+$/i.test(value))
    throw new RowProblem(`${field.label} “${value}” was rounded by a spreadsheet program. Export the file again.`)
  return value
}

/** A whole number that is not negative and fits a column. */
export function count(row: Row, { id, label }: Field): number | undefined {
  const value = row(id)
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw new RowProblem(`${label} “${printable(value, 30)}” is not a whole number.`)
  return Number(value)
}

/** A product identifier, in upper case. */
export function pid(row: Row, field: Field): string | undefined {
  const value = code(row, field)?.toUpperCase()
  if (value !== undefined && !/^[A-Z0-9][A-Z0-9 ._/+=:#()&,*-]*$/.test(value))
    throw new RowProblem(`${field.label} “${printable(value)}” is not a product identifier.`)
  return value
}

/** A country by name or code, as its code. */
export function country(row: Row, { id, label }: Field): string | undefined {
  const value = row(id)
  if (value === undefined) return undefined
  const found = countryCode(value)
  if (!found) throw new RowProblem(`${label} “${printable(value, 30)}” is not a country.`)
  return found
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A calendar date as `YYYY-MM-DD`, from `12-May-20`, `12-May-2020` or `2020-05-12` (a time of day is dropped). */
export function date(row: Row, { id, label }: Field): string | undefined {
  const value = row(id)
  if (value === undefined) return undefined
  const iso = dateOf(value)
  if (!iso) throw new RowProblem(`${label} “${printable(value, 30)}” is not a date like 12-May-20 or 2020-05-12.`)
  return iso
}

export function dateOf(value: string): string | null {
  const spoken = /^(\d{1,2})[- ]([a-z]{3})[a-z]*[- ](\d{4}|\d{2})$/i.exec(value)
  const written = /^(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+Z?)?$/.exec(value)
  const parts = spoken
    ? [fullYear(spoken[3] ?? ''), MONTHS.indexOf((spoken[2] ?? '').toLowerCase()) + 1, Number(spoken[1])]
    : (written?.slice(1, 4).map(Number) ?? [])
  const [year = 0, month = 0, day = 0] = parts
  if (year < 1950 || year > 2150 || month < 1) return null
  const made = new Date(Date.UTC(year, month - 1, day))
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made.toISOString().slice(0, 10) : null
}

/** Two digits are of this century up to 69, as spreadsheets and Unix read them. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return year < 70 ? 2000 + year : 1900 + year
}
