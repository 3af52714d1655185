import type PptxGenJS from 'pptxgenjs'
import { readNumber } from '@/lib/table/cells'
import { clipped, fileText } from './file-text'
import { chartColor, palette } from './palette'
import type { Cell, ReportChart, ReportColumn, ReportTable } from './report'

const FONT = 'Arial'
/** What a chart or a table of one slide has room for; the rest is added up in a row of its own. */
const BARS_AT_MOST = 10
const ROWS_AT_MOST = 14

type Chart = { type: PptxGenJS.CHART_NAME; data: PptxGenJS.OptsChartData[]; options: PptxGenJS.IChartOpts }

/** A chart as PowerPoint draws and edits it. */
export function chartOptions(chart: ReportChart): Chart {
  const fitted = chart.layout === 'bars' ? fittedBars(chart.rows) : chart.rows
  // Lying bars are drawn from the bottom.
  const rows = chart.layout === 'bars' ? fitted.toReversed() : fitted
  const labels = rows.map(({ label }) => clipped(fileText(label), 28))
  const axis = { fontFace: FONT, size: 11 }
  return {
    type: 'bar' as PptxGenJS.CHART_NAME,
    data: chart.series.map(({ label }, index) => ({
      name: fileText(label),
      labels,
      values: rows.map(({ values }) => values[index] ?? 0),
    })),
    options: {
      barDir: chart.layout === 'bars' ? 'bar' : 'col',
      barGrouping: { none: 'clustered', stacked: 'stacked', shares: 'percentStacked' }[chart.stacking],
      barGapWidthPct: 55,
      ...(chart.stacking === 'none' && { barOverlapPct: 0 }),
      chartColors: chart.series.map(({ tone }) => chartColor(tone)),
      altText: clipped(fileText(chart.alt), 900),
      showTitle: true,
      title: fileText(chart.title),
      titleFontFace: FONT,
      titleFontSize: 13,
      titleColor: palette['ink-muted'],
      showLegend: true,
      legendPos: 'b',
      legendFontFace: FONT,
      legendFontSize: 12,
      legendColor: palette.ink,
      catAxisLabelFontFace: axis.fontFace,
      catAxisLabelFontSize: axis.size,
      catAxisLabelColor: palette.ink,
      catAxisLineColor: palette.line,
      valAxisLabelFontFace: axis.fontFace,
      valAxisLabelFontSize: axis.size,
      valAxisLabelColor: palette['ink-muted'],
      valAxisLineShow: false,
      valAxisLabelFormatCode: chart.stacking === 'shares' ? '0%' : '#,##0',
      valGridLine: { color: palette.line, size: 0.75, style: 'solid' },
      catGridLine: { style: 'none' },
      dataLabelFormatCode: '#,##0',
    },
  }
}

function fittedBars(rows: ReportChart['rows']): ReportChart['rows'] {
  if (rows.length <= BARS_AT_MOST) return rows
  const rest = rows.slice(BARS_AT_MOST - 1)
  const sums = rest[0]?.values.map((_, index) => rest.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)) ?? []
  return [...rows.slice(0, BARS_AT_MOST - 1), { label: `${rest.length} others`, values: sums }]
}

type Drawn = { rows: PptxGenJS.TableRow[]; widths: number[]; height: number }

/** A table that fits on a slide of this width. */
export function tableRows({ columns, rows, total }: ReportTable, width: number): Drawn {
  const fitted = fittedRows(columns, rows)
  const height = Math.min(0.42, 5.1 / (fitted.length + (total ? 2 : 1)))
  const first = Math.max(3, width - (columns.length - 1) * 1.75)
  const other = (width - first) / Math.max(1, columns.length - 1)
  const drawn = fitted.map((cells) => cells.map((cell, at) => bodyCell(cell, columns[at], false)))
  return {
    rows: [
      columns.map(headerCell),
      ...drawn,
      ...(total ? [total.map((cell, at) => bodyCell(cell, columns[at], true))] : []),
    ],
    widths: columns.map((_, at) => (at === 0 ? first : other)),
    height,
  }
}

/** Shares of several rows are not the sum of their shares, so that the row of the others has none. */
function fittedRows(columns: ReportColumn[], rows: Cell[][]): Cell[][] {
  if (rows.length <= ROWS_AT_MOST) return rows
  const rest = rows.slice(ROWS_AT_MOST - 1)
  const others = columns.map(({ kind }, at): Cell => {
    if (kind === 'text') return `${rest.length} others`
    return kind === 'share' ? null : rest.reduce((sum, cells) => sum + Number(cells[at] ?? 0), 0)
  })
  return [...rows.slice(0, ROWS_AT_MOST - 1), others]
}

const line = { type: 'solid' as const, pt: 0.75, color: palette.line }
const none = { type: 'none' as const }

const alignOf = (kind: ReportColumn['kind'] | undefined) => (kind === 'text' ? ('left' as const) : ('right' as const))

const headerCell = ({ label, kind }: ReportColumn): PptxGenJS.TableCell => ({
  text: fileText(label),
  options: {
    align: alignOf(kind),
    valign: 'middle',
    fontFace: FONT,
    fontSize: 12,
    bold: true,
    color: palette['surface-raised'],
    fill: { color: palette.accent },
    border: [none, none, none, none],
  },
})

const bodyCell = (cell: Cell, column: ReportColumn | undefined, isTotal: boolean): PptxGenJS.TableCell => ({
  text: readCell(cell, column?.kind),
  options: {
    align: alignOf(column?.kind),
    valign: 'middle',
    fontFace: FONT,
    fontSize: 12,
    bold: isTotal,
    color: palette.ink,
    ...(isTotal && { fill: { color: palette['accent-soft'] } }),
    border: [none, none, line, none],
  },
})

/** `1,234`, `42.5 %`, and `–` where there is nothing to tell. */
function readCell(cell: Cell, kind: ReportColumn['kind'] | undefined): string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return clipped(fileText(cell), 32)
  return kind === 'share' ? `${(cell * 100).toFixed(1)} %` : readNumber(cell)
}
