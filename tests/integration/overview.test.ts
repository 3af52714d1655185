import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { coverageFigure, expirationFigure, type Linked, supportFigure } from '@/lib/overview/figures'
import { rowsOf } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { assignmentOf, linesOf } from '@/lib/overview/stats'
import { tableOf } from '@/lib/resources/all'
import { countTable } from '@/lib/table/counts'
import { paramsOf as parametersOf } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import {
  ASSIGNED,
  counted,
  DEVICES,
  LICENSES,
  LINES,
  namesOf,
  ORDERS,
  PERSONAS,
  type Persona,
} from '../support/metric-truth'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(1500)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

const counts = <M extends string>(
  table: string,
  persona: Persona,
  conditions: Record<M, string>,
  amount?: string,
): Promise<Record<M, number>> => counted(owner, table, persona, conditions, amount)

const overview = (viewer: Viewer, params: Params = {}) => readOverview(viewer, parseOverview(params).state)

/** How many rows the list at this address has. */
async function listTotal(viewer: Viewer, href: string): Promise<number> {
  const { pathname, searchParams } = new URL(href, 'http://localhost')
  const { resource } = tableOf(pathname.split('/').at(-1) ?? '', {})
  if (!resource) throw new Error(`${href} leads to no list.`)
  const { query, problems } = parseTable(resource, parametersOf(searchParams))
  expect(problems).toEqual([])
  return (await asUser(viewer, (reader) => countTable(reader, resource, viewer, query, today()))).total
}

describe.each(PERSONAS)('%s in %s', (...persona) => {
  const [email, domain] = persona
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, domain)
  })

  test('what the page shows is what plain SQL counts', async () => {
    const read = await overview(viewer)
    expect(read.devices).toEqual(await counts('devices', persona, DEVICES))
    expect(read.licenses).toEqual({
      ...(await counts('licenses', persona, LICENSES)),
      ...(await counts('licenses', persona, { quantity: 'true' }, 'sum(quantity)')),
      ...(await counts('licenses', persona, { inUse: 'true' }, 'sum(in_use)')),
    })
    expect(read.contracts.all).toEqual(await counts('contract_lines', persona, LINES))
    expect(read.subscriptions.all).toEqual(await counts('subscription_lines', persona, LINES))
  })

  test('the parts of each figure add up to its number', async () => {
    const read = await overview(viewer)
    const { state } = parseOverview({})
    const sum = (values: Linked[]) => values.reduce((total, { value }) => total + value, 0)
    const column = (rows: { values: Linked[] }[], index: number) =>
      sum(rows.flatMap(({ values }) => values[index] ?? []))
    const coverage = coverageFigure(read, state.coverage, rowsOf(domain))
    expect(coverage.sums.map(({ value }) => value)).toEqual([0, 1, 2].map((index) => column(coverage.rows, index)))
    expect([coverage.sums[0]?.value, sum(coverage.sums)]).toEqual([read.devices.covered, read.devices.total])
    expect(coverage.total.value).toBe(read.devices.total)
    const support = supportFigure(read, rowsOf(domain))
    expect(column(support.rows, 0)).toBe(read.devices.pastSupport)
    expect(sum([...support.rows.flatMap(({ values }) => values), support.unknown])).toBe(read.devices.total)
    const expirations = expirationFigure(read, state, rowsOf(domain))
    expect(column(expirations.rows, 0)).toBe(read.contracts.all.total)
    expect(column(expirations.rows, 1)).toBe(read.subscriptions.all.total)
    expect(sum(read.categories.map(({ numbers }) => ({ value: numbers.quantity })))).toBe(read.licenses.quantity)
    expect(sum(read.categories.map(({ numbers }) => ({ value: numbers.insufficient })))).toBe(
      read.licenses.insufficient,
    )
  })

  test('each part of a figure of devices is the total of the list that it leads to', async () => {
    const read = await overview(viewer)
    const filter = { country: read.coverage[0]?.at.country ?? '' }
    const coverage = coverageFigure(read, filter, rowsOf(domain))
    const support = supportFigure(read, rowsOf(domain))
    const parts = [...coverage.rows, ...support.rows].flatMap(({ values }) => values)
    const wholes = [...coverage.rows, ...support.rows].map(({ href = '', values }) => ({
      href,
      value: values.reduce((sum, { value }) => sum + value, 0),
    }))
    const linked = [...parts, ...wholes, ...coverage.sums, coverage.total, support.unknown].filter(
      ({ href }) => href !== undefined,
    )
    expect(linked.length).toBeGreaterThan(8)
    for (const { value, href = '' } of linked) expect([href, await listTotal(viewer, href)]).toEqual([href, value])
  })

  test('each number of expirations is the total of the list that it leads to, under a filter too', async () => {
    const { state } = parseOverview({ expirationArchitecture: 'Networking' })
    const read = await readOverview(viewer, state)
    const rowsHref = rowsOf(domain)
    const stats = linesOf({ viewer, rowsHref }, read, state.expiration).flatMap(({ all, filtered }) => [
      ...Object.values(all),
      ...Object.values(filtered),
    ])
    const parts = expirationFigure(read, state, rowsHref).rows.flatMap(({ values }) => values)
    for (const { value, href = '' } of [...stats, ...parts])
      expect([href, await listTotal(viewer, href)]).toEqual([href, value])
  })

  test('Assign Status is read for Smart Account Administrators of this account only', async () => {
    const { assignment } = await overview(viewer)
    const isAdministrator =
      email === `admin@${domain}` || (email.endsWith(`@${domain}`) && email.startsWith('partner@'))
    expect(assignment !== null).toBe(isAdministrator)
    if (!assignment) return
    expect(assignment.licenses).toEqual(await counts('licenses', persona, ASSIGNED))
    const { assigned, partly, inDefault, unassigned } = await counts('orders', persona, ORDERS)
    expect(assignment.orders).toEqual({ assigned, partly, inDefault, unassigned })
    for (const { total, parts } of assignmentOf({ viewer, rowsHref: rowsOf(domain) }, assignment))
      for (const { value, href } of [total, ...parts.map(({ stat }) => stat)])
        expect([href, href ? await listTotal(viewer, href) : 0]).toEqual([href, value])
  })
})

describe('filters of the figures', () => {
  const where = `architecture = 'Networking' and country = 'DE'`
  const under = <M extends string>(conditions: Record<M, string>) =>
    Object.fromEntries(namesOf(conditions).map((name) => [name, `(${conditions[name]}) and ${where}`])) as Record<
      M,
      string
    >

  test.each(PERSONAS.filter(([, domain]) => domain === AURORA))(
    'as plain SQL counts them for %s',
    async (...persona) => {
      const viewer = await viewerOf(owner, persona[0], persona[1])
      const params = {
        coverageArchitecture: 'Networking',
        coverageCountry: 'DE',
        expirationArchitecture: 'Networking',
        expirationCountry: 'DE',
        expirationPeriod: 'month',
      }
      const read = await overview(viewer, params)
      const { state } = parseOverview(params)
      const coverage = coverageFigure(read, state.coverage, rowsOf(AURORA))
      const expirations = expirationFigure(read, state, rowsOf(AURORA))
      const { total, covered, uncovered, notEligible } = await counts('devices', persona, under(DEVICES))
      expect(coverage.rows.map(({ values }) => values.map(({ value }) => value))).toEqual(
        total === 0 ? [] : [[covered, uncovered, notEligible]],
      )
      if (persona[2] === null) expect([total > 0, read.contracts.filtered.total > 0]).toEqual([true, true])
      expect(read.contracts.filtered).toEqual(await counts('contract_lines', persona, under(LINES)))
      expect(read.subscriptions.filtered).toEqual(await counts('subscription_lines', persona, under(LINES)))
      const may = expirations.rows.find(({ label }) => label === 'May ’26')
      const month = under({ n: `end_date between '2026-05-01' and '2026-05-31'` })
      expect(may?.values[0]?.value).toBe((await counts('contract_lines', persona, month)).n)
    },
  )

  test('a country that does not occur counts nothing', async () => {
    const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
    const params = { coverageCountry: 'ZZ', expirationCountry: 'ZZ' }
    const read = await overview(viewer, params)
    expect(coverageFigure(read, parseOverview(params).state.coverage, rowsOf(AURORA)).rows).toEqual([])
    expect(read.contracts.filtered.total).toBe(0)
    expect(read.contracts.all.total).toBeGreaterThan(0)
  })
})

test('an account without anything counts zero everywhere', async () => {
  await owner`insert into smart_accounts (domain, name, day) values ('empty.example', 'Empty', ${today()})`
  await owner`insert into role_assignments (smart_account_id, user_id, role)
    select a.id, u.id, 'sa_admin' from smart_accounts a, users u where a.domain = 'empty.example' and u.email = 'stranger@harbor.example'`
  const viewer = await viewerOf(owner, 'stranger@harbor.example', 'empty.example')
  const { devices: found, licenses: owned, contracts: held, assignment } = await overview(viewer)
  expect([found.total, owned.total, held.all.total, assignment?.devices.assigned]).toEqual([0, 0, 0, 0])
})
