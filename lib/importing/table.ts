export const MOST_ROWS = 200_000
export const MOST_COLUMNS = 200
export const MOST_CELL = 32_767

/** One row of any file: where it stands, counted from 1, its cells, or why it cannot even be taken apart. */
export type RawRow = { line: number; cells: string[]; problem?: string }

/** A file as a table, whatever it was: `rows` reads anew at each call, one row at a time. */
export type Table = { headers: string[]; delimiter: string; rows: () => Iterable<RawRow> }

/** What a row is called where a person reads of it. */
export type Unit = 'line' | 'row' | 'record'
