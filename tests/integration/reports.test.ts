import type postgres from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { NotFound } from '@/lib/errors'
import { overviewQuery, parseOverview } from '@/lib/overview/schema'
import { buildReport } from '@/lib/reports/build'
import { type ReportKind, reportFormats, reportHref, reportKinds } from '@/lib/reports/kinds'
import { chartColor } from '@/lib/reports/palette'
import type { Report } from '@/lib/reports/report'
import { badParameters } from '@/lib/resources/all'
import { devices } from '@/lib/resources/devices'
import type { Params } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { ASSIGNED, counted, DEVICES, LICENSES, LINES, ORDERS, PERSONAS, type Persona } from '../support/metric-truth'
import { type DrawnReport, drawn } from '../support/report-files'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const HOSTILE = '=HYPERLINK("http://evil.example") <b>&\u0001\uFFFE'
const chosen = ['admin@aurora.example', 'va-admin@aurora.example', 'va-viewer@aurora.example']
const people = PERSONAS.filter(([email, domain]) => chosen.includes(email) && domain === 'aurora.example')
const PASSED = devices.bands.support.bands.passed.label
const FILTER = { coverageArchitecture: 'Networking', expirationCountry: 'DE' }

let demo: DemoScene
let owner: postgres.Sql
let files: Record<string, DrawnReport>
const reports: Record<string, Report> = {}

const reportOf = (viewer: Viewer, kind: ReportKind, params: Params = {}) =>
  buildReport(viewer, { kind, format: 'xlsx', state: parseOverview(params).state })

beforeAll(async () => {
  demo = await openDemo(1500)
  owner = demo.owner
  for (const [email, domain] of people) {
    const viewer = await viewerOf(owner, email, domain)
    reports[email] = await reportOf(viewer, 'all')
    reports[`${email} filtered`] = await reportOf(viewer, 'all', FILTER)
  }
  reports['empty'] = await reportOf(await viewerOf(owner, 'va-viewer@aurora.example', 'aurora.example'), 'coverage', {
    coverageCountry: 'ZZ',
  })
  const all = reports[chosen[0] ?? '']
  const [section] = all?.sections ?? []
  if (!all || !section) throw new Error('The administrator has a report.')
  const table = {
    ...section.table,
    rows: Array.from({ length: 40 }, (_, at) => [`${HOSTILE}${at}`, 1, 5e6, 4e6, 0.8, 2]),
  }
  const rows = table.rows.map(([label]) => ({ label: String(label), values: [5e6, 4e6] }))
  reports['hostile'] = {
    ...all,
    account: HOSTILE,
    scope: HOSTILE.repeat(40),
    sections: [{ ...section, filter: HOSTILE, table, chart: section.chart && { ...section.chart, rows } }],
  }
  files = await drawn(reports)
}, 120_000)
afterAll(() => closeDemo(demo))

/** The rows of the table of a sheet by their first cell, and of the columns named. */
function rowsOf(file: DrawnReport | undefined, sheet: string): Map<string, Record<string, unknown>> {
  const [header = [], ...rows] = file?.sheets[sheet]?.slice(10) ?? []
  return new Map(rows.map((row) => [String(row[0]), Object.fromEntries(header.map((name, at) => [name, row[at]]))]))
}

describe.each(people)('%s in %s', (...persona: Persona) => {
  const [email] = persona
  const counts = <M extends string>(table: string, conditions: Record<M, string>, amount?: string) =>
    counted(owner, table, persona, conditions, amount)

  test('the workbook has the numbers that plain SQL counts', async () => {
    const file = files[email]
    const ofDevices = await counts('devices', DEVICES)
    expect(rowsOf(file, 'Device coverage').get('All architectures')).toMatchObject({
      Covered: ofDevices.covered,
      Uncovered: ofDevices.uncovered,
      'Not eligible': ofDevices.notEligible,
      Devices: ofDevices.total,
      Coverage: ofDevices.covered / ofDevices.eligible,
    })
    const licenses = await counts('licenses', LICENSES)
    const { quantity } = await counts('licenses', { quantity: 'true' }, 'sum(quantity)')
    const { inUse } = await counts('licenses', { inUse: 'true' }, 'sum(in_use)')
    expect(rowsOf(file, 'License consumption').get('All categories')).toMatchObject({
      Licenses: licenses.total,
      Quantity: quantity,
      'In use': inUse,
      Insufficient: licenses.insufficient,
    })
    const support = rowsOf(file, 'Last date of support')
    expect(support.get('All devices')).toMatchObject({ [PASSED]: ofDevices.pastSupport, Devices: ofDevices.total })
    const [inContracts, inSubscriptions] = [
      await counts('contract_lines', LINES),
      await counts('subscription_lines', LINES),
    ]
    const ends = rowsOf(file, 'Expirations')
    for (const [row, name] of [
      ['Expired', 'expired'],
      ['Next 30 days', 'next30'],
      ['Next 60 days', 'next60'],
      ['Next 90 days', 'next90'],
      ['All products', 'total'],
    ] as const)
      expect([row, ends.get(row)]).toMatchObject([
        row,
        { 'In contracts': inContracts[name], 'In subscriptions': inSubscriptions[name] },
      ])
  })

  test('each part of a figure is there, and they add up', async () => {
    const byArchitecture = await owner.unsafe<{ name: string; n: number }[]>(
      'select architecture as name, 0 as n from products group by 1',
    )
    for (const { name } of byArchitecture) {
      const ofIt = Object.fromEntries(
        Object.entries(DEVICES).map(([metric, where]) => [metric, `(${where}) and architecture = '${name}'`]),
      ) as typeof DEVICES
      const { covered, uncovered, notEligible } = await counts('devices', ofIt)
      const row = rowsOf(files[email], 'Device coverage').get(name)
      expect([name, row?.['Covered'] ?? 0, row?.['Uncovered'] ?? 0, row?.['Not eligible'] ?? 0]).toEqual([
        name,
        covered,
        uncovered,
        notEligible,
      ])
    }
  })

  test('the filters of the page hold in the file, and the file says so', async () => {
    const under = (conditions: typeof DEVICES | typeof LINES, where: string) =>
      Object.fromEntries(Object.entries(conditions).map(([name, one]) => [name, `(${one}) and ${where}`]))
    const file = files[`${email} filtered`]
    const networking = await counts('devices', under(DEVICES, `architecture = 'Networking'`))
    expect(rowsOf(file, 'Device coverage').get('All architectures')).toMatchObject({
      Covered: networking['covered'],
      Devices: networking['total'],
    })
    const lines = await counts('contract_lines', under(LINES, `country = 'DE'`))
    expect(rowsOf(file, 'Expirations').get('All products')).toMatchObject({ 'In contracts': lines['total'] })
    const said = JSON.stringify(file?.sheets)
    expect(said).toContain('Only Networking.')
    expect(said).toContain('Only Germany.')
  })

  test('Assign Status is in it for Smart Account Administrators alone', async () => {
    const isAdministrator = email === 'admin@aurora.example'
    expect('Assignment status' in (files[email]?.sheets ?? {})).toBe(isAdministrator)
    expect([...(files[email]?.slides.values() ?? [])].some((part) => part.includes('Partly assigned'))).toBe(
      isAdministrator,
    )
    const viewer = await viewerOf(owner, email, 'aurora.example')
    if (!isAdministrator) await expect(reportOf(viewer, 'assignment')).rejects.toThrow(NotFound)
    if (!isAdministrator) return
    const { assigned, inDefault, unassigned } = await counts('devices', ASSIGNED)
    const rows = rowsOf(files[email], 'Assignment status')
    expect(rows.get('Devices')).toMatchObject({ Assigned: assigned, 'In DEFAULT': inDefault, 'In none': unassigned })
    const orders = await counts('orders', ORDERS)
    expect(rows.get('Orders')).toMatchObject({ Assigned: orders.assigned, 'Partly assigned': orders.partly })
  })

  test.each(['slides', 'workbook'] as const)(
    '%s: native charts over the same numbers, in the colors of the product',
    (part) => {
      const charts = chartsOf(files[email]?.[part] ?? new Map())
      const wanted = (reports[email]?.sections ?? []).flatMap(({ chart }) => chart ?? [])
      expect(charts.map(({ numbers }) => numbers)).toEqual(
        wanted.map(({ layout, rows, series }) => {
          const drawn = part === 'slides' && layout === 'bars' ? rows.toReversed() : rows
          return series.map((_, at) => drawn.map(({ values }) => values[at]))
        }),
      )
      for (const [index, { series }] of wanted.entries()) {
        const { xml = '' } = charts[index] ?? {}
        for (const { tone } of series) expect(xml.toLowerCase()).toContain(chartColor(tone))
        // What the numbers stand in, so that they can be changed there.
        expect(xml).toMatch(/<c:f>[^<]+!\$\w\$\d+:\$\w\$\d+<\/c:f>/)
      }
    },
  )

  test('each slide has its sentence', () => {
    const text = [...(files[email]?.slides ?? [])].filter(([path]) => /slides\/slide\d+\.xml$/.test(path))
    const sections = reports[email]?.sections ?? []
    expect(text).toHaveLength(2 + 2 * sections.length)
    for (const { message } of sections) expect(text.some(([, xml]) => textOf(xml).includes(message))).toBe(true)
  })
})

/** The charts of a file in their order, with the numbers of each series. */
const chartsOf = (parts: Map<string, string>) =>
  [...parts]
    .flatMap(([path, xml]) => {
      const [, number] = /charts\/chart(\d+)\.xml$/.exec(path) ?? []
      return number ? [{ number: Number(number), xml }] : []
    })
    .toSorted((a, b) => a.number - b.number)
    .map(({ xml }) => ({
      xml,
      numbers: [...xml.matchAll(/<c:val>.*?<\/c:val>/gs)].map(([part]) =>
        [...part.matchAll(/<c:v>([\d.]+)<\/c:v>/g)].map(([, value]) => Number(value)),
      ),
    }))

const textOf = (xml: string) =>
  [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)]
    .map(([, text = '']) => text.replaceAll('&apos;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&'))
    .join(' ')

test('a report of nothing says so, and has no chart', () => {
  expect(reports['empty']?.sections[0]?.message).toBe('No device in this scope is eligible for coverage.')
  expect([...(files['empty']?.slides.keys() ?? [])].filter((path) => path.includes('charts/chart'))).toEqual([])
  expect(rowsOf(files['empty'], 'Device coverage').get('All architectures')).toMatchObject({
    Devices: 0,
    Coverage: '–',
  })
})

test('hostile names are text in both files, and long tables end in what is left over', () => {
  const { sheets, workbook, slides } = files['hostile'] ?? { sheets: {}, workbook: new Map(), slides: new Map() }
  const parts = [...workbook, ...slides]
  for (const [path, xml] of parts) expect([path, /(?![\n\t\r])\p{Cc}|\uFFFE/u.test(xml)]).toEqual([path, false])
  for (const [path, xml] of parts) expect([path, xml.match(/<b>|<f>=?HYPERLINK/)?.[0]]).toEqual([path, undefined])
  expect(rowsOf({ sheets, workbook, slides }, 'License consumption').size).toBe(41)
  expect([...slides.values()].some((xml) => xml.includes('27 others'))).toBe(true)
})

test('an address with a value that is none is answered by naming it', () => {
  const bad = (search: string) => badParameters('/accounts/aurora.example/overview/report', new URLSearchParams(search))
  expect(bad('kind=money')).toEqual(['kind: “money” is not one of its values.'])
  expect(bad('format=pdf&kind=all')).toEqual(['format: “pdf” is not one of its values.'])
  const { state } = parseOverview(FILTER)
  for (const kind of Object.keys(reportKinds) as ReportKind[])
    for (const format of Object.keys(reportFormats) as (keyof typeof reportFormats)[]) {
      const { searchParams } = new URL(reportHref('aurora.example', { kind, format, state }), 'http://localhost')
      expect(bad(String(searchParams))).toEqual([])
      for (const [name, value] of overviewQuery(state)) expect(searchParams.get(name)).toBe(value)
    }
})
