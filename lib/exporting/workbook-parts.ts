import type { FileColumn, Kind } from './columns'
import { letterOf, STYLES } from './sheet-cells'
import { asCellText } from './text-rules'

// The parts of a workbook that are no rows, after ECMA-376.

export type Sheet = { name: string; columns: number; rows: number; isFiltered: boolean }

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const WIDTHS: Readonly<Record<Kind, number>> = { text: 26, code: 20, number: 12, date: 14, instant: 20 }

const textCell = (at: string, text: string, style = '') =>
  `<c r="${at}"${style} t="inlineStr"><is><t${asCellText(text)}</t></is></c>`

/** A sheet up to its first row of data: its header stays in view. */
export function sheetHead(columns: readonly Pick<FileColumn, 'label' | 'kind'>[]): string {
  const widths = columns.map(({ label, kind }, at) => {
    const width = Math.max(WIDTHS[kind], label.length + 5)
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  })
  const header = columns.map(({ label }, at) => textCell(`${letterOf(at)}1`, label, ` s="${STYLES.header}"`))
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${header.join('')}</row>\n`
}

const rangeOf = ({ columns, rows }: Sheet, mark = '') =>
  `${mark}A${mark}1:${mark}${letterOf(columns - 1)}${mark}${rows}`

/** The end of a sheet: its filter, and that numbers kept as text are meant to be. */
export const sheetEnd = (sheet: Sheet): string =>
  `</sheetData><autoFilter ref="${rangeOf(sheet)}"/><ignoredErrors><ignoredError sqref="${rangeOf(sheet)}" numberStoredAsText="1"/></ignoredErrors></worksheet>`

/** A sheet of two columns: what something is called, and what it is. */
export function factSheet(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(
    ([name, value], at) =>
      `<row r="${at + 1}">${textCell(`A${at + 1}`, name, ` s="${STYLES.header}"`)}${textCell(`B${at + 1}`, value)}</row>`,
  )
  return `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="18" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** All other files of the workbook by their names. */
export function workbookFiles(sheets: readonly Sheet[], title: string, made: Date): [name: string, text: string][] {
  const each = (write: (sheet: Sheet, at: number) => string) => sheets.map(write).join('')
  const names = each((sheet, at) =>
    sheet.isFiltered
      ? `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">'${sheet.name}'!${rangeOf(sheet, '$')}</definedName>`
      : '',
  )
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets>${each(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)}</sheets><definedNames>${names}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLE_FILE],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    ],
    [
      'docProps/core.xml',
      `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title${asCellText(title).replace(/^ xml:space="preserve"/, '')}</dc:title><dc:creator>License Central</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${made.toISOString().replace(/\.\d+/, '')}</dcterms:created></cp:coreProperties>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${PART}.styles+xml"/>${each((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${PART}.worksheet+xml"/>`)}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    ],
  ]
}

/** Cell styles in the order of STYLES: plain, header, code, number, date, instant. */
const STYLE_FILE = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="d mmm yyyy"/><numFmt numFmtId="165" formatCode="d mmm yyyy hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF4"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF8A9BB4"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
