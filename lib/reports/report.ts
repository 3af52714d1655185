import type { ReportKind } from './kinds'
import type { ChartTone } from './palette'

/** What a report says, as plain data: a workbook and slides are drawn from the same. */
export type Report = {
  title: string
  account: string
  /** What the numbers are of: the Smart Account, or Virtual Accounts by name. */
  scope: string
  /** The instant at which they were counted, in words. */
  asOf: string
  preparedFor: string
  /** Where the numbers come from. */
  source: string
  sections: ReportSection[]
}

export type ReportSection = {
  kind: Exclude<ReportKind, 'all'>
  title: string
  /** What the numbers mean, in one sentence. */
  message: string
  /** The filter that holds, in words; '' where none does. */
  filter: string
  /** What is counted, and how. */
  explain: string
  /** The numbers that the sentence rests on, the most important first. */
  figures: KeyFigure[]
  /** Null where there is nothing to draw. */
  chart: ReportChart | null
  table: ReportTable
}

export type KeyFigure = { label: string; text: string }

export type ReportChart = {
  title: string
  /** For who does not see it. */
  alt: string
  stacking: 'none' | 'stacked' | 'shares'
  /** Lying bars have room for long names; columns stand for what follows in time. */
  layout: 'bars' | 'columns'
  series: { label: string; tone: ChartTone }[]
  rows: { label: string; values: number[] }[]
}

/** A count is a whole number, a share 0 to 1; null = there is nothing that it could be a share of. */
export type Cell = string | number | null
export type ReportColumn = { label: string; kind: 'text' | 'count' | 'share' }
export type ReportTable = { title: string; columns: ReportColumn[]; rows: Cell[][]; total?: Cell[] }
