import type postgres from 'postgres'
import { getPerson } from '@/lib/access/signed-in'
import { findOrder } from '@/lib/legacy-links/find-order'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'

let demo: DemoScene
let owner: postgres.Sql
beforeAll(async () => {
  demo = await openDemo(600)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

const follow = async (email: string, number: string, last: string | null = null) => {
  await signInAs(owner, email)
  return findOrder(await getPerson(), number, last === null ? null : { kind: 'account', domain: last })
}

type Order = { number: string; web: string; domain: string }
/** An order with all its lines in these Virtual Accounts. */
const orderIn = async (place: string, domain = AURORA): Promise<Order> => {
  const [order] = await owner<Order[]>`
    select o.number, o.web_order_number as web, a.domain from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = ${domain} and o.virtual_account_ids = array(select id from virtual_accounts v
      where v.smart_account_id = a.id and v.name = ${place}) and o.web_order_number is not null
      and not exists (select from order_shares s where s.order_id = o.id)
      and not exists (select from delivery_contacts c where c.order_id = o.id) order by o.id limit 1`
  if (!order) throw new Error(`The demo has no order in ${place}.`)
  return order
}

test('an order is found by its sales or its web order number, in the account that shows it', async () => {
  const { number, web } = await orderIn('Germany')
  for (const email of ['admin@aurora.example', 'va-admin@aurora.example', 'va-user@aurora.example'])
    for (const called of [number, web]) expect(await follow(email, called)).toBe(`/accounts/${AURORA}/orders/${number}`)
})

test('with the same number in two accounts the one used last comes first, and never one that does not show it', async () => {
  const { number } = await orderIn('Germany')
  const { number: theirs } = await orderIn('DEFAULT', 'borealis.example')
  await owner`update orders set number = ${number} where number = ${theirs}`
  for (const last of ['borealis.example', AURORA])
    expect(await follow('admin@borealis.example', number, last)).toBe(`/accounts/${last}/orders/${number}`)
  expect(await follow('va-user@aurora.example', number, 'borealis.example')).toBe(
    `/accounts/${AURORA}/orders/${number}`,
  )
  await owner`update orders set number = ${theirs} where number = ${number} and smart_account_id <> (select id from smart_accounts where domain = ${AURORA})`
})

test('whoever does not see it in an account, but was given it, gets it in the User View; a share that is gone gives nothing', async () => {
  const [share] = await owner<{ id: number; number: string }[]>`
    select s.id, o.number from order_shares s join orders o on o.id = s.order_id
    where s.email = 'recipient@fjord.example' and s.revoked_at is null order by s.id limit 1`
  const number = share?.number ?? ''
  expect(await follow('recipient@fjord.example', number)).toMatch(/^\/my\/orders/)
  expect(await follow('asset-recipient@fjord.example', number)).toBeNull()
  const [delivered] = await owner<{ number: string }[]>`
    select o.number from delivery_contacts c join orders o on o.id = c.order_id where c.email = 'delivery@grove.example' limit 1`
  expect(await follow('delivery@grove.example', delivered?.number ?? '')).toMatch(/^\/my\/orders/)
  await owner`update order_shares set revoked_at = now() where id = ${share?.id ?? 0}`
  expect(await follow('recipient@fjord.example', number)).toBeNull()
  await owner`update order_shares set revoked_at = null, expires_at = '2026-05-06T09:59:59Z' where id = ${share?.id ?? 0}`
  expect(await follow('recipient@fjord.example', number)).toBeNull()
})

test('an order of others is as one that does not exist: in the answer and in the time', async () => {
  const { number } = await orderIn('Germany')
  const { number: lab } = await orderIn('Lab')
  expect(await follow('va-viewer@aurora.example', number)).toBeNull()
  expect(await follow('va-admin@aurora.example', lab)).toBeNull()
  for (const email of [
    'stranger@harbor.example',
    'admin@delta.example',
    'approver@aurora.example',
    'va-viewer@aurora.example',
  ]) {
    await signInAs(owner, email)
    const person = await getPerson()
    const took = async (called: string) => {
      const began = performance.now()
      expect(await findOrder(person, called, null)).toBeNull()
      return performance.now() - began
    }
    const times: [foreign: number, missing: number][] = []
    for (let round = 0; round < 60; round++) times.push([await took(number), await took(`9${round}000000`)])
    const median = (values: number[]) => values.sort((a, b) => a - b)[30] ?? 0
    const [foreign, missing] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))]
    // What a leak would cost is the reading of a row, or of its policy: this is far wider than a busy machine's noise.
    expect(foreign).toBeLessThan(2 * missing + 3)
    expect(missing).toBeLessThan(2 * foreign + 3)
  }
})

test.each(['', "' or true --", '%', 'x'.repeat(5_000), '\u202e1'])('%j finds nothing', async (number) => {
  expect(await follow('admin@aurora.example', number)).toBeNull()
})
