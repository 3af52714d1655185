import { Transform, type TransformCallback } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { FileColumn } from './columns'
import type { Format } from './formats'
import { SHEET_MARK, SHEET_ROWS, sheetRow } from './sheet-cells'
import { asPlainText } from './text-rules'

type Value = string | number | null
type WriteRow = (columns: readonly FileColumn[], values: readonly Value[], index: number) => string

/** Lines of values as the database wrote them (copy-text.ts), turned into the lines of a file, with words of ours. */
export class RowWriter extends Transform {
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''
  #row = 0

  constructor(
    readonly columns: readonly FileColumn[],
    readonly format: Format,
  ) {
    super()
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n')
    this.#rest = lines.pop() ?? ''
    try {
      done(null, lines.map((line) => this.#write(line)).join(''))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #write(line: string): string {
    const values = wordedRow(this.columns, JSON.parse(line) as Value[])
    return writers[this.format](this.columns, values, this.#row++)
  }
}

/** Values with the words that the database does not know. */
const wordedRow = (columns: readonly FileColumn[], values: readonly Value[]): Value[] =>
  columns.map(({ words }, index) => {
    const value = values[index] ?? null
    return words && value !== null ? words(String(value)) || null : value
  })

const isText = ({ kind }: FileColumn) => kind === 'text' || kind === 'code'

function csvCell(column: FileColumn, value: Value): string {
  if (value === null) return ''
  const text = isText(column) ? asPlainText(String(value)) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A row of a file in each format, as the database writes it too. */
export const writers: Readonly<Record<Format, WriteRow>> = {
  csv: (columns, values) => `${columns.map((column, at) => csvCell(column, values[at] ?? null)).join(',')}\n`,
  jsonl: (columns, values) =>
    `${JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, values[at] ?? null])))}\n`,
  xlsx: (columns, values, index) => {
    const at = index % (SHEET_ROWS - 1)
    return `${at === 0 ? SHEET_MARK : ''}${sheetRow(columns, values, at + 2)}`
  },
}

/** The line over the rows of a CSV file, after the mark by which a spreadsheet knows UTF-8. */
export const csvHeader = (columns: readonly FileColumn[]): string =>
  `\ufeff${columns.map((column) => csvCell({ ...column, kind: 'text' }, column.label)).join(',')}\n`
