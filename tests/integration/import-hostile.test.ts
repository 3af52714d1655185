import { deflateRawSync, gzipSync } from 'node:zlib'
import { DEVICE_HEADER, deviceFile, someDevice } from '../support/device-file'
import { leavesOutRows, MEGABYTE, noise, type Partly, type Refused, refusesAll } from '../support/hostile'
import { ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const header = DEVICE_HEADER.join(',')
const good = deviceFile([someDevice('1')])
const bytes = (text: string) => Buffer.from(text)
const line = bytes(good.toString()).toString().split('\r\n')[1] ?? ''

/** Files that are refused as a whole, and what is said. */
const refused: Refused[] = [
  ['nothing', () => bytes(''), 'The file is empty.'],
  ['a byte order mark alone', () => bytes('\ufeff'), 'The file is empty.'],
  ['blank lines alone', () => bytes('\n\n\r\n'), 'The file is empty.'],
  ['28 MB of blank lines', () => bytes('\n'.repeat(28 * MEGABYTE)), 'The file is empty.'],
  ['a header alone', () => bytes(`${header}\n`), 'The file has a header but no rows.'],
  [
    'more than 30 MB',
    () => Buffer.alloc(30 * MEGABYTE + 1, 'a'),
    'The file is larger than 30 MB. Split it into several files.',
  ],
  [
    'a workbook',
    () => Buffer.concat([bytes('PK\u0003\u0004'), deflateRawSync(noise(5000))]),
    /Excel workbook \(XLSX\)/,
  ],
  [
    'a ZIP bomb',
    () => Buffer.concat([bytes('PK\u0003\u0004'), deflateRawSync(Buffer.alloc(100 * MEGABYTE))]),
    /ZIP file/,
  ],
  ['an old workbook', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel workbook/],
  ['gzip', () => gzipSync(good), /compressed/],
  ['a PDF', () => bytes('%PDF-1.7\n'), /PDF/],
  ['UTF-16 with a mark', () => Buffer.from(`\ufeff${header}\n${line}\n`, 'utf16le'), /UTF-16/],
  ['UTF-16 without a mark', () => Buffer.from(`${header}\n${line}\n`, 'utf16le'), /UTF-16/],
  ['UTF-16 big endian', () => Buffer.from(`\ufeff${header}\n`, 'utf16le').swap16(), /UTF-16/],
  [
    'another encoding',
    () => Buffer.concat([bytes(`${header}\n`), Buffer.from(line.replace('Hamburg', 'Köln'), 'latin1')]),
    /^Line 2 holds characters that are not UTF-8/,
  ],
  [
    'NUL bytes',
    () => bytes(`${header}\n${line.replace('core', 'co\u0000re')}\n`),
    'Line 2 holds NUL bytes: this is not a text file.',
  ],
  ['bytes without sense', () => Buffer.concat([bytes('x'), noise(MEGABYTE)]), /NUL bytes|not UTF-8/],
  ['a web page', () => bytes('<!doctype html><title>Sign in</title>'), /web page/],
  ['JSON', () => bytes('[{"serialNumber": "FOC1"}]'), /JSON/],
  ['deep JSON', () => bytes('['.repeat(MEGABYTE)), /JSON/],
  ['another delimiter', () => bytes(header.replaceAll(',', '|')), /separated by “\|”/],
  [
    'a quotation mark that is never closed',
    () => bytes(`${header}\n${line}\n"${line}\n${`${line}\n`.repeat(200_000)}`),
    'The quotation mark that opens in line 3 is never closed.',
  ],
  [
    'quotation marks that do not match',
    () => bytes(`${header}\n"core"1,${line}\n`),
    /In line 2 text follows a closing quotation mark/,
  ],
  ['28 MB of odd quotation marks', () => bytes(`${header}\n${'"'.repeat(28 * MEGABYTE + 1)}`), /is never closed/],
  ['a million columns', () => bytes(`${'a,'.repeat(1_000_000)}\n`), 'Line 1 has more than 200 columns.'],
  ['a million quoted columns', () => bytes(`${'"a",'.repeat(1_000_000)}\n`), 'Line 1 has more than 200 columns.'],
  [
    'more than 200,000 rows',
    () => bytes(`${header}\n${'1\n'.repeat(200_001)}`),
    'The file has more than 200,000 rows. Split it into several files.',
  ],
  [
    'missing columns',
    () => bytes('Instance Number,Ship Date\n1,12-May-20\n'),
    'The file lacks the columns “Device Identifier 1 Value”, “Customer Site ID”, “Warranty Type”, “Sales Order”.',
  ],
  [
    'a column that stands twice',
    () => bytes(`${header},INSTANCE_number\n${line},2\n`),
    'The column “Instance Number” stands twice in the header.',
  ],
]

test('there are enough of them', () => expect(refused.length).toBeGreaterThanOrEqual(20))

refusesAll(scene, 'lc-devices', refused)
refusesAll(scene, 'lifecycle', [
  ['a file of another format', () => good, 'The file lacks the column “last_date_of_support”.'],
])

/** Files that can be read, of which single rows are left out. */
const partly: Partly[] = [
  ['a byte order mark', () => Buffer.concat([bytes('\ufeff'), good]), { added: 1, rejected: 0 }],
  ['semicolons', () => bytes(`${header};\n${line};\n`.replaceAll(',', ';')), { added: 1, rejected: 0 }],
  ['tabs', () => bytes(`${header}\n${line}\n`.replaceAll(',', '\t')), { added: 1, rejected: 0 }],
  ['a named delimiter', () => bytes(`sep=;\n${header}\n${line}\n`.replaceAll(',', ';')), { added: 1, rejected: 0 }],
  ['line ends of an old Macintosh', () => bytes(`${header}\r${line}\r`), { added: 1, rejected: 0 }],
  ['a row that was cut', () => bytes(`${header}\n${line}\ncore-2,C9300`), { added: 1, rejected: 1 }],
  [
    'a cell of 32,768 characters',
    () => deviceFile([someDevice('1', { 'Device Name': 'x'.repeat(32_768) })]),
    { added: 0, rejected: 1 },
  ],
  [
    'escape sequences',
    () => deviceFile([someDevice('1', { 'Device Name': '\u001b]0;owned\u0007' })]),
    { added: 0, rejected: 1 },
  ],
  [
    'markup and formulas',
    () => deviceFile([someDevice('1', { 'Device Name': '<img src=x onerror=alert(1)>', 'Customer Name': '=1+1' })]),
    { added: 1, rejected: 0 },
  ],
  [
    'SQL',
    () => deviceFile([someDevice("1'; drop table devices; --", { 'Product Number': "C9300'" })]),
    { added: 0, rejected: 1 },
  ],
]

leavesOutRows(scene, 'lc-devices', partly)
