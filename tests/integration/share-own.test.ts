import type postgres from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { NotFound } from '@/lib/errors'
import { sendShare } from '@/lib/sharing/send'
import type { ShareDraft } from '@/lib/sharing/send-schema'
import { loadSharable } from '@/lib/sharing/sharable'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { BARE } from '../support/share-mail'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'

let demo: DemoScene
let owner: postgres.Sql
let admin: Viewer
/** An order with at least two lines that assets came with. */
let order: { number: string; lines: number[] }

beforeAll(async () => {
  demo = await openDemo(1200)
  owner = demo.owner
  admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [row] = await owner<(typeof order)[]>`
    select o.number, array_agg(distinct l.id::int order by l.id::int) as lines
    from orders o join order_lines l on l.order_id = o.id join devices d on d.order_line_id = l.id
    where o.smart_account_id = ${admin.account.id} group by 1 having count(distinct l.id) >= 2 order by 1 desc limit 1`
  if (!row) throw new Error('No order has two lines with devices.')
  order = row
}, 120_000)
afterAll(() => closeDemo(demo))

const send = (viewer: Viewer, number: string, draft: Partial<ShareDraft>, email = 'x@fjord.example') =>
  sendShare(viewer, number, [email], { ...BARE, ...draft }, crypto.randomUUID())
const counts = () => owner`
  select (select count(*)::int from order_shares) as shares, (select count(*)::int from outbox) as mails, (select count(*)::int from events) as events`

test.each(['viewer@aurora.example', 'va-viewer@aurora.example'])('%s shares nothing', async (email) => {
  const before = await counts()
  const viewer = await viewerOf(owner, email, AURORA)
  expect(await loadSharable(viewer, order.number)).toBeNull()
  await expect(send(viewer, order.number, { level: 'order' })).rejects.toThrow(NotFound)
  expect(await counts()).toEqual(before)
})

test('nobody shares lines or assets that are not theirs, whatever the form says', async () => {
  const before = await counts()
  const viewer = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  const own = viewer.virtualAccounts.map(({ id }) => id)
  const one = async (where: postgres.PendingQuery<postgres.Row[]>) => {
    const [found] = await owner<{ number: string; line: number; device: number }[]>`
      select o.number, l.id::int as line, d.id::int as device
      from orders o join order_lines l on l.order_id = o.id join devices d on d.order_line_id = l.id
      where o.smart_account_id = ${viewer.account.id} and ${where} order by l.id limit 1`
    if (!found) throw new Error('There is no such order.')
    return found
  }
  const foreign = await one(owner`l.virtual_account_id <> all (${own})`)
  const mine = await one(owner`l.virtual_account_id = any (${own}) and d.virtual_account_id = any (${own})`)
  const drafts: Partial<ShareDraft>[] = [
    { level: 'lines', lineIds: [foreign.line] },
    { level: 'assets', deviceIds: [foreign.device] },
    { level: 'assets', deviceIds: [mine.device, foreign.device] },
  ]
  for (const { number } of [foreign, mine])
    for (const draft of drafts) await expect(send(viewer, number, draft)).rejects.toThrow(NotFound)
  expect(await counts()).toEqual(before)
})

test('of an order in several places goes what is where one shares, not what is where one only looks', async () => {
  const at = (name: string) => admin.virtualAccounts.find((place) => place.name === name)?.id ?? 0
  const [own = 0, seen = 0] = order.lines
  for (const [line, name] of [
    [own, 'Germany'],
    [seen, 'APJC'],
  ] as const) {
    await owner`update order_lines set virtual_account_id = ${at(name)} where id = ${line}`
    await owner`update devices set virtual_account_id = ${at(name)} where order_line_id = ${line}`
    await owner`update licenses set virtual_account_id = ${at(name)} where id in (select license_id from license_terms where order_line_id = ${line})`
  }
  await owner`insert into role_assignments (smart_account_id, user_id, role, virtual_account_id, includes_nested)
    select ${admin.account.id}, id, 'va_viewer', ${at('APJC')}, false from users where email = 'va-user@aurora.example'`
  const viewer = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  const sharable = await loadSharable(viewer, order.number)
  expect(sharable?.lines.map(({ id }) => id)).toEqual([own])
  await send(viewer, order.number, {}, 'half@fjord.example')
  const shared = await owner<{ line: number }[]>`select i.order_line_id::int as line
    from order_share_items i join order_shares s on s.id = i.share_id where s.email = 'half@fjord.example'`
  expect(shared.map(({ line }) => line)).toEqual([own])
})
