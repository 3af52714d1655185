import { Readable } from 'node:stream'
import ZipStream from 'zip-stream'
import type { FileColumn } from './columns'
import { countSheetRows } from './row-count'
import { SHEET_MARK } from './sheet-cells'
import { factSheet, type Sheet, sheetEnd, sheetHead, workbookFiles } from './workbook-parts'

/** What a workbook says of itself beside its rows. */
export type About = { title: string; made: Date; facts: readonly (readonly [string, string])[] }

/**
 * Rows of sheets (sheet-cells.ts) as a workbook, packed as they come: a sheet is full where the next one's mark stands.
 * Whoever stops reading ends the rows too.
 */
export function workbookOf(rows: Readable, columns: readonly FileColumn[], about: About): Readable {
  const zip = new ZipStream({ level: 1 })
  const end = () => rows.destroy()
  zip.once('close', end)
  pack(zip, rows, columns, about).catch((error: Error) => {
    end()
    zip.destroy(error)
  })
  return zip as Readable
}

type Zip = InstanceType<typeof ZipStream>

const add = (zip: Zip, name: string, source: Readable | string, date: Date) =>
  new Promise<void>((resolve, reject) => {
    if (source instanceof Readable) source.once('error', reject)
    zip.once('error', reject)
    zip.entry(typeof source === 'string' ? Buffer.from(source) : source, { name, date }, (error) => {
      zip.off('error', reject)
      if (error) reject(error)
      else resolve()
    })
  })

async function pack(zip: Zip, rows: Readable, columns: readonly FileColumn[], { title, made, facts }: About) {
  const source = rows[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const sheets: Sheet[] = []
  let next: Buffer | null = Buffer.alloc(0)
  while (next) {
    const name = sheets.length === 0 ? title : `${title} ${sheets.length + 1}`
    const sheet: Sheet = { name, columns: columns.length, rows: 1, isFiltered: true }
    const first: Buffer = next
    next = null
    const body = oneSheet(source, first, columns, sheet, (rest) => {
      next = rest
    })
    sheets.push(sheet)
    await add(zip, `xl/worksheets/sheet${sheets.length}.xml`, Readable.from(body, { objectMode: false }), made)
  }
  const all = [...facts, ['Rows', sheets.reduce((sum, { rows: n }) => sum + n - 1, 0).toLocaleString('en-US')] as const]
  sheets.push({ name: 'About this export', columns: 2, rows: all.length, isFiltered: false })
  await add(zip, `xl/worksheets/sheet${sheets.length}.xml`, factSheet(all), made)
  for (const [name, text] of workbookFiles(sheets, title, made)) await add(zip, name, text, made)
  zip.finalize()
}

/** A sheet from its first rows on; what comes behind the mark of another one goes to `onRest`. */
async function* oneSheet(
  source: AsyncIterator<Buffer>,
  first: Buffer,
  columns: readonly FileColumn[],
  sheet: Sheet,
  onRest: (rest: Buffer) => void,
): AsyncGenerator<Buffer> {
  const count = countSheetRows()
  yield Buffer.from(sheetHead(columns))
  let isFirst = true
  for (let chunk: Buffer | null = first; chunk; chunk = await read(source)) {
    const body: Buffer =
      isFirst && chunk.length > 0 && chunk[0] === SHEET_MARK.charCodeAt(0) ? chunk.subarray(1) : chunk
    if (chunk.length > 0) isFirst = false
    const end: number = body.indexOf(SHEET_MARK)
    const mine = end < 0 ? body : body.subarray(0, end)
    if (mine.length > 0) {
      count.see(mine)
      yield mine
    }
    if (end >= 0) {
      onRest(body.subarray(end))
      break
    }
  }
  sheet.rows = count.sheetRows
  yield Buffer.from(sheetEnd(sheet))
}

async function read(source: AsyncIterator<Buffer>): Promise<Buffer | null> {
  const { value, done } = await source.next()
  return done ? null : (value as Buffer)
}
