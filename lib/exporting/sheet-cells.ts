import type { FileColumn, Kind } from './columns'
import { asCellText } from './text-rules'

/** Rows of a sheet at most, its header among them. */
export const SHEET_ROWS = 1_048_576
/** The first row of a sheet begins with it; it is in no text. */
export const SHEET_MARK = '\u0003'

/** Cell styles, by their place in the file of styles (workbook.ts). */
export const STYLES = { header: 1, code: 2, number: 3, date: 4, instant: 5 } as const

/** `A`, `Z`, `AA`: a column of a sheet, from 0. */
export const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

const styleOf = (kind: Kind) => (kind === 'text' ? '' : ` s="${STYLES[kind]}"`)

/** What stands before and after the number of the row, and after the value, in a cell of a column. */
export function cellFrame({ kind }: Pick<FileColumn, 'kind'>, index: number): [string, string, string] {
  const isText = kind === 'text' || kind === 'code'
  const style = styleOf(kind)
  return isText
    ? [`<c r="${letterOf(index)}`, `"${style} t="inlineStr"><is><t`, '</t></is></c>']
    : [`<c r="${letterOf(index)}`, `"${style}><v>`, '</v></c>']
}

/**
 * Days since the first day of spreadsheets; of an instant in UTC, to the second. Rounded up, by less than 10 µs: what is a
 * little less than a second reads as the one before.
 */
export function dayNumber(kind: Kind, value: string): string {
  const seconds = Math.floor(Date.parse(value) / 1000)
  const days = Math.floor(seconds / 86_400) + 25_569
  if (kind === 'date') return String(days)
  const part = Math.ceil(((seconds % 86_400) * 10_000_000_000) / 86_400)
  return `${days}.${String(part).padStart(10, '0')}`
}

/** A row of a sheet; `values` as they are read (columns.ts), null for nothing. */
export function sheetRow(columns: readonly FileColumn[], values: readonly (string | number | null)[], row: number) {
  const cells = columns.map((column, index) => {
    const value = values[index]
    if (value === null || value === undefined) return ''
    const [before, after, end] = cellFrame(column, index)
    const { kind } = column
    const isText = kind === 'text' || kind === 'code'
    const written = isText
      ? asCellText(String(value))
      : kind === 'number'
        ? String(value)
        : dayNumber(kind, String(value))
    return `${before}${row}${after}${written}${end}`
  })
  return `<row r="${row}">${cells.join('')}</row>\n`
}
