import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import { today } from '@/lib/clock'
import { complianceOf, type Substitution } from '@/lib/compliance/compliance'
import { consumptionFigure } from '@/lib/overview/figures'
import { rowsOf } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { chosenValues } from '@/lib/resources/chosen-values'
import { loadDevice } from '@/lib/resources/device-detail'
import { devices } from '@/lib/resources/devices'
import { loadLicense } from '@/lib/resources/license-detail'
import { licenses } from '@/lib/resources/licenses'
import { countTable } from '@/lib/table/counts'
import { paramsOf } from '@/lib/table/href'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const PATH = '/accounts/aurora.example/licensing'

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(3000)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

const ask = (params: Params) => parseTable(licenses, params).query
const idOf = async (condition: string) => {
  const [row] = await owner.unsafe(`select l.id::int from licenses l
    left join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
    where l.smart_account_id = (select id from smart_accounts where domain = '${AURORA}') and ${condition} order by l.id limit 1`)
  if (!row) throw new Error(`No license: ${condition}`)
  return row['id'] as number
}
const detailOf = async (email: string, id: number) => loadLicense(await viewerOf(owner, email, AURORA), id, ask({}))

test('the state that is stored is the one that its terms, reservations and use give', async () => {
  const rows = await owner<
    {
      id: string
      account: string
      status: string
      quantity: number
      balance: number
      reserved: number
      in_use: number
      substitutions: Substitution[]
    }[]
  >`
    select id, smart_account_id as account, status, quantity, balance, reserved, in_use, substitutions from licenses`
  const terms = await owner<
    { account: string; license: string; quantity: number; start: string | null; end: string | null }[]
  >`
    select smart_account_id as account, license_id as license, quantity, start_date::text as start, end_date::text as end from license_terms`
  expect(rows.length).toBeGreaterThan(100)
  for (const row of rows) {
    const own = terms
      .filter(({ account, license }) => account === row.account && license === row.id)
      .map(({ quantity, start, end }) => ({ quantity, startDate: start, endDate: end }))
    const { substitutions, reserved, in_use: inUse } = row
    const found = complianceOf({ terms: own, substitutions, reserved, inUse }, today())
    expect([row.id, found.state, found.owned, found.balance]).toEqual([row.id, row.status, row.quantity, row.balance])
  }
})

test.each([
  { method: ['traditional'] },
  { status: 'out_of_compliance', category: ['Security', 'Switching'] },
  { type: 'TERM', billing: 'PREPAID', end: '2026-05-06..2027-12-31' },
  { sku: 'AIR-DNA-E' },
  { q: 'dna', type: 'TERM' },
])('list, facets and rows agree on %j', async (params) => {
  for (const email of ['admin@aurora.example', 'va-admin@aurora.example', 'va-viewer@aurora.example']) {
    const viewer = await viewerOf(owner, email, AURORA)
    const { view } = await loadTable(viewer, licenses, { ...params, size: '250' }, PATH)
    const { facets, total } = await asUser(viewer, (reader) =>
      countTable(reader, licenses, viewer, ask(params), today()),
    )
    expect([email, total, view.ids.length]).toEqual([email, total, Math.min(total, 250)])
    for (const facet of ['va', 'billing', 'category']) {
      if (facet in params) continue
      const sum = Object.values(facets[facet] ?? {}).reduce((a, b) => a + b, 0)
      expect([email, facet, facet === 'va' ? sum >= total : sum === total]).toEqual([email, facet, true])
    }
  }
})

test('numbers are sorted as numbers, both ways', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const balances = async (sort: string) => {
    const { view } = await loadTable(viewer, licenses, { sort, size: '250' }, PATH)
    const at = view.columns.findIndex(({ name }) => name === 'balance')
    return view.cells.map((row) => Number(row[at]?.replaceAll(',', '')))
  }
  const up = await balances('balance')
  expect(up).toEqual(up.toSorted((a, b) => a - b))
  expect(up[0]).toBeLessThan(0)
  const down = await balances('-balance')
  expect(down).toEqual(down.toSorted((a, b) => b - a))
})

test('a category of the Overview leads to its rows, and the rows to its quantity', async () => {
  const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const read = await readOverview(viewer, parseOverview({}).state)
  const { rows: figures, all } = consumptionFigure(read, rowsOf(AURORA))
  expect(figures.length).toBeGreaterThan(2)
  for (const { quantity, inUse, insufficient, licenses: rows } of [...figures, all]) {
    const at = (href: string | undefined) => {
      const { pathname, searchParams } = new URL(href ?? '', 'http://here.invalid')
      expect(pathname).toBe(PATH)
      return loadTable(viewer, licenses, { ...paramsOf(searchParams), size: '250' }, PATH)
    }
    const { view } = await at(quantity.href)
    const sumOf = (column: string) => {
      const at = view.columns.findIndex(({ name }) => name === column)
      return view.cells.reduce((sum, row) => sum + Number(row[at]?.replaceAll(',', '')), 0)
    }
    expect([view.total, sumOf('quantity'), sumOf('inUse')]).toEqual([rows, quantity.value, inUse.value])
    expect(inUse.href).toBe(quantity.href)
    expect((await at(insufficient.href)).view.total).toBe(insufficient.value)
  }
})

test('an insufficient license says why and how to get out', async () => {
  const id = await idOf(`l.status = 'out_of_compliance' and l.in_use > 0`)
  const detail = await detailOf('admin@aurora.example', id)
  expect(detail?.statuses).toEqual([{ text: 'Insufficient', tone: 'bad' }])
  expect(detail?.compliance.reasons[0]).toMatch(/in use.*too few\.$/)
  expect(detail?.compliance.waysOut.length).toBeGreaterThan(0)
})

test.each([
  ['va-user@aurora.example', `v.name = 'Germany'`, `v.name = 'France'`],
  ['va-viewer@aurora.example', `v.name = 'APJC'`, `v.name = 'Lab'`],
  ['va-admin@aurora.example', `v.name = 'France'`, 'l.virtual_account_id is null'],
  ['partner@cobalt.example', `v.name = 'Americas'`, `v.name = 'EMEA'`],
])('%s opens own licenses only, and is told of no place outside', async (email, own, other) => {
  expect(await detailOf(email, await idOf(other))).toBeNull()
  const viewer = await viewerOf(owner, email, AURORA)
  const id = await idOf(`${own} and l.in_use > 0`)
  const detail = await detailOf(email, id)
  expect(detail?.terms.length).toBeGreaterThan(0)
  expect(detail?.devices.length).toBeGreaterThan(0)
  const device = detail?.devices[0]
  const shown = await loadDevice(viewer, device?.id ?? 0, parseTable(devices, {}).query)
  expect(shown?.licenses.map((license) => license.id)).toContain(id)
  const places = viewer.virtualAccounts.map(({ name }) => name)
  for (const { place } of detail?.elsewhere ?? []) expect(places).toContain(place.split(' › ').at(-1))
  expect(detail?.reasons.list.some(({ isMe }) => isMe)).toBe(true)
})

test('other Virtual Accounts with some to spare are named to who sees them', async () => {
  const id =
    await idOf(`v.name = 'Germany' and exists (select from licenses o where o.smart_account_id = l.smart_account_id
    and o.product_id = l.product_id and o.name = l.name and o.type = l.type and o.id <> l.id and o.quantity > o.in_use + o.reserved)`)
  expect((await detailOf('admin@aurora.example', id))?.elsewhere.length).toBeGreaterThan(0)
  expect((await detailOf('va-user@aurora.example', id))?.elsewhere).toEqual([])
})

test('a device says whether its licenses are sufficient', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const statusOf = async (status: string) => {
    const [row] = await owner`select u.device_id::int as id from license_use u join licenses l
      on l.smart_account_id = u.smart_account_id and l.id = u.license_id
      where u.smart_account_id = ${viewer.account.id} and l.status = ${status} limit 1`
    return (await loadDevice(viewer, row?.['id'], parseTable(devices, {}).query))?.statuses.map(({ text }) => text)
  }
  expect(await statusOf('out_of_compliance')).toContain('A license is insufficient')
  expect(await statusOf('in_compliance')).toContain('Licenses sufficient')
})

test('SKUs of chosen rows stay in scope', async () => {
  const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const copy = (chosen: { search: string; all: boolean; ids: number[] }) =>
    chosenValues(viewer, licenses, licenses.columns.sku.column, chosen)
  const { view } = await loadTable(viewer, licenses, {}, PATH)
  expect(await copy({ search: '', all: true, ids: [] })).toHaveLength(view.total)
  expect(await copy({ search: '', all: false, ids: [await idOf(`v.name = 'Lab'`)] })).toEqual([])
})

test('quantity and use of each day before follow from the terms and the devices of then', async () => {
  const id = await idOf(`l.in_use > 20 and l.status = 'in_compliance'`)
  const days = (await detailOf('admin@aurora.example', id))?.days ?? []
  expect(days).toHaveLength(181)
  expect(days.at(-1)?.day).toBe('2026-05-06')
  const truth = await owner<{ day: string; quantity: number; in_use: number }[]>`
    select g.day::date::text as day,
      (select coalesce(sum(quantity), 0)::int from license_terms t where t.license_id = ${id}
        and coalesce(t.start_date, g.day) <= g.day and coalesce(t.end_date, g.day) >= g.day) as quantity,
      (select coalesce(sum(u.quantity), 0)::int from license_use u join devices d on d.smart_account_id = u.smart_account_id and d.id = u.device_id
        where u.license_id = ${id} and d.ship_date <= g.day) as in_use
    from generate_series(date '2025-11-07', date '2026-05-06', '1 day') g (day) order by 1`
  expect(days).toEqual(truth.map(({ day, quantity, in_use }) => ({ day, quantity, inUse: in_use })))
  expect(await detailOf('va-viewer@aurora.example', await idOf(`v.name = 'Lab'`))).toBeNull()
})
