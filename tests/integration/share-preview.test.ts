import type { Sql } from 'postgres'
import { getPerson } from '@/lib/access/signed-in'
import type { Viewer } from '@/lib/access/viewer'
import { addMembers, createGroup, giveGroupRole, removeMember } from '@/lib/administration/plan-groups'
import { NotFound } from '@/lib/errors'
import { loadLinkPage } from '@/lib/sharing/link-page'
import { FIRST_PARTS } from '@/lib/sharing/opened'
import { resendShare, revokeShares } from '@/lib/sharing/revoke'
import { reviewShare, sendShare } from '@/lib/sharing/send'
import type { ShareDraft } from '@/lib/sharing/send-schema'
import { sharesOf } from '@/lib/sharing/share-list'
import { loadSharedList } from '@/lib/sharing/shared-list'
import { loadSharedOrders } from '@/lib/sharing/shared-order'
import { sharedTable } from '@/lib/sharing/shared-table'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { BARE, mailbox } from '../support/share-mail'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(120_000)

const AURORA = 'aurora.example'
const MEMBER = 'crew-of-shares@aurora.example'

let demo: DemoScene
let owner: Sql
let admin: Viewer
let group: number
let box: ReturnType<typeof mailbox>

beforeAll(async () => {
  demo = await openDemo(1200)
  owner = demo.owner
  box = mailbox(owner, '192.0.2.7')
  admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  group = (await createGroup(admin, { name: 'Senders', description: '' }, crypto.randomUUID())).id
  const emea = admin.virtualAccounts.find(({ name }) => name === 'EMEA')?.id ?? 0
  const role = { role: 'va_user' as const, virtualAccountId: emea, includesNested: true, lastDay: null, purpose: '' }
  await giveGroupRole(admin, group, role, crypto.randomUUID())
  await addMembers(admin, group, [MEMBER], crypto.randomUUID())
})
beforeEach(() => owner`delete from rate_limits`)
afterAll(() => closeDemo(demo))

type Part = { number: string; order: number; lines: number[]; devices: number[] }

/** Orders of which some lines are the sender's, with their lines and devices there; those of most lines first. */
const partsOf = (viewer: Viewer) => {
  const places = viewer.virtualAccounts.map(({ id }) => id)
  const own = viewer.scope.kind === 'account' ? owner`true` : owner`l.virtual_account_id in ${owner(places)}`
  const held = viewer.scope.kind === 'account' ? owner`true` : owner`d.virtual_account_id in ${owner(places)}`
  return owner<Part[]>`
    select o.number, o.id::int as order, array_agg(distinct l.id::int order by l.id::int) as lines,
      array_agg(distinct d.id::int order by d.id::int) as devices
    from orders o join order_lines l on l.order_id = o.id join devices d on d.order_line_id = l.id and ${held}
    where o.smart_account_id = ${viewer.account.id} and ${own}
    group by 1, 2 order by count(distinct l.id) desc, 2 limit 3`
}

const draftOf = (level: ShareDraft['level'], { lines, devices }: Part): ShareDraft => ({
  ...{ ...BARE, level },
  lineIds: level === 'lines' ? lines.slice(0, 2) : [],
  deviceIds: level === 'assets' ? devices.slice(0, 2) : [],
})

let nth = 0

/** What somebody new to it all sees of a share, by its link, by their User View, and as its totals there. */
async function seenBy(email: string, number: string) {
  await owner`insert into users (email, name, organisation) values (${email}, ${email}, 'fjord.example')`
  await signInAs(owner, email)
  const person = await getPerson()
  const { token, session } = await box.enter(email)
  const link = await loadLinkPage(token, session, FIRST_PARTS)
  const orders = await loadSharedOrders(person, number)
  const list = await loadSharedList(person, parseTable(sharedTable, {}).query)
  return { link: link?.order, orders: orders.map(({ order }) => order), totals: [list.total, list.whole] }
}

describe.each(['admin@aurora.example', 'va-admin@aurora.example', 'va-user@aurora.example', MEMBER])(
  'sent by %s',
  (sender) => {
    test.each(['order', 'lines', 'assets'] as const)('%s: the review is what the recipient sees', async (level) => {
      const viewer = await viewerOf(owner, sender, AURORA)
      const parts = await partsOf(viewer)
      expect(parts.length).toBeGreaterThan(0)
      let shared = 0
      for (const part of parts) {
        const draft = draftOf(level, part)
        const review = await reviewShare(viewer, part.number, draft)
        if (review.problem) continue
        nth += 1
        const email = `preview-${nth}@fjord.example`
        await sendShare(viewer, part.number, [email], draft, crypto.randomUUID())
        const seen = await seenBy(email, part.number)
        expect(seen).toEqual({ link: review.order, orders: [review.order], totals: [1, 1] })
        shared += 1
      }
      expect(shared).toBeGreaterThan(0)
    })
  },
)

test('who shares by a group no longer does, nor takes back, when they are out of it', async () => {
  const viewer = await viewerOf(owner, MEMBER, AURORA)
  const [part] = await partsOf(viewer)
  if (!part) throw new Error('The group has no order.')
  const send = (email: string) => sendShare(viewer, part.number, [email], draftOf('assets', part), crypto.randomUUID())
  await send('by-group@fjord.example')
  const listed = async (who: Viewer) =>
    (await sharesOf(who, { q: 'by-group@fjord.example', state: null, page: 1 })).rows.map(({ id, isInHand }) => ({
      id: Number(id),
      isInHand,
    }))
  const [share] = await listed(viewer)
  expect(share?.isInHand).toBe(true)
  const id = share?.id ?? 0
  await resendShare(viewer, id, crypto.randomUUID())
  await removeMember(admin, group, viewer.id, crypto.randomUUID())
  await expect(send('too-late@fjord.example')).rejects.toThrow(NotFound)
  await expect(resendShare(viewer, id, crypto.randomUUID())).rejects.toThrow(NotFound)
  await expect(revokeShares(viewer, [id], crypto.randomUUID())).rejects.toThrow(NotFound)
  expect(await owner`select from order_shares where email = 'too-late@fjord.example'`).toHaveLength(0)
  // What was given stands until an administrator takes it back.
  expect(await revokeShares(admin, [id], crypto.randomUUID())).toEqual({ revoked: 1 })
})
