import { isDeepStrictEqual } from 'node:util'
import postgres from 'postgres'
import { sql } from '@/lib/access/database'
import type { OpenedOrder } from '@/lib/sharing/opened'
import { readBy } from '../support/few-connections'
import { serveWith } from '../support/server-settings'
import { type Line, linesFor } from './ask-agreements'
import { type AskedOrder, ordersFor } from './ask-orders'
import { type Listed, nameOf } from './ask-tables'
import { firstDifference } from './first-difference'
import { askedIn } from './ids'
import { facetColumn, type ListQuery, listQueries } from './list-queries'
import { askAll, type Things, thingsOf } from './observe'
import { DOMAINS, everybody, NOW, seesAssets } from './people'
import { REFUSED } from './refused-writes'
import { rules } from './rules'
import { openScene, type Scene } from './scene'
import { type Places, readPlaces, type Sight, sightOf } from './sight'
import { withoutSearchPolicy } from './walls'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
// What is asked is asked of everybody: a connection keeps each statement that it has planned.
jest.mock('@/db/kept-shapes', () => ({ keptShapes: () => () => true }))
// A test that ran out of time would leave its viewer to the next one.
jest.setTimeout(120_000)

const CONNECTIONS = 2

let scene: Scene
let things: Things
let places: Places
/** What everybody got with both walls standing. */
const seen = new Map<string, unknown>()

beforeAll(async () => {
  serveWith({ DEMO: '1', DEMO_NOW: NOW })
  scene = await openScene(800)
  serveWith({ DATABASE_URL: scene.appUrl })
  readBy(CONNECTIONS, scene.appUrl)
  things = await thingsOf(scene.owner)
  places = await readPlaces(scene.owner)
}, 120_000)
afterAll(async () => {
  await sql().end()
  await scene.drop()
})

const emails = everybody.map(({ email }) => email)

describe('with both walls', () => {
  test.each(emails)('%s gets what the contract gives', async (email) => {
    const somebody = everybody.find((one) => one.email === email)
    if (!somebody) throw new Error(email)
    await askAll(scene.owner, things, email, (what, value) => {
      seen.set(what, value)
    })
    const sight = await sightOf(scene.owner, places, somebody)
    for (const domain of DOMAINS) {
      const isIn = typeof seen.get(`${email} ${domain} viewer`) === 'object'
      expect([domain, isIn]).toEqual([domain, seesAssets(somebody, domain)])
      if (isIn) await expectAccount(email, domain, sight)
    }
    expect(typeof seen.get(`${email} missing.example viewer`)).not.toBe('object')
    const asked = [...seen].filter(([what]) => what.startsWith(email) && what.includes(` ${REFUSED}`))
    expect(asked.filter(([, answer]) => !String(answer).startsWith('refused: '))).toEqual([])
    await expectShared(email, sight)
  })
})

/** The User View: the orders that are shared or delivered to somebody, with those lines and assets and no others. */
async function expectShared(email: string, sight: Sight): Promise<void> {
  const list = seen.get(`${email}  shared orders`) as { whole: number; rows: { id: number }[] } | undefined
  const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b)
  expect(sorted(list?.rows.map(({ id }) => id) ?? [])).toEqual(sorted(sight.orders))
  for (const number of things.sharedNumbers) {
    const found = (seen.get(`${email}  shared order ${number}`) ?? []) as { order: OpenedOrder }[]
    const ofOrder = `select id from order_lines where order_id = (select id from orders where number = '${number}')`
    const lines = await idsOf('order_lines', `t.id in (${ofOrder}) and t.id = any('{${sight.lines}}')`)
    const assets = await idsOf('devices', `t.order_line_id in (${ofOrder}) and t.id = any('{${sight.devices}}')`)
    const hanging = `t.order_line_id in (${ofOrder}) and t.order_line_id = any('{${sight.wholeLines}}')`
    expect([number, ...found.map(({ order }) => countsOf(order))]).toEqual([
      number,
      ...(lines.length === 0
        ? []
        : [
            {
              lines: sorted(lines),
              assets: sorted(assets),
              deliveries: sorted(await idsOf('deliveries', hanging)),
              documents: sorted(await idsOf('documents', hanging)),
              licenses: sorted(await idsOf('license_terms', hanging)),
            },
          ]),
    ])
  }
}

const countsOf = ({ lines, assets, ...rest }: OpenedOrder) => {
  const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id).sort((a, b) => a - b)
  const { deliveries, documents, licenses } = rest
  return {
    ...{ lines: ids(lines.rows), assets: ids(assets.rows), deliveries: ids(deliveries) },
    ...{ documents: ids(documents), licenses: ids(licenses) },
  }
}

async function expectAccount(email: string, domain: string, sight: Sight): Promise<void> {
  const get = (what: string) => seen.get(`${email} ${domain} ${what}`)
  // What was shared with a person is for the User View; lists of the account go by roles.
  const scope = { ...sight, devices: [], lines: [], wholeLines: [], orders: [] }
  const inAccount = (table: string) =>
    `(${rules[table]?.(scope)}) and t.smart_account_id = ${places.accounts.get(domain)}`
  for (const list of listQueries(things.virtualAccounts[domain] ?? [], things.contract)) {
    const found = get(nameOf(list))
    if (found) await expectList(nameOf(list), found as Listed, list, inAccount(list.table))
  }
  const visible = await idsOf('devices', inAccount('devices'))
  const asked = askedIn(things.devices, domain).filter((id) => get(`device ${id}`) !== undefined)
  for (const id of asked) expect([id, get(`device ${id}`) !== null]).toEqual([id, visible.includes(id)])
  expect(asked.length).toBeGreaterThan(5)
  await expectLines(things.agreements.contractLines, 'contract', 'contract_lines', domain, get, inAccount)
  await expectLines(things.agreements.subscriptionLines, 'subscription', 'subscription_lines', domain, get, inAccount)
  await expectOrders(domain, get, inAccount)
  const log = await idsOf('events', inAccount('events'))
  for (const seq of things.events.numbers) {
    const event = get(`event ${seq}`)
    if (event !== undefined) expect([seq, event !== null]).toEqual([seq, log.includes(seq)])
  }
  const overview = get('overview') as { devices: { total: number }; licenses: { total: number }; assignment: unknown }
  expect(overview.devices.total).toBe(visible.length)
  expect(overview.licenses.total).toBe((await idsOf('licenses', inAccount('licenses'))).length)
  const account = places.accounts.get(domain) ?? 0
  expect(overview.assignment !== null).toBe(sight.administered.includes(account))
}

/** A contract or subscription is seen where one of its lines is; a line of it where it is itself. */
async function expectLines(
  lines: readonly Line[],
  kind: string,
  table: string,
  domain: string,
  get: (what: string) => unknown,
  inAccount: (table: string) => string,
): Promise<void> {
  const column = kind === 'contract' ? 'contract_number' : 'subscription_id'
  const rows = await scene.owner.unsafe<{ id: number; of: string }[]>(
    `select t.id::int as id, t.${column}::text as of from ${table} t where ${inAccount(table)}`,
  )
  for (const { id, of } of linesFor(lines, domain)) {
    const isSeen = rows.some((row) => row.of === of)
    expect([kind, of, get(`${kind} ${of}`) !== null]).toEqual([kind, of, isSeen])
    expect([kind, id, get(`${kind} ${of} from line ${id}`) !== null]).toEqual([
      kind,
      id,
      rows.some((row) => row.id === id),
    ])
  }
}

/** An order is seen where one of its lines is, with those lines and no others, and with the assets in scope. */
async function expectOrders(
  domain: string,
  get: (what: string) => unknown,
  inAccount: (table: string) => string,
): Promise<void> {
  const lines = await scene.owner.unsafe<{ id: number; number: string }[]>(
    `select t.id::int as id, (select number from orders where id = t.order_id) as number from order_lines t where ${inAccount('order_lines')} order by t.id`,
  )
  const assets = await scene.owner.unsafe<{ number: string; n: number }[]>(
    `select t.sales_order_number as number, count(*)::int as n from devices t where ${inAccount('devices')} group by 1`,
  )
  for (const { number } of ordersFor(things.orders, domain)) {
    const asked = get(`order ${number}`) as AskedOrder | null | undefined
    if (asked === undefined) continue
    if (typeof asked === 'string') throw new Error(`${number} ${asked}`)
    const own = lines.filter((line) => line.number === number).map(({ id }) => id)
    expect([number, asked?.lines.map(({ id }) => id), asked?.total, asked?.assets.total]).toEqual(
      own.length === 0
        ? [number, undefined, undefined, undefined]
        : [number, own, own.length, assets.find((asset) => asset.number === number)?.n ?? 0],
    )
  }
}

const idsOf = async (table: string, where: string): Promise<number[]> =>
  (
    await scene.owner.unsafe<{ id: number }[]>(
      `select ${table === 'events' ? 't.seq as id' : 't.id'} from ${table} t where ${where}`,
    )
  ).map(({ id }) => Number(id))

/** Total, rows and facets, each counted once more. */
async function expectList(what: string, found: Listed, { table, where }: ListQuery, scope: string): Promise<void> {
  const under = (names: string[]) => [scope, ...names.map((name) => where[name])].map((sql) => `(${sql})`).join(' and ')
  const ids = await idsOf(table, under(Object.keys(where)))
  expect([what, found.total]).toEqual([what, ids.length])
  const unknown = found.ids.filter((id) => !ids.includes(id))
  expect([what, unknown, new Set(found.ids).size]).toEqual([what, [], found.ids.length])
  // What touches several Virtual Accounts counts in each of them, as far as it is seen: event-log.test.ts and
  // orders.test.ts in tests/integration.
  const facets = Object.entries(found.facets).filter(
    ([facet]) => !(['events', 'orders'].includes(table) && ['va', 'assignment'].includes(facet)),
  )
  const counts = facets.map(([facet]) => {
    const column = facetColumn(table, facet)
    if (!column) throw new Error(`${what}: say what the facet ${facet} counts by.`)
    const others = Object.keys(where).filter((name) => name !== facet)
    return `select '${facet}' as facet, (${column})::text as value, count(*)::int as n from ${table} t where ${under(others)} group by 2`
  })
  if (counts.length === 0) return
  const rows = await scene.owner.unsafe<{ facet: string; value: string; n: number }[]>(counts.join(' union all '))
  for (const [facet, counted] of facets) {
    const wanted = rows.filter((row) => row.facet === facet).map(({ value, n }) => [value, n])
    expect([what, facet, counted]).toEqual([what, facet, Object.fromEntries(wanted)])
  }
}

describe('with the first wall alone', () => {
  beforeAll(async () => {
    await sql().end()
    await withoutSearchPolicy(scene.owner)
    readBy(CONNECTIONS, scene.ownerUrl)
  })

  test('the rows of everybody are in reach of the connection', async () => {
    const superuser = postgres(scene.ownerUrl, { max: 1 })
    const [row] = await superuser`select count(distinct smart_account_id)::int as n from devices`
    await superuser.end()
    expect(row?.['n']).toBe(DOMAINS.length)
  })

  test.each(emails)('%s gets the same', async (email) => {
    const different: string[] = []
    await askAll(scene.owner, things, email, (what, value) => {
      if (!isDeepStrictEqual(value, seen.get(what)))
        different.push(`${what}: ${firstDifference(seen.get(what), value)}`)
    })
    expect(different).toEqual([])
  })
})
