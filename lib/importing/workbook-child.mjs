// Reads a workbook from standard input and writes its widest sheet to standard output, one JSON array of texts a row; the
// first line counts the cells of the header. A process of its own, started by workbook.ts: a hostile workbook can take all the memory or time of
// whoever reads it.
import { read, SSF } from 'xlsx'

const [mostRows, mostColumns] = process.argv.slice(2).map(Number)

/** A cell as CSV would have it: dates as YYYY-MM-DD, numbers that Excel has rounded as such, formulas by their last value. */
function textOf(cell, date1904) {
  if (!cell || cell.v === undefined || cell.v === null) return ''
  if (cell.t === 'e') return cell.w ?? '#N/A'
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  if (cell.t !== 'n') return String(cell.v)
  if (cell.z && SSF.is_date(cell.z)) return dateOf(SSF.parse_date_code(cell.v, { date1904 })) ?? String(cell.v)
  return Math.abs(cell.v) >= 1e15 ? cell.v.toExponential().toUpperCase() : String(cell.v)
}

const dateOf = (parts) =>
  parts && parts.y > 0
    ? `${String(parts.y).padStart(4, '0')}-${String(parts.m).padStart(2, '0')}-${String(parts.d).padStart(2, '0')}`
    : null

const widthOf = (row) => (row ?? []).reduce((last, cell, at) => (textOf(cell) === '' ? last : at + 1), 0)

function widest(workbook) {
  const sheets = workbook.SheetNames.map((name) => workbook.Sheets[name]?.['!data'] ?? []).map((rows) => {
    const first = rows.findIndex((row) => widthOf(row) > 0)
    return { rows, first, width: first < 0 ? 0 : widthOf(rows[first]) }
  })
  return sheets.reduce((best, sheet) => (sheet.width > best.width ? sheet : best), { rows: [], first: -1, width: 0 })
}

function* linesOf(workbook) {
  const { rows, first, width } = widest(workbook)
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true
  yield [first + 1, width]
  if (width > mostColumns || first < 0) return
  for (let at = first; at < rows.length; at++) {
    const row = rows[at] ?? []
    yield [
      at + 1,
      ...Array.from({ length: Math.max(width, widthOf(row)) }, (_, column) => textOf(row[column], date1904)),
    ]
  }
}

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const workbook = read(Buffer.concat(chunks), {
  type: 'buffer',
  dense: true,
  sheetRows: mostRows + 2,
  cellFormula: false,
  cellHTML: false,
  cellText: false,
  cellNF: true,
})
let batch = ''
for (const line of linesOf(workbook)) {
  batch += `${JSON.stringify(line)}\n`
  if (batch.length < 1_000_000) continue
  process.stdout.write(batch)
  batch = ''
}
process.stdout.write(batch)
