import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import { getPerson } from '@/lib/access/signed-in'
import { type OpenedOrder, readOpened, wouldOpen } from '@/lib/sharing/opened'
import { loadSharedList } from '@/lib/sharing/shared-list'
import { hasSharedOrder, loadSharedOrders } from '@/lib/sharing/shared-order'
import { sharedTable } from '@/lib/sharing/shared-table'
import { sharedView } from '@/lib/sharing/shared-view'
import { type Params, parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const RECIPIENT = 'recipient@fjord.example'
const ASSETS = 'asset-recipient@fjord.example'
const CONTACT = 'delivery@grove.example'
const BOTH = 'va-viewer@aurora.example'

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(2000)
  owner = demo.owner
  // Many orders for one person: whole ones, one that is shared as lines too and names them besides, one that ends.
  await owner`insert into order_shares (smart_account_id, order_id, email, level, note, sent_by, sent_at, expires_at)
    select o.smart_account_id, o.id, ${BOTH}, 'order', 'All of it', u.id, '2026-05-01', case when o.id % 3 = 0 then '2026-06-01T00:00:00Z'::timestamptz end
    from (select * from orders where smart_account_id = (select id from smart_accounts where domain = ${AURORA}) order by id desc limit 60) o,
      users u where u.email = 'admin@aurora.example'`
  await owner`insert into delivery_contacts (smart_account_id, order_id, email)
    select smart_account_id, order_id, ${BOTH} from order_shares where email in (${BOTH}, ${RECIPIENT}) order by order_id limit 5`
}, 120_000)
afterAll(() => closeDemo(demo))

async function personOf(email: string) {
  await signInAs(owner, email)
  return getPerson()
}

const list = async (email: string, params: Params = {}) => {
  const { query, problems } = parseTable(sharedTable, params)
  expect(problems).toEqual([])
  const found = await loadSharedList(await personOf(email), query)
  return { ...found, view: sharedView(query, found, '/my/orders') }
}

/** By plain SQL: what of each order is open to an address, and by what. */
const opened = (email: string) => owner<
  {
    id: string
    number: string
    status: string
    ordered: string
    shared: boolean
    contact: boolean
    whole: boolean
    lines: string[]
    full: string[]
    assets: string[]
  }[]
>`
  with way as (
    select id, order_id, level::text from order_shares where email = ${email} and revoked_at is null and (expires_at is null or expires_at > '2026-05-06T10:00:00Z')
    union all select null, order_id, 'order' from delivery_contacts where email = ${email})
  select o.id, o.number, o.status, o.ordered_on::text as ordered, bool_or(w.id is not null) as shared, bool_or(w.id is null) as contact,
    bool_or(w.level = 'order') as whole,
    array(select l.id from order_lines l where l.order_id = o.id and exists (select from way x left join order_share_items i on i.share_id = x.id
      where x.order_id = o.id and (x.level = 'order' or i.order_line_id = l.id)) order by 1) as lines,
    array(select l.id from order_lines l where l.order_id = o.id and exists (select from way x left join order_share_items i on i.share_id = x.id
      where x.order_id = o.id and (x.level = 'order' or x.level = 'lines' and i.order_line_id = l.id)) order by 1) as full,
    array(select i.device_id from way x join order_share_items i on i.share_id = x.id where x.order_id = o.id and x.level = 'assets') as assets
  from way w join orders o on o.id = w.order_id group by o.id, o.smart_account_id order by o.ordered_on desc, o.number desc`

const ids = (rows: readonly { id: number | string }[]) => rows.map(({ id }) => Number(id)).sort((a, b) => a - b)

describe.each([RECIPIENT, ASSETS, CONTACT, BOTH, 'stranger@harbor.example'])('%s', (email) => {
  test('has the orders that are open to them, newest first, counted under every filter', async () => {
    const mine = await opened(email)
    const all = await list(email, { size: '250' })
    expect(all.rows.map(({ id }) => Number(id))).toEqual(mine.map(({ id }) => Number(id)))
    expect([all.total, all.whole]).toEqual([mine.length, mine.length])
    const ways = { share: mine.filter(({ shared }) => shared), contact: mine.filter(({ contact }) => contact) }
    for (const [way, rows] of Object.entries(ways)) {
      expect([way, all.facets['way']?.[way] ?? 0]).toEqual([way, rows.length])
      const found = await list(email, { way, size: '250' })
      expect([way, ids(found.rows), found.total, found.whole]).toEqual([way, ids(rows), rows.length, mine.length])
    }
    for (const status of ['booked', 'on_hold', 'shipped', 'delivered', 'closed']) {
      const rows = mine.filter((row) => row.status === status)
      expect([status, all.facets['status']?.[status] ?? 0]).toEqual([status, rows.length])
      expect([status, ids((await list(email, { status, size: '250' })).rows)]).toEqual([status, ids(rows)])
    }
    const since = await list(email, { ordered: '2026-01-01..2026-12-31', size: '250' })
    expect(ids(since.rows)).toEqual(ids(mine.filter(({ ordered }) => ordered >= '2026-01-01')))
    expect(since.facets['way']?.['share'] ?? 0).toBe(ways.share.filter(({ ordered }) => ordered >= '2026-01-01').length)
  })

  test('sees of an order what is open to them with what hangs on it, and not a word of the rest', async () => {
    const person = await personOf(email)
    for (const { number, whole, lines, full, assets } of (await opened(email)).slice(0, 8)) {
      const [found, ...others] = await loadSharedOrders(person, number)
      expect([number, others]).toEqual([number, []])
      const order = found?.order as OpenedOrder
      const hanging = async (table: string) =>
        ids(await owner.unsafe<{ id: string }[]>(`select id from ${table} where order_line_id = any('{${full}}')`))
      const devices = await owner<
        { id: string }[]
      >`select id from devices where order_line_id = any(${full}) or id = any(${assets})`
      expect(ids(order.lines.rows)).toEqual(lines.map(Number))
      expect([order.lines.total, order.assets.total]).toEqual([lines.length, devices.length])
      expect(ids(order.assets.rows)).toEqual(ids(devices).slice(0, 250))
      expect(ids(order.licenses)).toEqual(await hanging('license_terms'))
      expect(ids(order.deliveries)).toEqual(await hanging('deliveries'))
      expect(ids(order.documents)).toEqual(await hanging('documents'))
      expect(order.lines.rows.filter(({ quantity }) => quantity !== null)).toHaveLength(full.length)
      expect(order.customerOrderNumber === null).toBe(!whole)
      const rest = await owner<{ word: string }[]>`
        select d.serial_number as word from devices d join order_lines l on l.id = d.order_line_id
        where l.order_id = (select id from orders where number = ${number}) and d.serial_number is not null
          and not (d.order_line_id = any(${full}) or d.id = any(${assets}))
        union select l.pid || '"' from order_lines l where l.order_id = (select id from orders where number = ${number}) and not l.id = any(${lines})
          and l.pid not in (select pid from order_lines where id = any(${lines}))`
      const told = JSON.stringify(found)
      expect(rest.filter(({ word }) => told.includes(word))).toEqual([])
    }
  })
})

test('the recipients of the demo see less than their orders have, so that the tests above can fail', async () => {
  const all = await owner<{ lines: number; devices: number }[]>`
    select (select count(*)::int from order_lines l where l.order_id in (select order_id from order_shares where email = ${RECIPIENT})) as lines,
      (select count(*)::int from devices d join order_lines l on l.id = d.order_line_id
        where l.order_id in (select order_id from order_shares where email = ${ASSETS})) as devices`
  const lines = (await opened(RECIPIENT)).flatMap((order) => order.lines).length
  const assets = (await opened(ASSETS)).flatMap((order) => order.assets).length
  expect([lines > 0, lines < (all[0]?.lines ?? 0), assets > 0, assets < (all[0]?.devices ?? 0)]).toEqual([
    true,
    true,
    true,
    true,
  ])
})

test('the list is searched by number, product and serial number of what is open, sorted, and has pages', async () => {
  const [first] = await opened(ASSETS)
  const serials = await owner<{ serial: string; isMine: boolean }[]>`
    select d.serial_number as serial, d.id = any(${first?.assets ?? []}) as "isMine" from devices d
    where d.order_line_id = any(${first?.lines ?? []}) and d.serial_number is not null order by d.id`
  expect(new Set(serials.map(({ isMine }) => isMine)).size).toBe(2)
  for (const { serial, isMine } of serials)
    expect([serial, (await list(ASSETS, { q: serial.toLowerCase() })).total]).toEqual([serial, isMine ? 1 : 0])
  expect((await list(ASSETS, { q: first?.number ?? '' })).total).toBe(1)
  const [line] = await owner<{ pid: string }[]>`select pid from order_lines where id = any(${first?.lines ?? []})`
  expect((await list(ASSETS, { q: line?.pid ?? '' })).total).toBe(1)
  const [foreign] = await owner<
    { pid: string }[]
  >`select pid from order_lines l where order_id in (select order_id from order_shares where email = ${RECIPIENT})
    and pid not in (select pid from order_lines where id in (select order_line_id from order_share_items i join order_shares s on s.id = i.share_id where s.email = ${RECIPIENT})) limit 1`
  expect((await list(RECIPIENT, { q: foreign?.pid ?? '' })).total).toBe(0)
  const pages = [
    await list(BOTH, { size: '25', sort: 'number' }),
    await list(BOTH, { size: '25', sort: 'number', page: '2' }),
  ]
  const numbers = pages.flatMap(({ rows }) => rows.map(({ number }) => number))
  expect(numbers).toEqual(
    (await opened(BOTH))
      .map(({ number }) => number)
      .sort()
      .slice(0, 50),
  )
  expect(pages[1]?.view.range).toBe('26–50')
  const until = await list(BOTH, { sort: 'until', size: '250' })
  expect(until.rows.map((row) => row.until)).toEqual(
    until.rows.map((row) => row.until).sort((a, b) => (a ?? '9').localeCompare(b ?? '9')),
  )
  expect(until.view.cells[0]?.at(-1)).toBe('31 May 2026')
  expect(
    (await list(BOTH, { until: '2026-05-01..2026-06-30', size: '250' })).rows.every(
      (row) => row.until === '2026-05-31',
    ),
  ).toBe(true)
})

test('what was revoked, has ended or names them no more is gone on the next request', async () => {
  const person = await personOf(RECIPIENT)
  const [one, other] = await opened(RECIPIENT)
  const seen = async (number: string | undefined) => [
    (await loadSharedOrders(person, number ?? '')).length,
    await hasSharedOrder(person, number ?? ''),
    (await list(RECIPIENT)).total,
  ]
  expect(await seen(one?.number)).toEqual([1, true, 2])
  await owner`update order_shares set revoked_at = '2026-05-06T09:59:00Z' where email = ${RECIPIENT} and order_id = ${one?.id ?? 0}`
  expect(await seen(one?.number)).toEqual([0, false, 1])
  await owner`update order_shares set expires_at = '2026-05-06T10:00:00Z' where email = ${RECIPIENT} and order_id = ${other?.id ?? 0}`
  expect(await seen(other?.number)).toEqual([0, false, 0])
  await owner`update order_shares set revoked_at = null, expires_at = null where email = ${RECIPIENT}`
  expect(await seen(one?.number)).toEqual([1, true, 2])
  const [named] = await opened(CONTACT)
  await owner`delete from delivery_contacts where email = ${CONTACT} and order_id = ${named?.id ?? 0}`
  expect(await loadSharedOrders(await personOf(CONTACT), named?.number ?? '')).toEqual([])
})

test('who sent a share learns that it was opened: once, with an event, whoever else looks', async () => {
  await owner`update order_shares set opened_at = null where email = ${RECIPIENT}`
  const [one] = await opened(RECIPIENT)
  const state = async () =>
    (
      await owner`select (select count(*)::int from events where type = 'orders.share-opened' and subject_id = ${one?.id ?? 0}) as events,
      (select opened_at is not null from order_shares where email = ${RECIPIENT} and order_id = ${one?.id ?? 0}) as opened`
    ).map((row) => ({ ...row }))
  const before = (await state())[0]?.['events']
  await loadSharedOrders(await personOf('stranger@harbor.example'), one?.number ?? '')
  expect(await state()).toEqual([{ events: before, opened: false }])
  const person = await personOf(RECIPIENT)
  await Promise.all(Array.from({ length: 5 }, () => loadSharedOrders(person, one?.number ?? '')))
  expect(await state()).toEqual([{ events: Number(before) + 1, opened: true }])
})

describe('the review before a share is sent', () => {
  test.each(['order', 'lines', 'assets'] as const)(
    'shows at the level of %s what the recipient then sees',
    async (level) => {
      const sender = await viewerOf(owner, 'admin@aurora.example', AURORA)
      const [order] = await owner<{ id: number; number: string }[]>`
      select l.order_id::int as id, o.number from order_lines l join devices d on d.order_line_id = l.id join orders o on o.id = l.order_id
      where o.smart_account_id = ${sender.account.id} group by 1, 2 having count(distinct l.id) >= 2 order by count(*) desc limit 1`
      const items = await owner<{ lineId: number; deviceId: number | null }[]>`
      select distinct on (l.id) l.id::int as "lineId", d.id::int as "deviceId" from order_lines l join devices d on d.order_line_id = l.id
      where l.order_id = ${order?.id ?? 0} order by l.id, d.id limit 2`
      const proposed = wouldOpen({ accountId: sender.account.id, orderId: order?.id ?? 0 }, level, items)
      const shown = await asUser(sender, (reader) => readOpened(reader, proposed))
      expect(shown?.lines.total).toBeGreaterThan(0)
      await owner.begin(async (sql) => {
        await sql`delete from order_share_items where share_id in (select id from order_shares where email = 'stranger@harbor.example')`
        await sql`delete from order_shares where email = 'stranger@harbor.example'`
        const [share] = await sql<
          { id: string }[]
        >`insert into order_shares (smart_account_id, order_id, email, level, sent_by)
        values (${sender.account.id}, ${order?.id ?? 0}, 'stranger@harbor.example', ${level}, ${sender.id}) returning id`
        if (level === 'order') return
        for (const { lineId, deviceId } of items)
          await sql`insert into order_share_items (smart_account_id, share_id, order_line_id, device_id)
          values (${sender.account.id}, ${share?.id ?? 0}, ${lineId}, ${level === 'assets' ? deviceId : null})`
      })
      const [seen] = await loadSharedOrders(await personOf('stranger@harbor.example'), order?.number ?? '')
      expect(seen?.order).toEqual(shown)
    },
  )
})
