/** Colors of series: six that color-blind readers can tell apart, and the status ones where a series is a status. */
export type SeriesTone = '1' | '2' | '3' | '4' | '5' | '6' | 'good' | 'warn' | 'bad'

export type Series = { label: string; tone: SeriesTone }

/** A count and the address of exactly the rows that it counts. */
export type FigureValue = { value: number; href?: string }

/** One category; `values` stand in the order of the series, `href` leads to the rows of all of them together. */
export type FigureRow = { label: string; href?: string; values: FigureValue[] }

export type Slice = { label: string; tone: SeriesTone; value: number; href?: string }

/** What the browser needs to draw bars: plain data, also when it crosses from the server. */
export type BarsDrawing = {
  kind: 'bars'
  layout: 'columns' | 'bars'
  stacked: boolean
  series: Series[]
  rows: FigureRow[]
  /** Value at the end of the axis. */
  top: number
}

export type RingDrawing = { kind: 'ring'; slices: Slice[] }

export type Drawing = BarsDrawing | RingDrawing
