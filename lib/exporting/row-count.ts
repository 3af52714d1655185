import { SHEET_MARK, SHEET_ROWS } from './sheet-cells'

/** How many rows have gone by, from the bytes of a file as they come. */
export type RowCount = { see(chunk: Buffer): void; readonly rows: number }

const NEW_LINE = 10
const QUOTE = 34
/** Longer than the beginning of a row of a sheet. */
const OVERLAP = 32

/** One row a line, but for the line breaks inside of quotes that CSV has; the header is no row. */
export function countLines(format: 'csv' | 'jsonl'): RowCount {
  let rows = format === 'csv' ? -1 : 0
  let isQuoted = false
  return {
    see: (chunk) => {
      if (format === 'jsonl') {
        for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1)) rows++
        return
      }
      for (const byte of chunk) {
        if (byte === QUOTE) isQuoted = !isQuoted
        else if (byte === NEW_LINE && !isQuoted) rows++
      }
    },
    get rows() {
      return Math.max(rows, 0)
    },
  }
}

/** Rows of sheets, exactly: each says its number. */
export function countSheetRows(): RowCount & { readonly sheetRows: number } {
  let [full, last] = [0, 1]
  let tail: Buffer = Buffer.alloc(0)
  const read = (piece: Buffer) => {
    const at = piece.lastIndexOf('<row r="')
    const [, row] = at < 0 ? [] : (/^<row r="(\d+)"/.exec(piece.toString('latin1', at, at + OVERLAP)) ?? [])
    if (row) last = Number(row)
    return row !== undefined
  }
  return {
    see: (chunk) => {
      if (chunk.includes(SHEET_MARK) && last > 1) full++
      // A row that the end of the chunk before has cut stands where they meet.
      const meeting = Buffer.concat([tail, chunk.subarray(0, OVERLAP)])
      if (!read(chunk)) read(meeting)
      tail = chunk.length < OVERLAP ? meeting.subarray(-OVERLAP) : chunk.subarray(-OVERLAP)
    },
    get rows() {
      return full * (SHEET_ROWS - 1) + last - 1
    },
    get sheetRows() {
      return last
    },
  }
}
