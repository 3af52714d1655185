import type { Viewer } from '@/lib/access/viewer'
import { loadSubscription } from '@/lib/resources/subscription-detail'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'

let demo: DemoScene
beforeAll(async () => {
  demo = await openDemo(300)
}, 120_000)
afterAll(() => closeDemo(demo))

test('the order that a subscription began by is told to who sees its line, not to who sees another line of it', async () => {
  const { owner } = demo
  const [admin, german] = [
    await viewerOf(owner, 'admin@aurora.example', AURORA),
    await viewerOf(owner, 'va-user@aurora.example', AURORA),
  ]
  const place = (name: string) => admin.virtualAccounts.find((va) => va.name === name)?.id ?? 0
  const ordered = await owner<{ id: number; line: number; license: number }[]>`
    select t.subscription_id::int as id, min(t.order_line_id)::int as line, min(t.license_id)::int as license
    from license_terms t where t.smart_account_id = ${admin.account.id} and t.subscription_id is not null and t.order_line_id is not null
    group by 1 having count(*) = 1 order by 1`
  const papers = async (viewer: Viewer, id: number) => (await loadSubscription(viewer, id))?.papers ?? null
  for (const { id, line, license } of ordered) {
    if ((await papers(admin, id)) === null) continue
    await owner`update subscription_lines set virtual_account_id = ${place('Germany')} where subscription_id = ${id}`
    await owner`update licenses set virtual_account_id = ${place('Germany')} where id = ${license}`
    await owner`update order_lines set virtual_account_id = ${place('Germany')} where id = ${line}`
    expect(await papers(german, id)).not.toBeNull()
    await owner`insert into order_lines (smart_account_id, order_id, line_number, product_id, pid, description, quantity, status, virtual_account_id)
      select smart_account_id, order_id, '99', product_id, pid, description, quantity, status, virtual_account_id from order_lines where id = ${line}`
    await owner`update order_lines set virtual_account_id = ${place('APJC')} where id = ${line}`
    expect(await papers(admin, id)).not.toBeNull()
    expect(await papers(german, id)).toBeNull()
    return
  }
  throw new Error('No subscription began by an order with terms.')
})
