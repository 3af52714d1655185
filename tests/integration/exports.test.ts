import { buffer, text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import type postgres from 'postgres'
import * as workbooks from 'xlsx'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { exportColumns } from '@/lib/exporting/columns'
import { closeExports, copyAs, type Way } from '@/lib/exporting/copy'
import { copyText } from '@/lib/exporting/copy-text'
import { type Extent, type Format, formatNames } from '@/lib/exporting/formats'
import { exportRows } from '@/lib/exporting/rows'
import { readExport, streamTable } from '@/lib/exporting/table-export'
import { NO_XML } from '@/lib/exporting/text-rules'
import { csvHeader, RowWriter } from '@/lib/exporting/write-rows'
import { readDate } from '@/lib/table/cells'
import { keepLayout } from '@/lib/table/kept-layout'
import { loadTable } from '@/lib/table/load'
import type { Params } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const SORTING = "copy (select current_setting('enable_sort')) to stdout"
const HOSTILE = [
  '=1+1',
  ' =HYPERLINK("http://x","y")',
  '+SUM(A1)',
  '-2',
  '@x',
  '\t=1',
  '＝1',
  'a,"b"\nc\r\nd',
  '<b>&amp;]]></b>',
  'x\u0001y\u001f\ufffe\uffffz',
  '_x0041_',
  '\\.',
  'back\\slash\\n',
  '  spaced  ',
  '0001234567890123456789',
  'naïve 東京 🚀',
  "'quoted'",
]
let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(400)
  owner = demo.owner
}, 120_000)
afterAll(async () => {
  await closeExports()
  await closeDemo(demo)
})

const viewer = (email: string) => viewerOf(owner, email, AURORA)

/** An export as it is sent. */
async function taken(who: Viewer, tab: string, params: Params, format: Format, extent: Extent = 'shown') {
  return buffer(await streamTable(who, await readExport(who, tab, params), format, extent))
}

/** Every row that the pages of a list show, and its columns. */
async function shown(who: Viewer, tab: string, params: Params) {
  const { resource } = await readExport(who, tab, params)
  const rows: string[][] = []
  for (let page = 1; ; page++) {
    const { view } = await loadTable(who, resource, { ...params, size: '250', page: String(page) }, '/list')
    rows.push(...view.cells)
    if (page >= view.pages || view.cells.length === 0) return { columns: view.columns, rows, resource }
  }
}

const csvOf = (bytes: Buffer) => parse(bytes, { bom: true, relax_column_count: false }) as string[][]
const jsonOf = (bytes: Buffer) =>
  bytes
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, string | number | null>)

function sheetsOf(bytes: Buffer) {
  const book = workbooks.read(bytes, { cellDates: true, UTC: true })
  const [first = ''] = book.SheetNames
  const rows = workbooks.utils.sheet_to_json<(string | number | Date | null)[]>(book.Sheets[first] ?? {}, {
    header: 1,
    defval: null,
    raw: true,
    UTC: true,
  })
  return { names: book.SheetNames, rows, book }
}

/** A value as the list shows it: dates in words, figures with their commas. */
function asShown(kind: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  const day = value instanceof Date ? value.toISOString() : String(value)
  if (kind === 'date' || kind === 'instant') return readDate(day)
  return kind === 'number' ? Number(value).toLocaleString('en-US') : String(value)
}

const CASES: [tab: string, params: Params, email: string][] = [
  ['devices', {}, 'admin@aurora.example'],
  ['devices', { sort: '-coverageEnd', coverage: ['covered', 'lapsed'] }, 'va-admin@aurora.example'],
  ['devices', { sort: 'name', q: 'c9' }, 'admin@aurora.example'],
  ['devices', { va: 'none' }, 'viewer@aurora.example'],
  ['devices', {}, 'va-user@aurora.example'],
  ['licensing', {}, 'user@aurora.example'],
  ['licensing', { status: 'out_of_compliance', sort: '-balance' }, 'partner@cobalt.example'],
  ['contracts', { expiry: ['30', '60', 'later'] }, 'va-viewer@aurora.example'],
  ['contracts', { view: 'agreements' }, 'admin@aurora.example'],
  ['subscriptions', {}, 'admin@aurora.example'],
  ['subscriptions', { view: 'agreements', sort: '-end' }, 'admin@aurora.example'],
  ['orders', { sort: 'customer' }, 'va-admin@aurora.example'],
  ['orders', { assignment: 'partly' }, 'admin@aurora.example'],
  ['events', {}, 'admin@aurora.example'],
  ['events', { q: 'device' }, 'va-admin@aurora.example'],
]

test.each(CASES)(
  '%s %j of %s: the rows of the pages, in their order and words, in every format',
  async (tab, params, email) => {
    const who = await viewer(email)
    const { columns, rows } = await shown(who, tab, params)
    expect(rows.length).toBeGreaterThan(0)
    const wanted = rows.map((row) =>
      row.map((cell, at) => wantedCell(columns[at]?.kind ?? '', tab, columns[at]?.name, cell)),
    )
    const kinds = columns.map(({ kind }) => kind)
    const read = (values: unknown[]) =>
      values.map((value, at) => wantedCell(kinds[at] ?? '', tab, columns[at]?.name, asShown(kinds[at] ?? '', value)))

    const [header, ...lines] = csvOf(await taken(who, tab, params, 'csv'))
    expect(header).toEqual(columns.map(({ label }) => label))
    expect(lines.map((line) => read(line))).toEqual(wanted)

    const objects = jsonOf(await taken(who, tab, params, 'jsonl'))
    expect(objects.map((object) => read(columns.map(({ name }) => object[name])))).toEqual(wanted)

    const { names, rows: sheet } = sheetsOf(await taken(who, tab, params, 'xlsx'))
    expect(names.at(-1)).toBe('About this export')
    expect(sheet[0]).toEqual(columns.map(({ label }) => label))
    expect(sheet.slice(1).map((row) => read(row))).toEqual(wanted)
  },
)

/** An instant of the log is shown with its time; here its day is compared. */
const wantedCell = (kind: string, tab: string, name: string | undefined, cell: string) =>
  tab === 'events' && name === 'date' && kind === 'date' ? (cell.split(',')[0] ?? '') : cell

test('all columns are all that the table has, typed', async () => {
  const who = await viewer('admin@aurora.example')
  const { resource } = await readExport(who, 'devices', {})
  const [row] = jsonOf(await taken(who, 'devices', { coverage: 'covered' }, 'jsonl', 'all'))
  expect(Object.keys(row ?? {})).toEqual(Object.keys(resource.columns))
  const { rows, book } = sheetsOf(await taken(who, 'devices', { coverage: 'covered' }, 'xlsx', 'all'))
  const at = (label: string) => rows[0]?.indexOf(label) ?? -1
  expect(rows[1]?.[at('Coverage end')]).toBeInstanceOf(Date)
  expect(typeof rows[1]?.[at('Serial number')]).toBe('string')
  const sheet = book.Sheets['Devices'] ?? {}
  expect(sheet['!autofilter']).toEqual({ ref: `A1:AE${rows.length}` })
  const about = workbooks.utils.sheet_to_json<string[]>(book.Sheets['About this export'] ?? {}, { header: 1 })
  expect(about).toContainEqual(['Filters', 'Coverage Status: Covered'])
  expect(about).toContainEqual(['Rows', (rows.length - 1).toLocaleString('en-US')])
})

test('hostile values stay values, and the database writes every format as this program does', async () => {
  const before = await viewer('admin@aurora.example')
  const ids = await owner<{ id: number }[]>`
    select d.id from devices d join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA} order by d.id limit ${HOSTILE.length}`
  for (const [at, { id }] of ids.entries())
    await owner`update devices set site_name = ${HOSTILE[at] ?? ''}, city = ${`${HOSTILE[at]}!`} where id = ${id}`
  await keepLayout(before, (await readExport(before, 'devices', {})).resource, {
    columns: ['instance', 'site', 'va', 'type', 'coverageEnd', 'city', 'asOf', 'country'],
    density: 'default',
  })
  const who = await viewer('admin@aurora.example')
  const params = { sort: 'instance' }
  const made = await readExport(who, 'devices', params)
  const columns = exportColumns(made.resource, who, made.layout, 'shown')
  const rows = exportRows(made.resource, who, made.query, today(), columns)
  for (const format of formatNames) {
    const direct = await text(await copyAs(who, copyText(rows, columns, format)))
    const values = await copyAs(who, copyText(rows, columns, 'values'))
    expect(await text(values.pipe(new RowWriter(columns, format)))).toBe(direct)
  }
  const own = await owner<{ site: string }[]>`
    select site_name as site from devices d join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA} order by instance_number, d.id`
  const bytes = await taken(who, 'devices', params, 'csv')
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\ufeff'))
  const cells = csvOf(bytes)
    .slice(1)
    .map((line) => line[1])
  expect(cells.map((cell) => (/^'\s*[-=+@＝]|^'[\t\r\n]/.test(cell ?? '') ? cell?.slice(1) : cell))).toEqual(
    own.map(({ site }) => site ?? ''),
  )
  expect(cells.filter((cell) => /^[\s=+@-]/.test(cell ?? '') && /^\s*[=+@-]/.test(cell ?? ''))).toEqual([])

  const { rows: sheet } = sheetsOf(await taken(who, 'devices', params, 'xlsx'))
  const clean = (value: string | null) => value?.replace(new RegExp(NO_XML, 'g'), '') ?? null
  expect(sheet.slice(1).map((row) => row[1]?.toString().replaceAll('\r', '') ?? null)).toEqual(
    own.map(({ site }) => clean(site || null)?.replaceAll('\r', '') ?? null),
  )
  expect(csvHeader(columns)).toMatch(/^\ufeffInstance number,Site,/)
  await keepLayout(who, made.resource, null)
})

test('whoever stops reading frees the connection at once', async () => {
  const who = await viewer('admin@aurora.example')
  const busy = async () => {
    const [row] = await owner<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where application_name = 'license-central-export' and state <> 'idle' and datname = current_database()`
    return row?.n
  }
  const endless = `copy (select repeat('x', 1000) from generate_series(1, 5000000)) to stdout`
  const stream = await copyAs(who, endless)
  await new Promise((resolve) => stream.once('data', resolve))
  expect(await busy()).toBe(1)
  stream.destroy()
  for (let tries = 0; (await busy()) !== 0 && tries < 50; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await busy()).toBe(0)
  expect((await taken(who, 'devices', {}, 'csv')).length).toBeGreaterThan(1000)
})

test('nobody takes out what their role does not see', async () => {
  const who = await viewer('va-user@aurora.example')
  await expect(readExport(who, 'contracts', { view: 'agreements' })).rejects.toThrow('There is no such table.')
  await expect(readExport(who, 'nothing', {})).rejects.toThrow('There is no such table.')
  await expect(readExport(who, 'devices', { coverage: 'blue' })).rejects.toThrow('“blue”')
})

test('most of an account is read along its index, and what is little of it as the planner finds cheaper', async () => {
  const wayOf = async (params: Params, email = 'admin@aurora.example') =>
    (await readExport(await viewer(email), 'devices', params)).way
  expect(await wayOf({})).toBe('along its index')
  expect(await wayOf({ sort: 'name' })).toBe('along its index')
  expect(await wayOf({ va: 'none' })).toBe('as planned')
  expect(await wayOf({ q: 'c9' })).toBe('as planned')
  expect(await wayOf({}, 'va-admin@aurora.example')).toBe('as planned')

  const who = await viewer('admin@aurora.example')
  const sorting = async (way: Way) => (await text(await copyAs(who, SORTING, way))).trim()
  expect(await sorting('along its index')).toBe('off')
  expect(await sorting('as planned')).toBe('on')
})
