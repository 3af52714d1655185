import type { ReactElement, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import PlanPage from '@/app/accounts/[domain]/assign/[plan]/page'
import AssignPage from '@/app/accounts/[domain]/assign/page'
import OrganizePage from '@/app/accounts/[domain]/organize/page'
import type { Viewer } from '@/lib/access/viewer'
import { applyPlan } from '@/lib/assignment/apply'
import { draftOfRows } from '@/lib/assignment/draft'
import { findMisplaced, findShortages, planMisplaced, planShortages } from '@/lib/assignment/finders'
import { readQueue } from '@/lib/assignment/queue'
import { loadReview } from '@/lib/assignment/review'
import { addRule, planRules, RULES_AT_MOST, readRules, removeRule } from '@/lib/assignment/rules'
import { Invalid, NotFound } from '@/lib/errors'
import { chosenRows } from '@/lib/resources/chosen-rows'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'

let demo: DemoScene
let admin: Viewer
let places: Map<string, number>
beforeAll(async () => {
  demo = await openDemo(600, { withPaks: true })
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  places = new Map(admin.virtualAccounts.map(({ name, id }) => [name, id]))
}, 240_000)
afterAll(() => closeDemo(demo))

const place = (name: string) => places.get(name) ?? 0
const key = () => crypto.randomUUID()
const ofAccount = () => demo.owner`smart_account_id = ${admin.account.id}`
const shortNow = async () =>
  new Map(
    (
      await demo.owner<
        { id: number; balance: number }[]
      >`select id::int, balance from licenses where ${ofAccount()} and balance < 0`
    ).map(({ id, balance }) => [id, balance]),
  )

test('the queue counts what the lists behind it hold', async () => {
  const queue = await readQueue(admin)
  const [counted] = await demo.owner`select (count(*) filter (where virtual_account_id is null))::int as none,
    (count(*) filter (where virtual_account_id = ${place('DEFAULT')}))::int as waiting from devices where ${ofAccount()}`
  expect(queue[0]).toMatchObject({ unassigned: { n: counted?.['none'] }, inDefault: { n: counted?.['waiting'] } })
  const german = await viewerOf(demo.owner, 'va-user@aurora.example', AURORA)
  expect(await readQueue(german)).toEqual([])
})

test('what is short is closed from what is to spare, and nobody becomes short by it', async () => {
  await demo.owner`update licenses set in_use = quantity + 5, status = 'out_of_compliance' where id = (
    select min(l.id) from licenses l where ${ofAccount()} and l.virtual_account_id = ${place('EMEA')} and exists (
      select from licenses o where o.smart_account_id = l.smart_account_id and o.product_id = l.product_id and o.name = l.name and o.sku = l.sku
        and o.method = l.method and o.type = l.type and o.billing = l.billing and o.id <> l.id and o.balance > 5 and o.quantity > 5))`
  const before = await shortNow()
  const found = await findShortages(admin)
  const closes = found.reduce((sum, one) => sum + one.closes, 0)
  expect(closes).toBeGreaterThan(0)
  const plan = await planShortages(admin, null)
  if (plan === null) throw new Error('Nothing was planned.')
  const review = await loadReview(admin, plan, 1)
  expect(review?.balances.filter((one) => one.after < 0 && one.before >= 0)).toEqual([])
  await applyPlan(admin, plan)
  const after = await shortNow()
  expect([...after.keys()].filter((id) => !before.has(id))).toEqual([])
  const total = (short: Map<number, number>) => [...short.values()].reduce((sum, n) => sum - n, 0)
  expect(total(after)).toBe(total(before) - closes)
})

test('devices that use a license of another Virtual Account are found, and mended by one move', async () => {
  const [used] = await demo.owner<{ device: number; license: number; at: number }[]>`
    select u.device_id::int as device, u.license_id::int as license, l.virtual_account_id::int as at from license_use u
    join licenses l on l.smart_account_id = u.smart_account_id and l.id = u.license_id
    join devices d on d.smart_account_id = u.smart_account_id and d.id = u.device_id and d.virtual_account_id = l.virtual_account_id
    where u.smart_account_id = ${admin.account.id} and l.virtual_account_id <> ${place('APJC')} order by u.id limit 1`
  if (!used) throw new Error('No license is in use.')
  await demo.owner`update devices set virtual_account_id = ${place('APJC')} where id = ${used.device}`
  const isIt = ({ license, devicesIn }: { license: number; devicesIn: number | null }) =>
    license === used.license && devicesIn === place('APJC')
  expect((await findMisplaced(admin)).filter(isIt)).toHaveLength(1)
  await applyPlan(admin, await planMisplaced(admin, used.license, place('APJC')))
  expect((await findMisplaced(admin)).filter(isIt)).toEqual([])
  const [device] = await demo.owner`select virtual_account_id::int as at from devices where id = ${used.device}`
  expect(device?.['at']).toBe(used.at)
})

test('a rule says what it would move, moves that, and keeps a log; of two that fit the oldest counts', async () => {
  const [waiting] = await demo.owner<
    { id: number }[]
  >`update devices set virtual_account_id = ${place('DEFAULT')}, country = 'CA', site_name = 'Matrix site'
    where id = (select min(id) from devices where ${ofAccount()} and parent_id is null and virtual_account_id = ${place('APJC')}) returning id::int`
  const draft = { field: 'site' as const, value: 'Matrix site', target: place('Germany') }
  // As many as an account may have are in another one.
  await demo.owner`insert into assignment_rules (smart_account_id, field, value, virtual_account_id)
    select v.smart_account_id, 'site', 'Site ' || n, v.id from generate_series(1, ${RULES_AT_MOST}) n, virtual_accounts v
    join smart_accounts a on a.id = v.smart_account_id where a.domain = 'borealis.example' and v.is_default`
  const made = await addRule(admin, draft, key())
  await expect(addRule(admin, draft, key())).rejects.toBeInstanceOf(Invalid)
  const rules = await readRules(admin)
  expect(rules.map(({ field, value }) => `${field} ${value}`)).toEqual(
    expect.arrayContaining(['country CA', 'site Matrix site']),
  )
  expect(rules.find(({ id }) => id === made.id)?.waiting).toBe(1)
  const all = await loadReview(admin, await planRules(admin, null), 1)
  expect(all?.rows.find(({ name, follows }) => name && !follows && all.places.to.length > 0)).toBeDefined()
  const [item] =
    await demo.owner`select to_id::int as to from assignment_items where plan_id = ${all?.id ?? 0} and subject_id = ${waiting?.id ?? 0}`
  expect(item?.['to']).toBe(place('Canada'))
  await applyPlan(admin, await planRules(admin, made.id))
  const [device] = await demo.owner`select virtual_account_id::int as at from devices where id = ${waiting?.id ?? 0}`
  expect(device?.['at']).toBe(place('Germany'))
  const log =
    await demo.owner`select type from events where subject = 'assignment_rule' and subject_id = ${made.id} order by seq`
  expect(log.map(({ type }) => type)).toEqual(['assignment-rules.created', 'devices.assigned'])
  const emea = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
  await expect(addRule(emea, { ...draft, value: 'x' }, key())).rejects.toBeInstanceOf(NotFound)
  await expect(removeRule(emea, made.id, key())).rejects.toBeInstanceOf(NotFound)
  await removeRule(admin, made.id, key())
})

test('an order goes with its lines and what came with them; stocking and agreement orders stay, and say why', async () => {
  const [order] = await demo.owner<
    { id: number }[]
  >`select o.id::int from orders o where ${ofAccount()} and o.kind = 'standard' and exists (
    select from order_lines l join devices d on d.smart_account_id = l.smart_account_id and d.order_line_id = l.id
    where l.smart_account_id = o.smart_account_id and l.order_id = o.id) order by o.id limit 1`
  const rows = await chosenRows(admin, { of: 'orders', id: String(order?.id) })
  if (!rows) throw new Error('The order is gone.')
  const options = { origin: { kind: 'order' as const, id: order?.id ?? 0 }, withLines: true }
  await applyPlan(admin, await draftOfRows(admin, rows, place('APJC'), new Map(), options))
  const [left] =
    await demo.owner`select count(*)::int as n from order_lines l left join devices d on d.smart_account_id = l.smart_account_id and d.order_line_id = l.id
    where l.order_id = ${order?.id ?? 0} and (l.virtual_account_id <> ${place('APJC')} or d.virtual_account_id <> ${place('APJC')})`
  expect(left?.['n']).toBe(0)
  const [event] = await demo.owner`select type, subject_id::int as about from events order by at desc, seq desc limit 1`
  expect(event).toEqual({ type: 'orders.assigned', about: order?.id })
  await demo.owner`update orders set kind = 'stocking' where id = ${order?.id ?? 0}`
  const review = await loadReview(admin, await draftOfRows(admin, rows, place('EMEA'), new Map(), options), 1)
  expect(new Set(review?.tallies.filter(({ subject }) => subject === 'order_line').map(({ stays }) => stays))).toEqual(
    new Set(['stocking']),
  )
  expect(await demo.owner`select target from app.rollup_drift() where cells <> 0`).toEqual([])
})

test('a license that came with lines of somebody else too does not go with one’s own', async () => {
  const emea = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
  const [license] = await demo.owner<{ id: number; line: number; order: number }[]>`
    select n.id::int, l.id::int as line, l.order_id::int as "order" from licenses n
    join license_terms t on t.smart_account_id = n.smart_account_id and t.license_id = n.id
    join order_lines l on l.smart_account_id = t.smart_account_id and l.id = t.order_line_id
    join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id and o.kind = 'standard'
    where n.smart_account_id = ${admin.account.id} and n.virtual_account_id = any(${emea.virtualAccounts.map(({ id }) => id)}) and n.quantity > n.reserved
      and (select count(*) from license_terms x where x.license_id = n.id) = 1 order by n.id limit 1`
  if (!license) throw new Error('No license came with an order.')
  await demo.owner`update order_lines set virtual_account_id = ${place('EMEA')} where id = ${license.line}`
  const planned = async () => {
    const rows = await chosenRows(emea, { of: 'orders', id: String(license.order) })
    if (!rows) throw new Error('The order is gone.')
    const plan = await draftOfRows(emea, rows, place('EMEA'), new Map(), {
      origin: { kind: 'order', id: license.order },
    })
    const items = await demo.owner<{ subject: string; id: number }[]>`
      select subject, subject_id::int as id from assignment_items where plan_id = ${plan}`
    return items.filter(({ subject, id }) => subject === 'license' && id === license.id).length
  }
  expect(await planned()).toBe(1)
  await demo.owner`with line as (
      insert into order_lines (smart_account_id, order_id, line_number, product_id, pid, description, quantity, status, virtual_account_id)
      select smart_account_id, order_id, '99', product_id, pid, description, quantity, status, ${place('APJC')} from order_lines where id = ${license.line} returning *)
    insert into license_terms (smart_account_id, license_id, type, quantity, start_date, end_date, order_line_id)
    select t.smart_account_id, t.license_id, t.type, 1, t.start_date, t.end_date, line.id from line, license_terms t
    where t.license_id = ${license.id}`
  expect(await planned()).toBe(0)
})

test('the pages show what they promise, and only to who assigns', async () => {
  const german = 'va-user@aurora.example'
  const params = Promise.resolve({ domain: AURORA })
  const none = Promise.resolve({})
  const asked = async (email: string, page: () => Promise<ReactNode>) => {
    await viewerOf(demo.owner, email, AURORA)
    return renderToStaticMarkup((await page()) as ReactElement)
  }
  const organize = await asked('admin@aurora.example', () => OrganizePage({ params }))
  for (const text of ['Waiting to be assigned', 'Assignment rules', 'Short here, to spare there', 'Country'])
    expect(organize).toContain(text)
  const own = await asked(german, () => OrganizePage({ params }))
  expect(own).not.toContain('Assignment rules')
  expect(await asked(german, () => AssignPage({ params, searchParams: none }))).toContain('Assign from a list')
  const [device] = await demo.owner<{ id: number }[]>`select min(id)::int as id from devices where ${ofAccount()}
    and virtual_account_id = ${place('APJC')}`
  const one = Promise.resolve({ of: 'devices', id: String(device?.id) })
  const chosen = await asked('admin@aurora.example', () => AssignPage({ params, searchParams: one }))
  expect(chosen).toContain('1 device chosen')
  expect(chosen).not.toContain('>Lab<')
  const missing = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }
  await expect(asked(german, () => AssignPage({ params, searchParams: one }))).rejects.toMatchObject(missing)
  await expect(asked('viewer@aurora.example', () => OrganizePage({ params }))).rejects.toMatchObject(missing)
  const rows = await chosenRows(admin, await one)
  if (!rows) throw new Error('The device is gone.')
  const plan = await draftOfRows(admin, rows, place('EMEA'), new Map(), { origin: { kind: 'rows' } })
  const at = Promise.resolve({ domain: AURORA, plan: String(plan) })
  const review = await asked('admin@aurora.example', () => PlanPage({ params: at, searchParams: none }))
  expect(review).toContain('Nothing has moved yet')
  await expect(asked(german, () => PlanPage({ params: at, searchParams: none }))).rejects.toMatchObject(missing)
  await applyPlan(admin, plan)
  const done = await asked('admin@aurora.example', () => PlanPage({ params: at, searchParams: none }))
  expect(done).toContain('See it in the Event Log')
  expect(done).toContain('Undo')
})
