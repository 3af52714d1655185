import { crc32, deflateRawSync } from 'node:zlib'

/** The headers of an install base export that tests fill, and some that the product has no place for. */
export const INSTALL_BASE_HEADER = [
  'Serial Number / PAK number',
  'Coverage',
  'Covered Line Status',
  'Product Family',
  'Product ID',
  'Product Description',
  'Asset Type',
  'Product Type',
  'Item Quantity',
  'Covered Line Start Date',
  'Covered Line End Date',
  'Covered Line End Date FY',
  'Contract Type',
  'Contract Number',
  'Ship Date',
  'Ship Date FY',
  'End of Product Sale Date',
  'End of Software Maintenance Date',
  'Last Date of Support',
  'Warranty Type',
  'Warranty End Date',
  'Install Site Name',
  'Install Site ID',
  'Install Site City',
  'Install Site Country',
  'Default Service Level',
  'Instance ID',
  'Parent Instance ID',
  'Product SO',
  'Product PO',
  'License Product ID',
]

type Cell = string | number
type Cells = Record<string, Cell>

/** A row of the install base: days are numbers of Excel, as it keeps them. */
export const installed = (instance: string, cells: Cells = {}): Cells => ({
  'Serial Number / PAK number': `FOC${instance}`,
  Coverage: 'COVERED',
  'Covered Line Status': 'ACTIVE',
  'Product ID': 'C9300-48P',
  'Asset Type': 'HARDWARE',
  'Item Quantity': 1,
  'Covered Line Start Date': 46023,
  'Covered Line End Date': 46752,
  'Contract Type': 'SNT',
  'Contract Number': 299000002,
  'Ship Date': 45500,
  'Install Site City': 'Hamburg',
  'Install Site Country': 'Germany',
  'Instance ID': Number(instance),
  ...cells,
})

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const cell = (value: Cell, isDate: boolean) =>
  typeof value === 'number'
    ? `<c${isDate ? ' s="1"' : ''}><v>${value}</v></c>`
    : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook with one sheet, by their names in the ZIP; written by hand as Excel writes them. */
export function workbookParts(sheet: string): Record<string, string> {
  const type = (part: string, kind: string) =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('/xl/workbook.xml', 'sheet.main')}${type('/xl/worksheets/sheet1.xml', 'worksheet')}${type('/xl/styles.xml', 'styles')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="IB" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet,
  }
}

/** A sheet with these rows; columns whose name says Date hold days. */
export function sheetOf(rows: readonly Cells[], header: readonly string[] = INSTALL_BASE_HEADER): string {
  const line = (cells: string[]) => `<row>${cells.join('')}</row>`
  const body = rows.map((row) =>
    line(header.map((name) => cell(row[name] ?? '', / Date( |$)/.test(name) || name === 'Last Date of Support'))),
  )
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${line(header.map((name) => cell(name, false)))}${body.join('')}</sheetData></worksheet>`
}

export const workbook = (rows: readonly Cells[], header?: readonly string[]) =>
  zip(workbookParts(sheetOf(rows, header)))

type Part = string | Uint8Array
/** A ZIP of these parts. `claimed` lets a part say another size than it has. */
export function zip(parts: Record<string, Part>, claimed: Record<string, number> = {}): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const numbers = [crc32(bytes), packed.length, claimed[name] ?? bytes.length]
    const header = (signature: number, before: number[], after: number[]) => {
      const shorts = (values: number[]) => values.flatMap((value) => [value & 255, value >> 8])
      const longs = (values: number[]) =>
        values.flatMap((value) => [0, 8, 16, 24].map((bits) => (value >>> bits) & 255))
      return Buffer.from([
        ...longs([signature]),
        ...shorts(before),
        ...longs(numbers),
        ...shorts([Buffer.byteLength(name)]),
        ...after,
      ])
    }
    const file = Buffer.concat([header(0x04034b50, [20, 0, 8, 0, 33], [0, 0]), Buffer.from(name), packed])
    const place = Buffer.alloc(4)
    place.writeUInt32LE(offset)
    directory.push(
      header(0x02014b50, [20, 20, 0, 8, 0, 33], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...place]),
      Buffer.from(name),
    )
    local.push(file)
    offset += file.length
  }
  const end = Buffer.alloc(22)
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  end.writeUInt32LE(0x06054b50)
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(parts).length, at)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...directory, end])
}
