import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import * as workbooks from 'xlsx'
import type { FileColumn } from './columns'
import { countLines, countSheetRows } from './row-count'
import { dayNumber, letterOf, SHEET_MARK, SHEET_ROWS, sheetRow } from './sheet-cells'
import { workbookOf } from './workbook'

const columns: FileColumn[] = [
  { name: 'a', label: 'A & B', kind: 'text' },
  { name: 'n', label: 'Number', kind: 'number' },
]

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (index, letters) => expect(letterOf(index)).toBe(letters))

test('days are counted from the first day of spreadsheets, instants not a moment too early', () => {
  expect(dayNumber('date', '2026-07-01')).toBe('46204')
  expect(dayNumber('instant', '2026-06-30T02:00:00Z')).toBe('46203.0833333334')
  expect(dayNumber('instant', '2026-06-30T12:00:00Z')).toBe('46203.5000000000')
})

test('a sheet is full where the mark of the next one stands, wherever pieces are cut', async () => {
  const rows = [1, 2, 3].map((n) => sheetRow(columns, [`x${n} <&>`, n], n + 1))
  const text = `${SHEET_MARK}${rows[0]}${rows[1]}${SHEET_MARK}${sheetRow(columns, ['last', 3], 2)}`
  for (const size of [7, 64, 10_000]) {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      Buffer.from(text.slice(at * size, (at + 1) * size)),
    )
    const book = workbookOf(Readable.from(pieces, { objectMode: false }), columns, {
      title: 'Things',
      made: new Date('2026-07-01T00:00:00Z'),
      facts: [],
    })
    const { SheetNames, Sheets } = workbooks.read(await buffer(book))
    expect(SheetNames).toEqual(['Things', 'Things 2', 'About this export'])
    const of = (name: string) => workbooks.utils.sheet_to_json(Sheets[name] ?? {}, { header: 1 })
    expect(of('Things')).toEqual([
      ['A & B', 'Number'],
      ['x1 <&>', 1],
      ['x2 <&>', 2],
    ])
    expect(of('Things 2')).toEqual([
      ['A & B', 'Number'],
      ['last', 3],
    ])
    expect(of('About this export')).toEqual([['Rows', '3']])
  }
})

test('rows are counted as they go by: lines but for breaks in quotes, sheets by what each row says', () => {
  const csv = countLines('csv')
  for (const piece of ['h,i\n1,"a\n', 'b"\n2,""\n']) csv.see(Buffer.from(piece))
  expect(csv.rows).toBe(2)
  const sheets = countSheetRows()
  const full = `<row r="${SHEET_ROWS}"></row>`
  for (const piece of [`${SHEET_MARK}<row r="2"></row>`, full.slice(0, 9), full.slice(9), `${SHEET_MARK}<row r="2">`])
    sheets.see(Buffer.from(piece))
  expect(sheets.rows).toBe(SHEET_ROWS)
})
