import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { type Delimiter, readCsv } from './csv'

const cellsOf = (text: string) => {
  const { headers, rows } = readCsv(text)
  return [headers, ...[...rows()].map(({ cells }) => cells)]
}

const quoted = (cell: string) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', ' ', '=', '語'), maxLength: 6 })
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

test('any table that is written can be read, whatever the delimiter and the line ends', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom<Delimiter>(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      (rows, delimiter, end) => {
        const header = rows[0]?.map((_, index) => `h${index}`) ?? []
        const text = [header, ...rows].map((cells) => cells.map(quoted).join(delimiter)).join(end)
        const filled = rows.filter((cells) => cells.some((value) => value !== ''))
        fc.pre(filled.length > 0)
        expect(cellsOf(text)).toEqual([header, ...filled])
      },
    ),
  )
})

test('it reads as another parser does', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const text = [['h1', 'h2'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')
      const records = parse(text, { relaxColumnCount: true, skipEmptyLines: false }) as string[][]
      const theirs = records.filter((cells) => cells.some((value) => value !== ''))
      fc.pre(theirs.length > 1)
      expect(cellsOf(text)).toEqual(theirs)
    }),
  )
})

test('lines are those of the file, also after cells of several lines', () => {
  const { rows } = readCsv('a,b\n"one\ntwo",2\n\n3,4\r\n"5","six"\r\n')
  expect([...rows()].map(({ line }) => line)).toEqual([2, 5, 6])
})

test('a quotation mark inside a cell that is not quoted stays as it is', () => {
  expect(cellsOf('name,size\nrack,19"\n')).toEqual([
    ['name', 'size'],
    ['rack', '19"'],
  ])
})
