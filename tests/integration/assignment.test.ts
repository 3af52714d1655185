import type { Viewer } from '@/lib/access/viewer'
import { applyPlan } from '@/lib/assignment/apply'
import { draftOfList, draftOfRows, type Wanted } from '@/lib/assignment/draft'
import { draftOfText } from '@/lib/assignment/list'
import { loadReview } from '@/lib/assignment/review'
import { targetOf, targetsOf } from '@/lib/assignment/targets'
import { undoAssignment, undoableOf } from '@/lib/assignment/undo'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { chosenRows, keepSelection } from '@/lib/resources/chosen-rows'
import { changedTables, digestOf } from '../matrix/served/acting'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const ORIGIN = { origin: { kind: 'rows' as const } }

let demo: DemoScene
let admin: Viewer
let admin2: Viewer
let places: Map<string, number>
beforeAll(async () => {
  demo = await openDemo(600, { withPaks: true })
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  admin2 = await viewerOf(demo.owner, 'admin2@aurora.example', AURORA)
  places = new Map(admin.virtualAccounts.map(({ name, id }) => [name, id]))
}, 240_000)
afterAll(() => closeDemo(demo))

const place = (name: string) => places.get(name) ?? 0
const key = () => crypto.randomUUID()
const TABLES = [
  'devices',
  'licenses',
  'license_terms',
  'contract_lines',
  'subscription_lines',
  'order_lines',
  'paks',
  'orders',
]
/** All that an assignment may change, without versions: the same text is the same state. */
async function state(): Promise<string> {
  const parts = TABLES.map(
    (table) =>
      `(select md5(coalesce(string_agg((to_jsonb(t) - 'version')::text, '' order by smart_account_id, id), '')) from ${table} t)`,
  )
  const [row] = await demo.owner.unsafe(`select concat_ws(' ', ${parts.join(', ')}) as state`)
  return String(row?.['state'])
}
const eventCount = async () => Number((await demo.owner`select count(*)::int as n from events`)[0]?.['n'])
const filledCells = async () =>
  demo.owner`select md5(string_agg(t::text, ' ' order by t::text)) as cells from license_cube t where n <> 0`
/** Roll-ups that differ from a recount. */
const drift = async () => demo.owner`select target from app.rollup_drift() where cells <> 0`
const devicesIn = async (name: string, limit: number) =>
  (
    await demo.owner<{ id: number }[]>`select id::int from devices where smart_account_id = ${admin.account.id}
      and virtual_account_id = ${place(name)} order by id limit ${limit}`
  ).map(({ id }) => id)
const wantedOf = (ids: number[], to: string): Wanted[] =>
  ids.map((id) => ({ subject: 'device', id, to: place(to), quantity: null }))
const changeSetOf = async (plan: number) =>
  Number((await demo.owner`select change_set_id from assignment_plans where id = ${plan}`)[0]?.['change_set_id'])
const refused = async (work: Promise<unknown>, why: abstract new (...args: never[]) => Error) => {
  const [before, events] = [await state(), await eventCount()]
  await expect(work).rejects.toBeInstanceOf(why)
  expect([await state(), await eventCount()]).toEqual([before, events])
}

test('all that match goes with what it contains and what covers it, once however often it is sent; undo brings it back', async () => {
  const before = await state()
  const address = await keepSelection(admin, 'devices', 'assign', {
    search: `?va=${place('APJC')}&type=hardware`,
    all: true,
    ids: [],
  })
  const rows = await chosenRows(admin, { chosen: new URL(address, 'http://x').searchParams.get('chosen') ?? '' })
  if (!rows) throw new Error('The selection is gone.')
  const plan = await draftOfRows(admin, rows, place('Americas'), new Map(), { ...ORIGIN, withLines: true })
  const review = await loadReview(admin, plan, 1)
  const moving = review?.tallies.find(({ subject, stays, follows }) => subject === 'device' && !stays && !follows)?.n
  expect(moving).toBeGreaterThan(5)
  const events = await eventCount()
  const answers = await Promise.all([applyPlan(admin, plan), applyPlan(admin, plan), applyPlan(admin, plan)])
  expect(new Set(answers.map((answer) => answer.plan))).toEqual(new Set([plan]))
  expect(await eventCount()).toBe(events + 1)
  const [left] =
    await demo.owner`select count(*)::int as n from devices where virtual_account_id = ${place('APJC')} and asset_type = 'hardware'`
  expect(left?.['n']).toBe(0)
  expect(await drift()).toEqual([])
  expect(await state()).not.toBe(before)
  expect(await loadReview(admin2, plan, 1)).toBeNull()
  const set = await changeSetOf(plan)
  expect(await undoAssignment(admin2, set, key())).toMatchObject({ left: 0 })
  expect(await state()).toBe(before)
  expect(await drift()).toEqual([])
  await refused(undoAssignment(admin, set, key()), Conflict)
  expect(await undoableOf(admin, set)).toEqual({ isUndone: true })
}, 60_000)

test('part of a license goes with its terms; merged, divided and taken back, it is as it was', async () => {
  const before = await state()
  const [license] = await demo.owner<{ id: number; quantity: number; name: string }[]>`
    select l.id::int, l.quantity, l.name from licenses l where l.smart_account_id = ${admin.account.id} and l.virtual_account_id = ${place('EMEA')}
      and l.quantity > 10 and l.reserved = 0 order by l.id limit 1`
  if (!license) throw new Error('No license in EMEA.')
  const owned = async (name: string) =>
    Number(
      (
        await demo.owner`select coalesce(sum(quantity), 0)::int as n from licenses
          where smart_account_id = ${admin.account.id} and name = ${license.name} and virtual_account_id = ${place(name)}`
      )[0]?.['n'],
    )
  const had = await owned('APJC')
  const plan = await draftOfList(
    admin,
    [{ subject: 'license', id: license.id, to: place('APJC'), quantity: 7 }],
    ORIGIN,
  )
  const review = await loadReview(admin, plan, 1)
  expect(review?.balances.map(({ moved }) => moved).sort((a, b) => a - b)).toEqual([-7, 7])
  await applyPlan(admin, plan)
  expect(await owned('APJC')).toBe(had + 7)
  const terms =
    await demo.owner`select l.id from licenses l where l.smart_account_id = ${admin.account.id} and l.name = ${license.name}
    and exists (select from license_terms t where t.license_id = l.id) and l.quantity <> (
      select coalesce(sum(t.quantity) filter (where coalesce(t.start_date <= ${admin.account.day}, true) and coalesce(t.end_date >= ${admin.account.day}, true)), 0)
      from license_terms t where t.license_id = l.id)`
  expect(terms).toEqual([])
  expect(await drift()).toEqual([])
  await undoAssignment(admin, await changeSetOf(plan), key())
  expect(await state()).toBe(before)
})

test('5,000 licenses moved and taken back are byte for byte as they were', async () => {
  await demo.owner`
    with model as (select * from licenses where smart_account_id = ${admin.account.id} and virtual_account_id = ${place('EMEA')} and quantity > 0
        and exists (select from license_terms t where t.license_id = licenses.id) order by id limit 1),
      made as (
        insert into licenses (smart_account_id, virtual_account_id, product_id, sku, name, category, method, type, billing, quantity, in_use, status, end_date, source, as_of)
        select m.smart_account_id, m.virtual_account_id, m.product_id, m.sku, m.name || ' ' || n, m.category, m.method, m.type, m.billing,
          30, n % 3, 'in_compliance', null, m.source, m.as_of from model m, generate_series(1, 5000) n returning smart_account_id, id)
    insert into license_terms (smart_account_id, license_id, type, quantity, start_date, end_date)
    select smart_account_id, id, 'PERPETUAL', q, null, null from made, (values (10), (20)) v (q)`
  const ids = (
    await demo.owner<{ id: number }[]>`select id::int from licenses where smart_account_id = ${admin.account.id}
      and virtual_account_id = ${place('EMEA')} order by id desc limit 5000`
  ).map(({ id }) => id)
  const before = await state()
  const [everything, cells] = [await digestOf(demo.owner), await filledCells()]
  // All of a third; of the others all but what makes their terms be divided.
  const wanted = ids.map(
    (id, index): Wanted => ({
      ...{ subject: 'license', id, to: place('Americas') },
      quantity: index % 3 === 0 ? null : 15,
    }),
  )
  const plan = await draftOfList(admin, wanted, ORIGIN)
  await applyPlan(admin, plan)
  expect(await state()).not.toBe(before)
  expect(await undoAssignment(admin, await changeSetOf(plan), key())).toEqual({ undone: 5000, left: 0, names: [] })
  expect(await state()).toBe(before)
  expect(await drift()).toEqual([])
  // Of all tables only those have other rows whose versions went on, the log, and the roll-up in which empty cells stay.
  const kept =
    /^(assignment_(items|plans)|change_(items|sets)|events|event_cube|idempotency_keys|licenses|license_cube)$/
  expect(changedTables(everything, await digestOf(demo.owner)).filter((name) => !kept.test(name))).toEqual([])
  expect(await filledCells()).toEqual(cells)
}, 120_000)

test('what was changed since the review refuses it all, by name; what was changed since the move is left alone by its undo', async () => {
  const [first = 0, ...rest] = await devicesIn('Americas', 6)
  const plan = await draftOfList(admin, wantedOf([first, ...rest], 'EMEA'), ORIGIN)
  await demo.owner`update devices set virtual_account_id = ${place('APJC')}, version = version + 1 where id = ${first}`
  const error = await applyPlan(admin, plan).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(Conflict)
  expect((error as Conflict).changed).toEqual([expect.stringMatching(/ is in APJC now$/)])
  await refused(applyPlan(admin, plan), Conflict)

  const second = await draftOfList(admin, wantedOf(rest, 'EMEA'), ORIGIN)
  await applyPlan(admin, second)
  const [moved = 0] = rest
  await demo.owner`update devices set virtual_account_id = ${place('APJC')}, version = version + 1 where id = ${moved}`
  const undone = await undoAssignment(admin, await changeSetOf(second), key())
  expect(undone.left).toBe(1)
  expect(undone.names).toHaveLength(1)
  const [stayed] = await demo.owner`select virtual_account_id::int as at from devices where id = ${moved}`
  expect(stayed?.['at']).toBe(place('APJC'))
})

test('only within what one assigns, on both ends; a restricted place is named exactly', async () => {
  const emea = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
  const viewer = await viewerOf(demo.owner, 'viewer@aurora.example', AURORA)
  expect(targetsOf(viewer)).toEqual([])
  expect(targetsOf(emea).map(({ label }) => label)).toEqual(['EMEA', 'EMEA › France', 'EMEA › Germany'])
  expect(targetsOf(admin).map(({ label }) => label)).not.toContain('Lab')
  expect([targetOf(admin, String(place('Lab')), ''), targetOf(admin, '', 'Lab'), targetOf(admin, '', 'lab')]).toEqual([
    null,
    place('Lab'),
    null,
  ])
  expect(targetOf(emea, String(place('Americas')), '')).toBeNull()
  const chosen = { search: '', all: true, ids: [] }
  await expect(keepSelection(viewer, 'devices', 'assign', chosen)).rejects.toBeInstanceOf(NotFound)

  const [german = 0] = await devicesIn('Germany', 1)
  const [american = 0] = await devicesIn('Americas', 1)
  // Somebody who made the plan as more than they are: the transaction asks again.
  const plan = await draftOfList(emea, wantedOf([german], 'Americas'), ORIGIN)
  await refused(applyPlan(emea, plan), NotFound)
  await expect(draftOfList(emea, wantedOf([american], 'EMEA'), ORIGIN)).rejects.toBeInstanceOf(Invalid)
  const own = await draftOfList(emea, wantedOf([german], 'France'), ORIGIN)
  await refused(applyPlan(admin, own), NotFound)
  await applyPlan(emea, own)
  const german2 = await viewerOf(demo.owner, 'va-user@aurora.example', AURORA)
  expect(await undoableOf(german2, await changeSetOf(own))).toBeNull()
  await refused(undoAssignment(german2, await changeSetOf(own), key()), NotFound)
  expect(await undoAssignment(emea, await changeSetOf(own), key())).toMatchObject({ left: 0 })
})

test('a list names devices and licenses; what cannot be used is told line by line', async () => {
  const [device] = await demo.owner<{ serial: string }[]>`select serial_number as serial from devices
    where smart_account_id = ${admin.account.id} and virtual_account_id = ${place('APJC')} and serial_number is not null order by id limit 1`
  const plan = await draftOfText(
    admin,
    `${device?.serial.toLowerCase()}, EMEA\n${device?.serial}, EMEA\nNOTHING1, EMEA\n${device?.serial}, Nowhere\n`,
  )
  const review = await loadReview(admin, plan, 1)
  expect(review?.problems).toEqual([
    expect.stringMatching(/^Line 2: .* stands in an earlier line\.$/),
    'Line 3: “NOTHING1” is unknown.',
    'Line 4: “Nowhere” is no Virtual Account that you may assign to.',
  ])
  await expect(draftOfText(admin, '')).rejects.toBeInstanceOf(Invalid)
})

test('two people move the same 10,000 devices: one wins all, the other is told, no deadlock', async () => {
  await demo.owner`
    insert into devices (smart_account_id, virtual_account_id, product_id, pid, description, family, architecture, asset_type, instance_number, source, as_of)
    select d.smart_account_id, ${place('Canada')}, d.product_id, d.pid, d.description, d.family, d.architecture, d.asset_type, 'bulk-' || n, d.source, d.as_of
    from (select * from devices where smart_account_id = ${admin.account.id} order by id limit 1) d, generate_series(1, 10000) n`
  let from = 'Canada'
  for (const to of [
    ['France', 'Germany'],
    ['APJC', 'Canada'],
  ] as const) {
    const ids = (
      await demo.owner<
        { id: number }[]
      >`select id::int from devices where instance_number like 'bulk-%' and virtual_account_id = ${place(from)}`
    ).map(({ id }) => id)
    expect(ids).toHaveLength(10_000)
    const [one, other] = await Promise.all([
      draftOfList(admin, wantedOf(ids, to[0]), ORIGIN),
      draftOfList(admin2, wantedOf([...ids].reverse(), to[1]), ORIGIN),
    ])
    const results = await Promise.allSettled([applyPlan(admin, one), applyPlan(admin2, other)])
    const lost = results.filter((result) => result.status === 'rejected')
    expect(lost).toHaveLength(1)
    expect(lost[0]?.reason).toBeInstanceOf(Conflict)
    expect(lost[0]).toMatchObject({ reason: { changed: expect.arrayContaining([expect.any(String)]) } })
    const spread = await demo.owner<
      { at: number }[]
    >`select distinct virtual_account_id::int as at from devices where instance_number like 'bulk-%'`
    expect(spread).toHaveLength(1)
    from = results[0]?.status === 'fulfilled' ? to[0] : to[1]
    expect(spread[0]?.at).toBe(place(from))
  }
  expect(await drift()).toEqual([])
}, 180_000)
