import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { measure, paramsOf } from '@/lib/metrics/measure'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { events } from '@/lib/resources/events'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { subscriptions } from '@/lib/resources/subscriptions'
import { countTable } from '@/lib/table/counts'
import { parseTable } from '@/lib/table/parse'
import type { Filters, Resource } from '@/lib/table/resource'
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

// For every metric and every persona: its number = the total of its list = the sum of each facet = plain SQL.

type Table = { resource: Resource; table: string; truth: Record<string, string>; sums?: Record<string, string> }
const TABLES: Record<string, Table> = {
  devices: { resource: devices, table: 'devices', truth: { ...DEVICES, ...ASSIGNED } },
  licenses: {
    resource: licenses,
    table: 'licenses',
    truth: { ...LICENSES, ...ASSIGNED },
    sums: { quantity: 'sum(quantity)', inUse: 'sum(in_use)' },
  },
  contracts: { resource: contracts, table: 'contract_lines', truth: { ...LINES, ...ASSIGNED } },
  subscriptions: { resource: subscriptions, table: 'subscription_lines', truth: { ...LINES, ...ASSIGNED } },
  orders: { resource: orders, table: 'orders', truth: ORDERS },
  events: { resource: events, table: 'events', truth: { total: 'true' } },
}

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(1500)
  owner = demo.owner
  // Orders that are assigned in part, to two places, to DEFAULT and to none.
  await owner`update order_lines l set virtual_account_id = (
      select id from virtual_accounts v where v.smart_account_id = l.smart_account_id order by v.id offset l.id % 9 limit 1)
    where l.id % 3 = 0`
  await owner`update orders set status = 'on_hold', hold_reason = (array['credit', 'export_compliance', 'other'])[1 + id % 3]
    where id % 20 < 3`
}, 120_000)
afterAll(() => closeDemo(demo))

async function numbersBySql({ table, truth, sums = {} }: Table, persona: Persona): Promise<Record<string, number>> {
  const all = await counted(owner, table, persona, truth)
  for (const [name, amount] of Object.entries(sums))
    Object.assign(all, await counted(owner, table, persona, { [name]: 'true' }, amount))
  return all
}

/** The list of a metric: how many rows it says that it has, and how many by each facet. */
async function listOf(resource: Resource, viewer: Viewer, params: Filters) {
  // Parameters without any value would let all rows through: such rows are none.
  if (Object.values(params).some(({ length }) => length === 0)) return { total: 0, sums: {} }
  const { query, problems } = parseTable(resource, params)
  expect(problems).toEqual([])
  const { total, facets } = await asUser(viewer, (reader) => countTable(reader, resource, viewer, query, today()))
  // A facet counts under the other filters: of its own filter, the values that were chosen. An order and an event are in many places.
  const sums = Object.entries(facets)
    .filter(([name]) => !(name === 'va' && (resource === orders || resource === events)))
    .map(([name, values]) => [
      name,
      Object.entries(values).reduce((sum, [value, n]) => sum + (params[name]?.includes(value) === false ? 0 : n), 0),
    ])
  return { total, sums: Object.fromEntries(sums) as Record<string, number> }
}

describe.each(PERSONAS)('%s in %s', (...persona) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, persona[0], persona[1])
  })

  test.each(namesOf(TABLES))('%s', async (name) => {
    const { resource, sums, ...table } = TABLES[name] as Table
    const metrics = Object.keys(resource.metrics)
    const wanted = await numbersBySql({ resource, ...table, ...(sums && { sums }) }, persona)
    expect(metrics.sort()).toEqual(Object.keys(wanted).sort())
    const numbers = await asUser(viewer, (reader) => measure(reader, { resource, viewer, today: today() }, metrics))
    expect(numbers).toEqual(wanted)
    for (const [name, metric] of Object.entries(resource.metrics)) {
      if (metric.sum) continue
      const found = await listOf(resource, viewer, paramsOf(metric, viewer))
      expect([name, found.total]).toEqual([name, wanted[name]])
      for (const [facet, sum] of Object.entries(found.sums))
        expect([name, facet, sum]).toEqual([name, facet, found.total])
    }
  })
})

test('there is something to count of everything', async () => {
  const none: string[] = []
  for (const [name, table] of Object.entries(TABLES)) {
    const numbers = await numbersBySql(table, PERSONAS[0] as Persona)
    none.push(...Object.keys(numbers).flatMap((metric) => (numbers[metric] === 0 ? [`${name} ${metric}`] : [])))
  }
  expect(none).toEqual([])
})
