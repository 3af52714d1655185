import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import HandOverPage from '@/app/accounts/[domain]/hand-over/page'
import type { Viewer } from '@/lib/access/viewer'
import { giveRoles } from '@/lib/administration/grant'
import {
  type CustomerPlace,
  customerPlace,
  customerPlaces,
  handOverOrders,
  mayHandOver,
  waitingOrders,
} from '@/lib/assignment/hand-over'
import type { OrderSeen } from '@/lib/assignment/hand-over-words'
import { verifyChains } from '@/lib/changes/verify'
import { Conflict, NotFound } from '@/lib/errors'
import { chosenRows } from '@/lib/resources/chosen-rows'
import { orders } from '@/lib/resources/orders'
import { choicesOf } from '@/lib/table/row-actions'
import { changedTables, digestOf } from '../matrix/served/acting'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const HOLDING = 'holding.cobalt.example'
const PARTNER = 'partner@cobalt.example'

let demo: DemoScene
let partner: Viewer
let places: CustomerPlace[]
beforeAll(async () => {
  demo = await openDemo(600)
  partner = await viewerOf(demo.owner, PARTNER, HOLDING)
  places = await customerPlaces(partner)
}, 240_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const placeOf = (domain: string, name: string): CustomerPlace => {
  const found = places.find((one) => one.domain === domain && one.placeName === name)
  if (!found) throw new Error(`${name} of ${domain} is no target.`)
  return found
}
const all = async (viewer = partner) => {
  const rows = await chosenRows(viewer, { of: 'orders', match: 'sort=number' })
  if (!rows) throw new Error('There is no list of orders.')
  return waitingOrders(viewer, rows)
}
const seenOf = ({ id, number, version }: OrderSeen): OrderSeen => ({ id, number, version })
const going = async () => (await all()).filter(({ problem }) => problem === null)
const linesIn = async (account: number, id: number) =>
  demo.owner<{ place: number | null }[]>`
    select virtual_account_id::int as place from order_lines where smart_account_id = ${account} and order_id = ${id}`
const newest = async (account: number) =>
  (
    await demo.owner`select type, subject, subject_id::int, virtual_account_ids::int[] as places, detail from events
    where smart_account_id = ${account} order by seq desc limit 1`
  )[0]
const orderTotals = async () =>
  demo.owner`select o.smart_account_id, o.virtual_account_ids::text as places, count(*)::int as n from orders o group by 1, 2
    except select t.smart_account_id, t.virtual_account_ids::text, sum(t.n)::int from order_totals t group by 1, 2`

test('it is told which orders wait for their customer, and why the others stay', async () => {
  const orders = await all()
  const [facts] = await demo.owner<{ stocking: number; shipped: number; open: number }[]>`
    select count(*) filter (where kind = 'stocking')::int as stocking,
      count(*) filter (where kind = 'standard' and status not in ('booked', 'on_hold'))::int as shipped,
      count(*) filter (where kind = 'standard' and status in ('booked', 'on_hold'))::int as open
    from orders where smart_account_id = ${partner.account.id}`
  const said = (text: string) => orders.filter(({ problem }) => problem?.includes(text)).length
  expect({ stocking: said('stocking'), shipped: said('past booked'), open: (await going()).length }).toEqual(facts)
  expect(Math.min(...Object.values(facts ?? {}))).toBeGreaterThan(0)
  expect(places.map(({ domain, placeName }) => `${domain} ${placeName}`)).toEqual([
    ...['Americas'].map((name) => `aurora.example ${name}`),
    ...['DEFAULT', 'Services'].map((name) => `cobalt.example ${name}`),
  ])
  expect(await customerPlace(partner, '', 'Lab')).toBeNull()
})

test('who only looks at the holding account gives nothing away', async () => {
  const draft = {
    role: 'sa_viewer' as const,
    virtualAccountId: null,
    includesNested: false,
    lastDay: null,
    purpose: '',
  }
  await giveRoles(partner, ['looker@outside.example'], draft, key())
  const looker = await viewerOf(demo.owner, 'looker@outside.example', HOLDING)
  expect([mayHandOver(partner), mayHandOver(looker)]).toEqual([true, false])
  expect([partner, looker].map((who) => choicesOf(who, orders).some(({ name }) => name === 'handOver'))).toEqual([
    true,
    false,
  ])
  const [first] = await going()
  if (!first) throw new Error('No order waits.')
  const { account, place } = placeOf('cobalt.example', 'Services')
  const given = handOverOrders(looker, [seenOf(first)], { account, place }, key())
  await expect(given).rejects.toBeInstanceOf(NotFound)
})

test('an order goes to the customer whole, once, with an event in both accounts', async () => {
  const [order] = await going()
  if (!order) throw new Error('No order waits.')
  const to = placeOf('cobalt.example', 'Services')
  await demo.owner`insert into delivery_contacts (smart_account_id, order_id, email) values (${partner.account.id}, ${order.id}, 'x@grove.example')`
  const once = key()
  const give = () => handOverOrders(partner, [seenOf(order)], to, once)
  expect(await give()).toEqual({ orders: 1 })
  const after = await digestOf(demo.owner)
  expect(await give()).toEqual({ orders: 1 })
  expect(changedTables(after, await digestOf(demo.owner))).toEqual([])
  expect(await linesIn(partner.account.id, order.id)).toEqual([])
  expect(await linesIn(to.account, order.id)).toEqual(Array(order.lines).fill({ place: to.place }))
  const [moved] = await demo.owner`select number, version, virtual_account_ids::int[] as places,
      (select count(*)::int from delivery_contacts c where c.smart_account_id = o.smart_account_id and c.order_id = o.id) as contacts
    from orders o where id = ${order.id}`
  expect(moved).toEqual({ number: order.number, version: order.version + 1, places: [to.place], contacts: 1 })
  const about = { subject: 'order', subject_id: order.id }
  expect(await newest(partner.account.id)).toMatchObject({
    ...{ type: 'orders.handed-over', ...about },
    detail: { orders: 1, lines: order.lines, accountId: to.account },
  })
  expect(await newest(to.account)).toMatchObject({
    ...{ type: 'orders.received', ...about, places: [to.place] },
    detail: { orders: 1, lines: order.lines, accountId: partner.account.id },
  })
  expect(await orderTotals()).toEqual([])
  expect((await verifyChains(demo.owner)).broken).toEqual([])
})

test('of two at once one gives it, and the other is told; all or nothing', async () => {
  const [one, two] = await going()
  if (!(one && two)) throw new Error('No two orders wait.')
  const seen = [one, two].map(seenOf)
  const to = placeOf('aurora.example', 'Americas')
  const results = await Promise.allSettled([
    handOverOrders(partner, seen.slice(0, 1), to, key()),
    handOverOrders(partner, seen.slice(0, 1), placeOf('cobalt.example', 'DEFAULT'), key()),
  ])
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  expect(lost).toHaveLength(1)
  expect(lost[0]).toBeInstanceOf(Conflict)
  expect(lost[0]).toMatchObject({ changed: [`Order ${one.number}: It is not in this account any more`] })
  const before = await digestOf(demo.owner)
  const both = handOverOrders(partner, seen, to, key())
  await expect(both).rejects.toMatchObject({ changed: [`Order ${one.number}: It is not in this account any more`] })
  expect(changedTables(before, await digestOf(demo.owner))).toEqual([])
})

test('what is in the way is named, and changes nothing', async () => {
  const [order] = await going()
  if (!order) throw new Error('No order waits.')
  const seen = seenOf(order)
  const to = placeOf('cobalt.example', 'DEFAULT')
  const before = await digestOf(demo.owner)
  const refused = (given: typeof seen, target = to) => expect(handOverOrders(partner, [given], target, key())).rejects
  await refused({ ...seen, version: seen.version + 1 }).toMatchObject({
    changed: [expect.stringContaining('changed since')],
  })
  const [stocking] = (await all()).filter(({ problem }) => problem?.includes('stocking'))
  if (!stocking) throw new Error('No stocking order waits.')
  await refused(seenOf(stocking)).toMatchObject({
    changed: [expect.stringContaining('stocking')],
  })
  const [emea] = await demo.owner<{ account: number; place: number }[]>`
    select v.smart_account_id::int as account, v.id::int as place from virtual_accounts v join smart_accounts a on a.id = v.smart_account_id
    where a.domain = 'aurora.example' and v.name = 'EMEA'`
  await refused(seen, { ...to, ...emea }).toBeInstanceOf(NotFound)
  await refused(seen, {
    ...to,
    account: partner.account.id,
    place: partner.virtualAccounts[0]?.id ?? 0,
  }).toBeInstanceOf(NotFound)
  const admin = await viewerOf(demo.owner, 'admin@aurora.example', 'aurora.example')
  await expect(handOverOrders({ ...partner, id: admin.id } as Viewer, [seen], to, key())).rejects.toBeInstanceOf(
    NotFound,
  )
  expect(changedTables(before, await digestOf(demo.owner))).toEqual([])
  await demo.owner`insert into orders (smart_account_id, number, status, ordered_on, source, as_of)
    select ${to.account}, number, 'booked', ordered_on, source, as_of from orders where id = ${order.id}`
  await refused(seen).toMatchObject({ changed: [expect.stringContaining('has an order of this number')] })
})

test('the page shows the review, and only in a holding account to who assigns there', async () => {
  const waiting = (await going()).map(({ id }) => String(id))
  const asked = async (email: string, domain: string, given: Record<string, string | string[]>) => {
    await viewerOf(demo.owner, email, domain)
    const page = HandOverPage({ params: Promise.resolve({ domain }), searchParams: Promise.resolve(given) })
    return renderToStaticMarkup((await page) as ReactElement)
  }
  const all = { of: 'orders', match: 'sort=number' }
  const first = await asked(PARTNER, HOLDING, all)
  for (const text of ['A stocking order belongs to the partner', 'Goes to the customer', 'Services'])
    expect(first).toContain(text)
  expect(first).not.toContain('Nothing has moved yet')
  const one = { of: 'orders', id: waiting.slice(0, 1) }
  const to = `${placeOf('cobalt.example', 'Services').account}:${placeOf('cobalt.example', 'Services').place}`
  const review = await asked(PARTNER, HOLDING, { ...one, to })
  expect(review).toContain('1 order to Cobalt Networks (cobalt.example), Services')
  expect(await asked(PARTNER, HOLDING, { ...one, name: 'Lab' })).toContain('Choose a Virtual Account of a customer')
  const missing = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }
  await expect(asked(PARTNER, 'cobalt.example', all)).rejects.toMatchObject(missing)
  await expect(asked('admin@aurora.example', HOLDING, all)).rejects.toMatchObject(missing)
  await expect(asked(PARTNER, HOLDING, { of: 'devices', match: 'sort=name' })).rejects.toMatchObject(missing)
})
