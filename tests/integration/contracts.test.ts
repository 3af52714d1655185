import fc from 'fast-check'
import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { measure } from '@/lib/metrics/measure'
import { contractAgreements } from '@/lib/resources/contract-agreements'
import { loadContract } from '@/lib/resources/contract-detail'
import { contracts } from '@/lib/resources/contracts'
import { loadOrder } from '@/lib/resources/order-detail'
import { subscriptionAgreements } from '@/lib/resources/subscription-agreements'
import { loadSubscription } from '@/lib/resources/subscription-detail'
import { subscriptions } from '@/lib/resources/subscriptions'
import { countTable } from '@/lib/table/counts'
import { filteredColumns } from '@/lib/table/filters'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'
import { type Resource, rollupOf } from '@/lib/table/resource'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
/** A person, and the Virtual Accounts that they see by name; null = the whole account. */
const PERSONAS: [email: string, names: string[] | null][] = [
  ['admin@aurora.example', null],
  ['viewer@aurora.example', null],
  ['va-admin@aurora.example', ['EMEA', 'Germany', 'France']],
  ['va-user@aurora.example', ['Germany']],
  ['va-viewer@aurora.example', ['APJC']],
]
const LISTS = [
  { resource: contracts, table: 'contract_lines', number: 'contract_number', sku: 'service_sku' },
  { resource: subscriptions, table: 'subscription_lines', number: 'subscription_number', sku: 'sku' },
] as const

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(2000)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

/** The lines of the account that somebody with these Virtual Accounts may see, by plain SQL. */
const seen = (table: string, names: string[] | null, where = 'true') => owner<Record<string, string>[]>`
  select t.* from ${owner(table)} t where t.smart_account_id = (select id from smart_accounts where domain = ${AURORA})
    and ${owner.unsafe(where)} ${
      names
        ? owner`and t.virtual_account_id in (select id from virtual_accounts v where v.smart_account_id = t.smart_account_id and v.name in ${owner(names)})`
        : owner``
    }`

const totalOf = async (viewer: Viewer, resource: Resource, params: Params) => {
  const { query, problems } = parseTable(resource, params)
  expect(problems).toEqual([])
  return (await asUser(viewer, (reader) => countTable(reader, resource, viewer, query, today()))).total
}

describe.each(PERSONAS)('%s', (email, names) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, AURORA)
  })

  test.each(LISTS)('counts $table as plain SQL does', async ({ resource, table, number, sku }) => {
    const all = await seen(table, names)
    expect(all.length).toBeGreaterThan(3)
    expect(await totalOf(viewer, resource, {})).toBe(all.length)
    expect(await totalOf(viewer, resource, { expiry: ['expired'] })).toBe(
      (await seen(table, names, `end_date < '2026-05-06'`)).length,
    )
    const mixed = { architecture: ['Networking'], expiry: ['90', 'later'] }
    expect(await totalOf(viewer, resource, mixed)).toBe(
      (await seen(table, names, `architecture = 'Networking' and end_date >= '2026-07-06'`)).length,
    )
    const [first] = all
    const filter = resource === contracts ? 'contract' : 'subscription'
    expect(await totalOf(viewer, resource, { [filter]: first?.[number] })).toBe(
      all.filter((line) => line[number] === first?.[number]).length,
    )
    expect(await totalOf(viewer, resource, { q: first?.[sku] })).toBe(
      all.filter((line) => line[sku]?.includes(first?.[sku] ?? '')).length,
    )
  })

  test('a page of each list reads in its own words and leads to its contract or subscription', async () => {
    const one = await loadTable(viewer, contracts, { sort: 'daysLeft', size: '250' }, '/contracts')
    const at = one.view.columns.findIndex(({ name }) => name === 'contract')
    expect(one.view.cells.map((cells, row) => `${cells[at]}?line=${one.view.ids[row]}`)).toEqual(one.view.addresses)
    expect(one.view.cells.length).toBeGreaterThan(3)
    const status = one.view.columns.findIndex(({ name }) => name === 'status')
    const ends = one.view.columns.findIndex(({ name }) => name === 'daysLeft')
    for (const cells of one.view.cells) expect(cells[status] === 'Expired').toBe(cells[ends]?.endsWith(' ago'))
    const two = await loadTable(viewer, subscriptions, { size: '25' }, '/subscriptions')
    expect(two.view.addresses.every((address) => /^\d+\?line=\d+$/.test(address))).toBe(true)
  })

  test('a contract shows their lines and no others', async () => {
    const [line] = await seen('contract_lines', names)
    const number = line?.['contract_number'] ?? ''
    const mine = (await seen('contract_lines', names)).filter((other) => other['contract_number'] === number)
    const detail = await loadContract(viewer, number)
    expect(detail?.total).toBe(mine.length)
    const ids = mine.map(({ id }) => Number(id))
    for (const { id } of detail?.lines ?? []) expect(ids).toContain(id)
    expect(detail?.reasons.list.some(({ isMe }) => isMe)).toBe(true)
  })

  test('a subscription shows their lines and no others', async () => {
    const [line] = await seen('subscription_lines', names)
    const id = Number(line?.['subscription_id'])
    const mine = (await seen('subscription_lines', names)).filter((other) => Number(other['subscription_id']) === id)
    const detail = await loadSubscription(viewer, id)
    expect(detail?.total).toBe(mine.length)
    expect(detail?.lines.map((shown) => shown.id).sort()).toEqual(mine.map((shown) => Number(shown['id'])).sort())
    // Whoever sees all of it is led to the terms, and everybody only by an order that they see.
    if (names === null) expect(detail?.papers?.terms.map(({ when }) => when)).toContain('present')
    if (detail?.papers)
      expect(await loadOrder(viewer, detail.papers.order)).toMatchObject({ terms: detail.papers.terms })
  })

  test('what they see no line of does not exist for them', async () => {
    const own = new Set((await seen('contract_lines', names)).map((line) => line['contract_number']))
    const hidden = (await seen('contract_lines', null)).find((line) => !own.has(line['contract_number']))
    if (names) expect(hidden).toBeDefined()
    if (hidden) expect(await loadContract(viewer, hidden['contract_number'] ?? '')).toBeNull()
    expect(await loadContract(viewer, 'no-such')).toBeNull()
    expect(await loadSubscription(viewer, 999_999_999)).toBeNull()
  })
})

const place = (resource: Resource, params: Params, line: number | null = null) => ({
  resource,
  query: parseTable(resource, params).query,
  line,
})

test('a product opens with the rows beside it, whatever contract they are of', async () => {
  const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const params = { sort: '-start', architecture: ['Networking'], size: '250' }
  const { view } = await loadTable(viewer, contracts, params, '/contracts')
  for (const at of [0, 1, view.ids.length - 2]) {
    const id = view.ids[at] ?? 0
    const number = view.addresses[at]?.split('?')[0] ?? ''
    const detail = await loadContract(viewer, number, place(contracts, params, id))
    expect(detail?.chosen?.id).toBe(id)
    expect(detail?.beside).toEqual({ previous: view.addresses[at - 1] ?? null, next: view.addresses[at + 1] })
  }
  const other = view.addresses.find((address) => address.split('?')[0] !== view.addresses[0]?.split('?')[0])
  expect(await loadContract(viewer, other?.split('?')[0] ?? '', place(contracts, {}, view.ids[0]))).toBeNull()
})

describe.each([
  { resource: contractAgreements, table: 'contracts', lines: 'contract_lines', of: 'contract_id' },
  { resource: subscriptionAgreements, table: 'subscriptions', lines: 'subscription_lines', of: 'subscription_id' },
] as const)('the list of $table', ({ resource, table, lines, of }) => {
  test('an administrator gets each once, with how many products it has', async () => {
    const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
    const rows = await owner<{ id: number; number: string; n: number }[]>`
      select a.id, a.number, (select count(*)::int from ${owner(lines)} l where l.${owner(of)} = a.id) as n from ${owner(table)} a
      where a.smart_account_id = ${viewer.account.id} order by a.end_date desc, a.id desc`
    expect(rows.length).toBeGreaterThan(5)
    const { view } = await loadTable(viewer, resource, { sort: '-end', size: '250' }, '/list')
    expect(view.ids).toEqual(rows.slice(0, 250).map(({ id }) => Number(id)))
    const at = view.columns.findIndex(({ name }) => name === 'products')
    expect(view.cells.map((cells) => cells[at])).toEqual(rows.slice(0, 250).map(({ n }) => n.toLocaleString('en-US')))
    expect([view.total, view.search]).toEqual([rows.length, '?view=agreements&sort=-end&size=250'])
    const expired =
      await owner`select id from ${owner(table)} where smart_account_id = ${viewer.account.id} and end_date < '2026-05-06'`
    expect(await totalOf(viewer, resource, { expiry: ['expired'] })).toBe(expired.length)
    expect(await totalOf(viewer, resource, { q: rows[0]?.number })).toBe(1)
  })

  test('who sees some Virtual Accounts only gets none, even where the page did not refuse', async () => {
    const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
    expect(await totalOf(viewer, resource, {})).toBe(0)
    const { view } = await loadTable(viewer, resource, {}, '/list')
    expect([view.ids, view.state]).toEqual([[], 'nothing'])
  })

  test.each(Object.keys(resource.columns).filter((name) => name !== 'products'))('sorts by %s', async (sort) => {
    const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
    const { view } = await loadTable(viewer, resource, { sort, size: '250' }, '/list')
    expect(new Set(view.ids).size).toBe(Math.min(view.total, 250))
  })

  test('one opens with those beside it', async () => {
    const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
    const { view } = await loadTable(viewer, resource, { size: '250' }, '/list')
    const at = place(resource, {})
    const [first, second, third] = view.addresses
    const opened =
      resource === contractAgreements
        ? loadContract(viewer, second ?? '', at)
        : loadSubscription(viewer, Number(second), at)
    expect((await opened)?.beside).toEqual({ previous: first, next: third })
  })
})

test('filtered expirations are counted from rollups, not from lines', async () => {
  const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const names = ['total', 'inForce', 'expired', 'next30', 'next60', 'next90'] as const
  const under = { architecture: ['Networking'], country: ['DE'] }
  for (const resource of [contracts, subscriptions]) {
    const before = await asUser(viewer, (reader) => measure(reader, { resource, viewer, today: today(), under }, names))
    for (const name of names)
      expect([name, before[name]]).toEqual([
        name,
        await totalOf(viewer, resource, { ...under, ...resource.metrics[name].params }),
      ])
    for (const name of names)
      expect(
        rollupOf(resource, [
          'va',
          'architecture',
          'country',
          ...filteredColumns(resource, parseTable(resource, resource.metrics[name].params).query),
        ]),
      ).toBeDefined()
  }
})

test('a covered device is found by its serial number where it is seen, and is none where it is not', async () => {
  const [germany] = await seen('contract_lines', ['Germany'])
  const [elsewhere] = await owner`
    select d.serial_number as serial, d.id from devices d join virtual_accounts v on v.id = d.virtual_account_id
    where v.name = 'France' and d.serial_number is not null order by d.id limit 1`
  // A line in Germany for a device in France: two records of different places that disagree.
  await owner`update contract_lines set device_id = ${elsewhere?.['id']} where id = ${germany?.['id'] ?? 0}`
  const admin = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const user = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  const lines = await owner`select id from contract_lines where device_id = ${elsewhere?.['id']}`
  expect(await totalOf(admin, contracts, { q: elsewhere?.['serial'] })).toBe(lines.length)
  expect(await totalOf(user, contracts, { q: elsewhere?.['serial'] })).toBe(0)
  const { view } = await loadTable(
    user,
    contracts,
    { contract: germany?.['contract_number'], size: '250' },
    '/contracts',
  )
  const at = view.columns.findIndex(({ name }) => name === 'serial')
  expect(view.cells[view.ids.indexOf(Number(germany?.['id']))]?.[at]).toBe('')
})

test('a number that changes changes on its lines, and what is filtered by follows', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [line] = await seen('contract_lines', null)
  const number = line?.['contract_number'] ?? ''
  const before = await totalOf(viewer, contracts, { contract: number })
  await owner`update contracts set number = 'C-NEW' where number = ${number}`
  expect(await totalOf(viewer, contracts, { contract: 'C-NEW' })).toBe(before)
  expect((await loadContract(viewer, 'C-NEW'))?.total).toBe(before)
  expect(await owner`select * from app.rollup_drift() where cells <> 0`).toEqual([])
})

test('whatever is done to lines, their rollups stay exact', async () => {
  const tables = fc.constantFrom('contract_lines', 'subscription_lines')
  const deeds = fc.constantFrom(
    `delete from $t where id = $i`,
    `update $t set country = 'ZZ', end_date = end_date + 1 where id between $i and $i + 9`,
    `update $t set architecture = 'Security', end_date = end_date - 40 where id % 17 = $i % 17`,
    `update $t set virtual_account_id = null where id between $i and $i + 3`,
    `insert into $t select (jsonb_populate_record(l, jsonb_build_object('id', (select max(id) + 1 from $t)))).* from $t l where id = $i`,
  )
  const step = fc.record({ table: tables, deed: deeds, id: fc.integer({ min: 1, max: 1500 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const { table, deed, id } of steps)
        await owner.unsafe(deed.replaceAll('$t', table).replaceAll('$i', String(id)))
      expect(await owner`select * from app.rollup_drift() where cells <> 0`).toEqual([])
    }),
    { numRuns: 6 },
  )
}, 120_000)

test('one sorts by what has an order only', () => {
  expect(parseTable(contracts, { sort: 'serial' }).problems).toHaveLength(1)
  expect(parseTable(contracts, { sort: '-daysLeft' }).problems).toEqual([])
})
