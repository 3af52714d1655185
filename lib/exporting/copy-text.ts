import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { ExportColumn } from './columns'
import type { ExportRows } from './rows'
import { cellFrame, SHEET_MARK, SHEET_ROWS } from './sheet-cells'
import { CELL_LENGTH, CODED, FORMULA, NO_XML, SUSPECTS, UNUSUAL } from './text-rules'

/** What the database writes itself, row by row: whole lines of a file, or, as `values`, the values for words that it does not know. */
export type Written = 'csv' | 'xlsx' | 'jsonl' | 'values'

/** What is selected of the rows `x`, or of what is made of them. */
type Lines = { line: SQL; from?: SQL }

const dialect = new PgDialect({ casing: 'snake_case' })
/** COPY writes one column of text as it stands, when nothing in it is this delimiter or this quote: no JSON and no XML is. */
const AS_IT_STANDS = sql.raw(`(format csv, delimiter E'\\x02', quote E'\\x01')`)

/** The COPY statement of these rows. It takes no parameters, so values stand in it as literals. */
export function copyText(rows: ExportRows, columns: readonly ExportColumn[], written: Written): string {
  const { line, from = sql`x` } = lines[written](columns)
  const form = written === 'csv' ? sql.raw('(format csv)') : AS_IT_STANDS
  const statement = sql`copy (with ${rows.names}x as not materialized (${rows.select}) select ${line} from ${from}) to stdout ${form}`
  return dialect.sqlToQuery(statement.inlineParams()).sql
}

const inRow = ({ name }: ExportColumn) => sql`x.${sql.identifier(name)}`
const instant = (place: SQL) => sql`to_char(${place} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
const isText = ({ kind }: ExportColumn) => kind === 'text' || kind === 'code'
const listed = (parts: SQL[]) => sql.join(parts, sql`, `)
const pattern = (text: string) => sql`${text}::text`

/** Values as text, numbers and ISO dates. */
const plainly = (column: ExportColumn) => (column.kind === 'instant' ? instant(inRow(column)) : inRow(column))

function csvLine(columns: readonly ExportColumn[]): Lines {
  const suspects = sql.raw(`'{${SUSPECTS.join(',')}}'::int[]`)
  const values = columns.map((column) => {
    const place = inRow(column)
    if (!isText(column) || column.isClosed) return plainly(column)
    return sql`case when ascii(${place}) = any (${suspects}) and ${place} ~ ${pattern(FORMULA)} then '''' || ${place} else ${place} end`
  })
  return { line: listed(values) }
}

function jsonLine(columns: readonly ExportColumn[]): Lines {
  const values = columns.map((column) => sql`${plainly(column)} as ${sql.identifier(column.name)}`)
  return { line: sql`row_to_json(j)`, from: sql`(select ${listed(values)} from x) j` }
}

const valuesLine = (columns: readonly ExportColumn[]): Lines => ({
  line: sql`json_build_array(${listed(columns.map(plainly))})`,
})

/** A row of a sheet with its number; the first one of each sheet has the mark before it. */
function sheetLine(columns: readonly ExportColumn[]): Lines {
  const cells = columns.map((column, index) => {
    const [before, after, end] = cellFrame(column, index).map((text) => sql`${text}::text`)
    return sql`${before} || x.row || ${after} || ${cellValue(column)} || ${end}`
  })
  const start = sql`case x.row when '2' then ${`${SHEET_MARK}<row r="`}::text else '<row r="' end`
  return {
    line: sql`concat(${listed([start, sql`x.row`, sql`'">'`, ...cells, sql`'</row>'`])})`,
    from: sql`(select x.*, ((row_number() over () - 1) % ${sql.raw(String(SHEET_ROWS - 1))} + 2)::text as row from x) x`,
  }
}

function cellValue(column: ExportColumn): SQL {
  const place = inRow(column)
  if (column.kind === 'number') return sql`${place}::text`
  if (column.kind === 'date') return sql`(${place} - date '1899-12-30')::text`
  if (column.kind === 'instant') {
    const seconds = sql`floor(extract(epoch from ${place}))::bigint`
    return sql`(${seconds} / 86400 + 25569 || '.' || lpad(ceil(${seconds} % 86400 * 10000000000 / 86400.0)::bigint::text, 10, '0'))`
  }
  if (column.isClosed) return sql`'>' || ${place}`
  return sql`case when ${place} ~ ${pattern(UNUSUAL)} or octet_length(${place}) > ${CELL_LENGTH} then ' xml:space="preserve">' || ${escaped(place)} else '>' || ${place} end`
}

function escaped(place: SQL): SQL {
  const clean = sql`regexp_replace(regexp_replace(left(${place}, ${CELL_LENGTH}), ${pattern(NO_XML)}, '', 'g'), ${pattern(CODED)}, '_x005F_', 'g')`
  const coded = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }
  return Object.entries(coded).reduce((text, [from, to]) => sql`replace(${text}, ${from}::text, ${to}::text)`, clean)
}

const lines = { csv: csvLine, xlsx: sheetLine, jsonl: jsonLine, values: valuesLine }
