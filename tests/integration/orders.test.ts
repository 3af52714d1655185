import fc from 'fast-check'
import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { measure, paramsOf } from '@/lib/metrics/measure'
import { readOrderCards } from '@/lib/overview/order-cards'
import { devices } from '@/lib/resources/devices'
import { loadOrder } from '@/lib/resources/order-detail'
import { orders } from '@/lib/resources/orders'
import { countTable } from '@/lib/table/counts'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'
import type { Metric, Resource } from '@/lib/table/resource'
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
  ['in-default@aurora.example', ['DEFAULT', 'Germany']],
]

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(2000)
  owner = demo.owner
  await scatter()
}, 120_000)
afterAll(() => closeDemo(demo))

/** Somebody who sees DEFAULT, and every third line somewhere else than the rest of its order, or nowhere. */
async function scatter(): Promise<void> {
  await owner`insert into users (email, name, organisation) values ('in-default@aurora.example', 'In Default', 'aurora.example')`
  await owner`insert into role_assignments (smart_account_id, user_id, role, virtual_account_id, includes_nested)
    select v.smart_account_id, u.id, 'va_viewer', v.id, false from virtual_accounts v, users u
    where u.email = 'in-default@aurora.example' and v.name in ('DEFAULT', 'Germany')
      and v.smart_account_id = (select id from smart_accounts where domain = ${AURORA})`
  await owner`update order_lines l set virtual_account_id = (
      select id from virtual_accounts v where v.smart_account_id = l.smart_account_id order by v.id offset l.id % 9 limit 1)
    where l.id % 3 = 0`
}

type Row = { id: string; number: string; state: string; lines: number }

/** Orders as somebody sees them by the lines in these Virtual Accounts, with how far those lines are assigned. */
const seen = (names: string[] | null, where = 'true') => owner<Row[]>`
  select o.id, o.number, count(*)::int as lines, case
      when bool_and(l.virtual_account_id is not null and not v.is_default) then 'assigned'
      when bool_or(l.virtual_account_id is not null and not v.is_default) then 'partly'
      when bool_or(l.virtual_account_id is not null) then 'default' else 'none' end as state
  from orders o join order_lines l on l.smart_account_id = o.smart_account_id and l.order_id = o.id
  left join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
  where o.smart_account_id = (select id from smart_accounts where domain = ${AURORA}) and ${owner.unsafe(where)}
    ${names ? owner`and v.name in ${owner(names)}` : owner``}
  group by o.smart_account_id, o.id order by o.ordered_on desc, o.id desc`

const counted = (viewer: Viewer, params: Params, resource: Resource = orders) => {
  const { query, problems } = parseTable(resource, params)
  expect(problems).toEqual([])
  return asUser(viewer, (reader) => countTable(reader, resource, viewer, query, today()))
}
const tally = (values: string[]) =>
  Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((other) => other === value).length]))
const names = Object.keys(orders.metrics) as (keyof typeof orders.metrics)[]

describe.each(PERSONAS)('%s', (email, places) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, AURORA)
  })

  test('sees the orders of which a line is theirs, newest first, with so many lines', async () => {
    const all = await seen(places)
    expect(all.length).toBeGreaterThan(10)
    const { view } = await loadTable(viewer, orders, { size: '250' }, '/orders')
    expect(view.total).toBe(all.length)
    expect(view.ids).toEqual(all.slice(0, 250).map(({ id }) => Number(id)))
    expect(view.addresses).toEqual(all.slice(0, 250).map(({ number }) => number))
    const at = view.columns.findIndex(({ name }) => name === 'lines')
    expect(view.cells.map((cells) => Number(cells[at]))).toEqual(all.slice(0, 250).map(({ lines }) => lines))
  })

  test.each([
    [{}, 'true'],
    [{ kind: ['standard'] }, `o.kind = 'standard'`],
    [
      { ordered: '2023-01-01..2026-04-30', status: ['closed'] },
      `o.ordered_on between '2023-01-01' and '2026-04-30' and o.status = 'closed'`,
    ],
    [{ q: 'PO-1' }, `o.customer_order_number like '%PO-1%'`],
  ])('how far orders are assigned is told by their lines alone: %j', async (params, where) => {
    const rows = await seen(places, where)
    const { total, facets } = await counted(viewer, params)
    expect(total).toBe(rows.length)
    expect(facets['assignment']).toEqual(tally(rows.map(({ state }) => state)))
    for (const state of ['assigned', 'partly', 'default', 'none'])
      expect([state, (await counted(viewer, { ...params, assignment: [state] })).total]).toEqual([
        state,
        rows.filter((row) => row.state === state).length,
      ])
  })

  test('a Virtual Account has the orders with a line in it, and one that they do not see has none', async () => {
    const { facets } = await counted(viewer, {})
    const all = await owner<{ id: string; name: string }[]>`select id, name from virtual_accounts
      where smart_account_id = ${viewer.account.id}`
    const wanted: Record<string, number> = {}
    for (const { id, name } of [...all, { id: 'none', name: '' }]) {
      const at = id === 'none' ? 'l.virtual_account_id is null' : `l.virtual_account_id = ${id}`
      const rowsIn = async (where: string) =>
        places === null || places.includes(name) ? (await seen(places, `${at} and ${where}`)).length : 0
      const n = await rowsIn('true')
      expect([id, (await counted(viewer, { va: id })).total]).toEqual([id, n])
      const found = await rowsIn(`o.customer_order_number like '%PO-1%'`)
      expect([id, (await counted(viewer, { va: id, q: 'PO-1' })).total]).toEqual([id, found])
      if (n > 0) wanted[id] = n
    }
    expect(facets['va']).toEqual(wanted)
  })

  test('each number over the list is the total of its list', async () => {
    const numbers = await asUser(viewer, (reader) =>
      measure(reader, { resource: orders, viewer, today: today() }, names),
    )
    const all: Readonly<Record<string, Metric>> = orders.metrics
    for (const name of names) {
      const params = paramsOf(all[name] ?? { label: '', params: {}, explain: '' }, viewer)
      expect([name, numbers[name]]).toEqual([name, (await counted(viewer, params)).total])
    }
    expect(numbers.assigned + numbers.partly + numbers.inDefault + numbers.unassigned).toBe(numbers.total)
    expect(numbers.onHold).toBe((await seen(places, `o.status = 'on_hold'`)).length)
    expect(numbers.recent).toBe((await seen(places, `o.ordered_on >= date '2026-05-06' - 90`)).length)
    const cards = await readOrderCards(viewer)
    expect(cards.assignment === null).toBe(places !== null)
    expect(cards.holds.reduce((sum, { value }) => sum + value, 0)).toBe(cards.onHold.value)
  })

  test('is found by any of its numbers, a product of its lines and a serial number of its assets', async () => {
    const find = async (q: string) => {
      const { view } = await loadTable(viewer, orders, { q, size: '250' }, '/orders')
      return view.ids
    }
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id))
    const [one] = await owner<{ number: string; web: string; customer: string; id: string }[]>`
      select number, web_order_number as web, customer_order_number as customer, id from orders where id = ${(await seen(places))[3]?.id ?? 0}`
    for (const number of [one?.number, one?.web, one?.customer?.toLowerCase()])
      expect(await find(number ?? '')).toEqual([Number(one?.id)])
    const [line] = await owner<
      { pid: string }[]
    >`select pid from order_lines where order_id = ${one?.id ?? 0} order by id limit 1`
    expect(await find(line?.pid ?? '')).toEqual(ids(await seen(places, `l.pid ilike '%${line?.pid}%'`)).slice(0, 250))
    const assets = await owner<{ serial: string; id: string; isMine: boolean }[]>`
      select d.serial_number as serial, l.order_id as id, ${
        places ? owner`coalesce(dv.name in ${owner(places)} and lv.name in ${owner(places)}, false)` : owner`true`
      } as "isMine"
      from devices d join order_lines l on l.smart_account_id = d.smart_account_id and l.id = d.order_line_id
      left join virtual_accounts dv on dv.id = d.virtual_account_id left join virtual_accounts lv on lv.id = l.virtual_account_id
      where d.smart_account_id = ${viewer.account.id} and d.serial_number is not null and d.id % 40 = 0`
    for (const { serial, id, isMine } of assets)
      expect([serial, await find(serial)]).toEqual([serial, isMine ? [Number(id)] : []])
  }, 60_000)

  test('an order has their lines with what hangs on them, and leads to lists of that many', async () => {
    const mine = await seen(places)
    for (const { id, number } of (await seen(null)).filter((_, index) => index % 9 === 0)) {
      const detail = await loadOrder(viewer, number)
      const own = mine.find((row) => row.number === number)
      expect([number, detail?.total]).toEqual([number, own?.lines])
      if (!detail) continue
      expect(detail.lines).toHaveLength(detail.total)
      const numbers = detail.lines.map(({ lineNumber }) => lineNumber)
      const hanging = await owner<{ deliveries: number; documents: number }[]>`
        select (select count(*)::int from deliveries x join order_lines l on l.id = x.order_line_id where l.order_id = ${id} and l.line_number in ${owner(numbers)}) as deliveries,
          (select count(*)::int from documents x join order_lines l on l.id = x.order_line_id where l.order_id = ${id} and l.line_number in ${owner(numbers)}) as documents`
      expect({ deliveries: detail.deliveries.length, documents: detail.documents.length }).toEqual({ ...hanging[0] })
      expect(detail.assets.total).toBe((await counted(viewer, { order: number }, devices)).total)
      for (const { pid, devices: n } of detail.lines)
        expect([pid, n]).toEqual([pid, (await counted(viewer, { order: number, pid }, devices)).total])
    }
  }, 60_000)
})

test('next and previous are those beside it in the list', async () => {
  const viewer = await viewerOf(owner, 'va-admin@aurora.example', AURORA)
  const list = (await seen(['EMEA', 'Germany', 'France'])).map(({ number }) => number)
  const detail = await loadOrder(viewer, list[4] ?? '', parseTable(orders, {}).query)
  expect(detail?.beside).toEqual({ previous: list[3], next: list[5] })
})

test('who may know of recipients is told of them, others are not', async () => {
  const [row] = await owner<{ number: string }[]>`select number from orders o
    join delivery_contacts c on c.smart_account_id = o.smart_account_id and c.order_id = o.id and c.email = 'delivery@grove.example' limit 1`
  const told = async (email: string) => {
    const detail = await loadOrder(await viewerOf(owner, email, AURORA), row?.number ?? '')
    return detail?.reasons.list.filter(({ by }) => by === 'eDelivery contact').map(({ person }) => person?.email)
  }
  expect(await told('admin@aurora.example')).toContain('delivery@grove.example')
  expect(await told('viewer@aurora.example')).toEqual([])
})

test('what holds an order is told with what ends it', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const held = await owner<{ number: string; reason: string }[]>`
    select distinct on (hold_reason) number, hold_reason as reason from orders where smart_account_id = ${viewer.account.id} and status = 'on_hold'`
  expect(held.map(({ reason }) => reason)).toContain('smart_account')
  for (const { number } of held) expect((await loadOrder(viewer, number))?.hold?.next).toMatch(/\w/)
})

type Write = { kind: 'move' | 'add' | 'remove' | 'close'; ids: string[]; place: string | null }

/** Lines that move, come and go, and orders that change. */
const carryOut: Record<Write['kind'], (write: Write) => Promise<unknown>> = {
  move: async ({ ids, place }) => owner`update order_lines set virtual_account_id = ${place} where id in ${owner(ids)}`,
  add: async ({ ids, place }) => owner`insert into order_lines
      (smart_account_id, order_id, line_number, product_id, pid, description, quantity, virtual_account_id, status)
    select smart_account_id, order_id, 'x' || id || random(), product_id, pid, 'random', 1, ${place}, status
    from order_lines where id in ${owner(ids)}`,
  remove: async () => owner`delete from order_lines where description = 'random'`,
  close: async ({ ids }) => owner`update orders set status = 'closed', sold_by = 'Somebody'
    where id in (select order_id from order_lines where id in ${owner(ids)})`,
}

test('under random writes orders are where their lines are, and every count of them is exact', async () => {
  const lines = await owner<{ id: string }[]>`select id from order_lines order by id limit 60`
  const places = await owner<{ id: string }[]>`select id from virtual_accounts
    where smart_account_id = (select id from smart_accounts where domain = ${AURORA})`
  const write: fc.Arbitrary<Write> = fc.record({
    kind: fc.constantFrom(...(Object.keys(carryOut) as Write['kind'][])),
    ids: fc.subarray(
      lines.map(({ id }) => id),
      { minLength: 1 },
    ),
    place: fc.constantFrom(null, ...places.map(({ id }) => id)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 6 }), async (writes) => {
      for (const one of writes) await carryOut[one.kind](one)
      const wrong = await owner`select o.id from orders o where o.virtual_account_ids <> array(
        select distinct coalesce(l.virtual_account_id, 0) from order_lines l
        where l.smart_account_id = o.smart_account_id and l.order_id = o.id order by 1)`
      expect([...wrong]).toEqual([])
      const drift = await owner`select target, cells::int from app.rollup_drift() where target like 'order%'`
      expect(drift.map((row) => ({ ...row }))).toEqual([
        { target: 'order_cube', cells: 0 },
        { target: 'order_totals', cells: 0 },
      ])
    }),
    { numRuns: 25 },
  )
}, 120_000)
