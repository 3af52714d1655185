import { deflateRawSync } from 'node:zlib'
import { checksum } from '../support/device-file'
import { leavesOutRows, MEGABYTE, noise, refusesAll } from '../support/hostile'
import { ImportScene } from '../support/import-scene'
import { INSTALL_BASE_HEADER, installed, sheetOf, workbook, workbookParts, zip } from '../support/workbooks'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const good = sheetOf([installed('1')])
const parts = (sheet: string, more: Record<string, string | Uint8Array> = {}) => ({ ...workbookParts(sheet), ...more })
const SHEET = 'xl/worksheets/sheet1.xml'
const withRows = (rows: string) => good.replace('</sheetData>', `${rows}</sheetData>`)

refusesAll(scene, 'install-base', [
  ['nothing', () => Buffer.from(''), 'The file is empty.'],
  ['a ZIP bomb', () => zip(parts('x'.repeat(45 * MEGABYTE))), /packed more than 100 times/],
  [
    'a ZIP bomb of many parts',
    () =>
      zip(
        parts(
          good,
          Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`xl/p${n}.xml`, 'y'.repeat(MEGABYTE - 1)])),
        ),
      ),
    /larger than 50 MB/,
  ],
  [
    'a ZIP bomb that says it is small',
    () => zip(parts(`${good}${' '.repeat(300 * MEGABYTE)}`), { [SHEET]: 5_000 }),
    /is damaged/,
  ],
  [
    'too many parts',
    () => zip(parts(good, Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`xl/p${n}.xml`, 'y'])))),
    'The workbook has more than 200 parts.',
  ],
  [
    'a ZIP of something else',
    () => zip({ 'word/document.xml': '<x/>', '[Content_Types].xml': '<x/>' }),
    /ZIP file, but not an Excel workbook/,
  ],
  ['a ZIP in a workbook', () => zip(parts(good, { 'xl/media/a.zip': zip({ a: 'b' }) })), /holds other files/],
  ['an embedded workbook', () => zip(parts(good, { 'xl/embeddings/book.xlsx': 'PK' })), /holds other files/],
  ['macros', () => zip(parts(good, { 'xl/vbaProject.bin': noise(1000) })), /holds macros/],
  [
    'links to other files',
    () => zip(parts(good, { 'xl/externalLinks/externalLink1.xml': '<x/>' })),
    /takes values from other files/,
  ],
  ['a password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel workbook \(XLS\), or one with a password/],
  ['a workbook that was cut', () => workbook([installed('1')]).subarray(0, 700), /is damaged/],
  [
    'a start without a ZIP',
    () => Buffer.concat([Buffer.from('PK\u0003\u0004'), deflateRawSync(noise(5000))]),
    /is damaged/,
  ],
  [
    'a table of contents that leads nowhere',
    () => {
      const file = workbook([installed('1')])
      file.writeUInt32LE(0xfffffff0, file.length - 6)
      return file
    },
    /is damaged/,
  ],
  ['a sheet that is not XML', () => zip(parts('not a sheet')), /no sheet with cells|cannot be read/],
  ['a workbook without sheets', () => zip({ ...parts(good), [SHEET]: '' }), /no sheet with cells|cannot be read/],
  [
    'entities',
    () =>
      zip(
        parts(
          good
            .replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>')
            .replace('FOC1', '&b;')
            .replace('Instance ID', 'Instance'),
        ),
      ),
    /lacks the column “Instance ID”/,
  ],
  [
    'a million columns',
    () =>
      zip(
        parts(
          sheetOf(
            [],
            Array.from({ length: 16_000 }, (_, n) => `c${n % 50}`),
          ),
        ),
      ),
    'Row 1 has more than 200 columns.',
  ],
  [
    'a column that stands twice',
    () => workbook([installed('1')], [...INSTALL_BASE_HEADER, 'INSTANCE ID']),
    /“Instance ID” stands twice/,
  ],
  ['missing columns', () => workbook([{ A: '1' }], ['A', 'B']), /lacks the columns “Serial Number \/ PAK number”/],
  ['a header alone', () => workbook([]), 'The file has a header but no rows.'],
  ['JSON', () => Buffer.from('{"a": 1}'), /JSON file/],
])

leavesOutRows(scene, 'install-base', [
  [
    'a cell far to the right',
    () => zip(parts(withRows(`<row r="3"><c r="XFD3"><v>1</v></c></row>`))),
    { added: 1, rejected: 1 },
    /cells, the header has/,
  ],
  [
    'a row far below',
    () => zip(parts(withRows(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`))),
    { added: 1, rejected: 0 },
  ],
  [
    'overlapping merges and a huge range',
    () =>
      zip(
        parts(
          good
            .replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>')
            .replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ),
      ),
    { added: 1, rejected: 0 },
  ],
  [
    'a formula: its last value',
    () =>
      zip(
        parts(
          good
            .replace('<is><t>Hamburg</t></is>', '<f>WEBSERVICE("http://127.0.0.1:9")</f><v>Bremen</v>')
            .replace('<c t="inlineStr"><f>', '<c t="str"><f>'),
        ),
      ),
    { added: 1, rejected: 0 },
  ],
  [
    'an error of Excel',
    () => zip(parts(good.replace(/<c s="1"><v>45500<\/v><\/c>/, '<c t="e"><v>#REF!</v></c>'))),
    { added: 0, rejected: 1 },
    /Ship Date “#?.*” is not a date/,
  ],
  [
    'escape sequences',
    () => workbook([installed('1', { 'Install Site City': 'a_x001B_b\u202e' })]),
    { added: 0, rejected: 1 },
    /cannot be seen/,
  ],
])

test('forged columns do nothing', async () => {
  const before = await checksum(scene.owner, 'borealis.example')
  const header = [...INSTALL_BASE_HEADER, 'smart_account_id', 'version', 'source', 'created_at']
  await scene.bring(
    workbook([installed('701', { smart_account_id: 2, version: 99, source: 'forged', created_at: 1 })], header),
    'install-base',
  )
  expect(await scene.device('701')).toMatchObject({ source: 'Install base', version: 1 })
  expect(await checksum(scene.owner, 'borealis.example')).toBe(before)
})
