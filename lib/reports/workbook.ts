import 'server-only'
import type { Format, Worksheet } from 'wasm-xlsxwriter'
import { fileText } from './file-text'
import { chartColor, palette } from './palette'
import type { Cell, Report, ReportChart, ReportColumn, ReportSection } from './report'

type Library = typeof import('wasm-xlsxwriter')
type Looks = ReturnType<typeof looksOf>

const FIGURES_AT = 5
const TABLE_AT = 10
const FONT = 'Arial'
const formats = { text: '@', count: '#,##0', share: '0.0 %' } as const

/**
 * The report as an XLSX: a summary, and a sheet for each section with its table and a native chart over the cells of that
 * table, so that both stay editable.
 */
export async function reportWorkbook(report: Report): Promise<Uint8Array> {
  // Half a megabyte of WebAssembly that no page needs.
  const library = await import('wasm-xlsxwriter')
  const { DocProperties, Workbook } = library
  const workbook = new Workbook()
  const looks = looksOf(library)
  const about = `${report.account}, as of ${report.asOf}`
  workbook.setProperties(
    new DocProperties()
      .setTitle(fileText(report.title))
      .setSubject(fileText(about))
      .setAuthor(fileText(report.preparedFor))
      .setCompany('License Central'),
  )
  summarySheet(workbook.addWorksheet(), report, looks)
  for (const section of report.sections) {
    const sheet = workbook.addWorksheet().setName(sheetNames[section.kind])
    sectionSheet(library, sheet, section, about, looks)
  }
  return workbook.saveToBufferSync()
}

/** Excel takes 31 characters. */
const sheetNames: Readonly<Record<ReportSection['kind'], string>> = {
  licenses: 'License consumption',
  coverage: 'Device coverage',
  assignment: 'Assignment status',
  support: 'Last date of support',
  expirations: 'Expirations',
}

function looksOf({ Color, Format, FormatAlign, FormatBorder }: Library) {
  const color = (name: keyof typeof palette) => Color.rgb(Number.parseInt(palette[name], 16))
  const plain = () =>
    new Format().setFontName(FONT).setFontSize(10).setFontColor(color('ink')).setAlign(FormatAlign.Top)
  const cell = (kind: ReportColumn['kind']) => {
    const look = plain()
      .setBorderBottom(FormatBorder.Thin)
      .setBorderBottomColor(color('line'))
      .setNumFormat(formats[kind])
    return kind === 'text' ? look.setTextWrap() : look.setAlign(FormatAlign.Right)
  }
  const each = (look: (kind: ReportColumn['kind']) => Format) => ({
    text: look('text'),
    count: look('count'),
    share: look('share'),
  })
  return {
    title: plain().setFontSize(18).setBold().setFontColor(color('accent')),
    message: plain().setFontSize(12).setBold().setTextWrap(),
    note: plain().setFontColor(color('ink-muted')).setTextWrap(),
    label: plain().setFontColor(color('ink-muted')),
    value: plain().setTextWrap(),
    bold: plain().setBold(),
    figure: plain().setBold().setAlign(FormatAlign.Right),
    header: each((kind) => {
      const look = plain()
        .setBold()
        .setTextWrap()
        .setFontColor(color('surface-raised'))
        .setBackgroundColor(color('accent'))
      return kind === 'text' ? look : look.setAlign(FormatAlign.Right)
    }),
    cell: each(cell),
    total: each((kind) => cell(kind).setBold().setBackgroundColor(color('accent-soft'))),
  }
}

const write = (sheet: Worksheet, row: number, column: number, text: string, look: Format) =>
  sheet.writeStringWithFormat(row, column, fileText(text), look)

/** One page wide on paper, with the page and where the numbers are from at its foot. */
function onPaper(sheet: Worksheet, foot: string): void {
  sheet.setScreenGridlines(false)
  sheet.setPortrait()
  sheet.setPaperSize(9)
  sheet.setPrintFitToPages(1, 0)
  sheet.setFooter(`&L&8${fileText(foot).replaceAll('&', '&&')}&R&8&P of &N`.slice(0, 255))
}

function summarySheet(sheet: Worksheet, report: Report, looks: Looks): void {
  sheet.setName('Summary')
  sheet.setColumnWidth(0, 36).setColumnWidth(1, 100)
  write(sheet, 0, 0, report.title, looks.title)
  const facts = [
    ['Smart Account', report.account],
    ['Scope', report.scope],
    ['As of', report.asOf],
    ['Prepared for', report.preparedFor],
    ['Source', report.source],
  ] as const
  facts.forEach(([label, value], index) => {
    write(sheet, 2 + index, 0, label, looks.label)
    write(sheet, 2 + index, 1, value, looks.value)
  })
  const first = 3 + facts.length
  write(sheet, first, 0, 'Report', looks.header.text)
  write(sheet, first, 1, 'What it says', looks.header.text)
  report.sections.forEach(({ title, message, filter }, index) => {
    write(sheet, first + 1 + index, 0, title, looks.bold)
    write(sheet, first + 1 + index, 1, filter ? `${message} Only ${filter}.` : message, looks.value)
  })
  onPaper(sheet, `${report.account}, as of ${report.asOf}`)
}

function sectionSheet(library: Library, sheet: Worksheet, section: ReportSection, about: string, looks: Looks): void {
  const { columns, rows, total } = section.table
  sheet.setColumnWidth(0, 38).setColumnRangeWidth(1, columns.length - 1, 16)
  write(sheet, 0, 0, section.title, looks.title)
  sheet.mergeRange(1, 0, 1, columns.length - 1, fileText(section.message), looks.message)
  write(sheet, 2, 0, `${about}. ${section.filter ? `Only ${section.filter}.` : 'No filter.'}`, looks.label)
  sheet.mergeRange(3, 0, 3, columns.length - 1, fileText(section.explain), looks.note)
  sheet.setRowHeight(0, 28).setRowHeight(1, 34).setRowHeight(3, 42)
  section.figures.forEach(({ label, text }, index) => {
    write(sheet, FIGURES_AT + index, 0, label, looks.label)
    write(sheet, FIGURES_AT + index, 1, text, looks.figure)
  })
  columns.forEach(({ label, kind }, column) => {
    write(sheet, TABLE_AT, column, label, looks.header[kind])
  })
  for (const [index, cells] of [...rows, ...(total ? [total] : [])].entries()) {
    const look = index === rows.length ? looks.total : looks.cell
    cells.forEach((cell, column) => {
      writeCell(sheet, TABLE_AT + 1 + index, column, cell, look[columns[column]?.kind ?? 'text'])
    })
  }
  if (rows.length > 0) sheet.autofilter(TABLE_AT, 0, TABLE_AT + rows.length, columns.length - 1)
  sheet.setFreezePanes(TABLE_AT + 1, 0)
  if (section.chart) {
    const chart = chartOver(library, sheet.name(), section.chart, columns, rows)
    sheet.insertChart(TABLE_AT + rows.length + 4, 0, chart)
  }
  onPaper(sheet, about)
}

function writeCell(sheet: Worksheet, row: number, column: number, cell: Cell, look: Format): void {
  if (cell === null) write(sheet, row, column, '–', look)
  else if (typeof cell === 'number') sheet.writeNumberWithFormat(row, column, cell, look)
  else write(sheet, row, column, cell, look)
}

/** The series of a chart are columns of the table with the same name, its rows those with the same label. */
function chartOver(library: Library, sheet: string, chart: ReportChart, columns: ReportColumn[], rows: Cell[][]) {
  const { Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartRange, ChartSeries, ChartSolidFill } = library
  const { ChartType, Color } = library
  const types = {
    none: ChartType.Column,
    stacked: ChartType.ColumnStacked,
    shares: ChartType.ColumnPercentStacked,
  }
  const color = (hex: string) => Color.rgb(Number.parseInt(hex, 16))
  const font = (name: 'ink' | 'ink-muted', size: number) =>
    new ChartFont().setName(FONT).setSize(size).setColor(color(palette[name]))
  const first = TABLE_AT + 1 + rows.findIndex(([label]) => label === chart.rows[0]?.label)
  const last = first + chart.rows.length - 1
  const drawn = new Chart(types[chart.stacking])
  chart.series.forEach(({ label, tone }) => {
    const at = columns.findIndex((one) => one.label === label)
    if (at < 0) throw new Error(`The table of “${chart.title}” has no column “${label}”.`)
    const fill = new ChartFormat().setSolidFill(new ChartSolidFill().setColor(color(chartColor(tone))))
    drawn.pushSeries(
      new ChartSeries()
        .setName(fileText(label))
        .setCategories(ChartRange.newFromRange(sheet, first, 0, last, 0))
        .setValues(ChartRange.newFromRange(sheet, first, at, last, at))
        .setFormat(fill),
    )
  })
  drawn.title().setName(fileText(chart.title)).setFont(font('ink', 12).setBold())
  drawn.legend().setPosition(ChartLegendPosition.Bottom).setFont(font('ink', 9))
  drawn.xAxis().setFont(font('ink', 9))
  drawn
    .yAxis()
    .setFont(font('ink-muted', 9))
    .setNumFormat(chart.stacking === 'shares' ? '0%' : '#,##0')
  return drawn
    .setWidth(Math.max(860, chart.rows.length * 48))
    .setHeight(400)
    .setAltText(fileText(chart.alt))
}
