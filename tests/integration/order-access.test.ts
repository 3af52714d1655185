import type postgres from 'postgres'
import { getPerson } from '@/lib/access/signed-in'
import type { Viewer } from '@/lib/access/viewer'
import { NotFound } from '@/lib/errors'
import { asLink, claimShare, linkFor, linkHolds, mailCode, openWithCode } from '@/lib/sharing/link'
import { loadLinkPage } from '@/lib/sharing/link-page'
import { FIRST_PARTS } from '@/lib/sharing/opened'
import { resendShare, revokeShares } from '@/lib/sharing/revoke'
import { reviewShare, sendShare } from '@/lib/sharing/send'
import { readDraft, readRecipients, type ShareDraft, type ShareFields } from '@/lib/sharing/send-schema'
import { sharesOf } from '@/lib/sharing/share-list'
import { loadSharedOrders } from '@/lib/sharing/shared-order'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { BARE, codeIn, mailbox, tokenIn } from '../support/share-mail'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const STRANGER = 'stranger@harbor.example'
const NETWORK = '192.0.2.1'

let demo: DemoScene
let owner: postgres.Sql
let mailTo: ReturnType<typeof mailbox>['mailTo']
let enter: ReturnType<typeof mailbox>['enter']
let admin: Viewer
let order: { id: number; number: string; lines: number[]; device: number; deviceLine: number }

beforeAll(async () => {
  demo = await openDemo(1200)
  owner = demo.owner
  ;({ mailTo, enter } = mailbox(owner, NETWORK))
  admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [row] = await owner<(typeof order)[]>`
    select o.id::int as id, o.number, array_agg(distinct l.id::int order by l.id::int) as lines,
      min(d.id)::int as device, (array_agg(l.id::int order by d.id))[1] as "deviceLine"
    from orders o join order_lines l on l.order_id = o.id join devices d on d.order_line_id = l.id
    where o.smart_account_id = ${admin.account.id} group by 1, 2 having count(distinct l.id) >= 2 order by 1 desc limit 1`
  if (!row) throw new Error('No order has two lines with devices.')
  order = row
}, 120_000)
beforeEach(() => owner`delete from rate_limits`)
afterAll(() => closeDemo(demo))

const draftOf = (level: ShareDraft['level'], change: Partial<ShareDraft> = {}): ShareDraft => ({
  ...BARE,
  level,
  lineIds: level === 'lines' ? order.lines.slice(0, 1) : [],
  deviceIds: level === 'assets' ? [order.device] : [],
  ...change,
})
const send = (emails: string[], draft: ShareDraft, viewer = admin, key: string = crypto.randomUUID()) =>
  sendShare(viewer, order.number, emails, draft, key)

const counts = async () => {
  const [row] = await owner<{ shares: number; mails: number; events: number }[]>`
    select (select count(*)::int from order_shares) as shares, (select count(*)::int from outbox) as mails,
      (select count(*)::int from events) as events`
  return row ?? { shares: 0, mails: 0, events: 0 }
}

describe('the preview of a share', () => {
  test.each(['order', 'lines', 'assets'] as const)(
    'of %s is what is seen by the link, and in the User View',
    async (level) => {
      const draft = draftOf(level)
      const { order: shown, problem } = await reviewShare(admin, order.number, draft)
      expect(problem).toBeNull()
      await owner`update order_shares set revoked_at = now() where email = ${STRANGER}`
      await send([STRANGER], draft)
      const { token, session } = await enter(STRANGER)
      const page = await loadLinkPage(token, session, FIRST_PARTS)
      expect(page?.order).toEqual(shown)
      await signInAs(owner, STRANGER)
      const [seen] = await loadSharedOrders(await getPerson(), order.number)
      expect(seen?.order).toEqual(shown)
      // By plain SQL.
      const [truth] = await owner<{ lines: number; assets: number; documents: number }[]>`
      select count(distinct l.id)::int as lines, count(distinct d.id)::int as assets,
        (select count(*)::int from documents x where x.order_line_id = any (array_agg(l.id)) and ${level !== 'assets'}) as documents
      from order_lines l left join devices d on d.order_line_id = l.id and (${level !== 'assets'} or d.id = ${order.device})
      where l.order_id = ${order.id} and (${level === 'order'} or l.id = ${level === 'lines' ? (order.lines[0] ?? 0) : order.deviceLine})`
      expect([page?.order.lines.total, page?.order.assets.total, page?.order.documents.length]).toEqual([
        truth?.lines,
        truth?.assets,
        truth?.documents,
      ])
    },
  )

  test('of a Virtual Account role is its own lines, and all of what came with them', async () => {
    const viewer = await viewerOf(owner, 'va-user@aurora.example', AURORA)
    const [mine] = await owner<{ number: string }[]>`
      select o.number from orders o join order_lines l on l.order_id = o.id
      where l.virtual_account_id = ${viewer.virtualAccounts[0]?.id ?? 0} order by o.id desc limit 1`
    const review = await reviewShare(viewer, mine?.number ?? '', BARE)
    expect(review.level).toBe('lines')
    await sendShare(viewer, mine?.number ?? '', ['va-guest@fjord.example'], BARE, crypto.randomUUID())
    const { token, session } = await enter('va-guest@fjord.example')
    expect((await loadLinkPage(token, session, FIRST_PARTS))?.order).toEqual(review.order)
  })
})

test('fifty identical submissions at once make one grant, one event and one mail', async () => {
  const before = await counts()
  const key = crypto.randomUUID()
  const results = await Promise.all(
    Array.from({ length: 50 }, () => send(['fifty@fjord.example'], draftOf('lines'), admin, key)),
  )
  expect(results.every(({ shares }) => shares === 1)).toBe(true)
  const after = await counts()
  expect([after.shares - before.shares, after.mails - before.mails, after.events - before.events]).toEqual([1, 1, 1])
}, 60_000)

test('one mail a line makes a share a line for each address; the subject holds number and note', async () => {
  const before = await counts()
  const draft = draftOf('lines', {
    lineIds: order.lines.slice(0, 2),
    perLine: true,
    customerOrderNumber: 'PO 77',
    note: 'Site 4',
  })
  expect(await send(['a@fjord.example', 'b@fjord.example'], draft)).toEqual({ shares: 4 })
  const after = await counts()
  expect([after.shares - before.shares, after.mails - before.mails, after.events - before.events]).toEqual([4, 4, 1])
  expect((await mailTo('a@fjord.example')).subject).toBe(`Access to order ${order.number} (PO 77): Site 4`)
})

test('addresses are looked at one by one', () => {
  const read = readRecipients(
    'Ann <ANN@fjord.example>, no address; ann@fjord.example\nbob@fjord.example, x＠evil.example@fjord.example',
  )
  expect(read).toEqual([
    { typed: 'Ann <ANN@fjord.example>', email: 'ann@fjord.example' },
    { typed: 'no address', email: null },
    { typed: 'bob@fjord.example', email: 'bob@fjord.example' },
    { typed: 'x＠evil.example@fjord.example', email: null },
  ])
})

test('a form that cannot be worked with says why', () => {
  const fields: ShareFields = {
    ...{ recipients: '', level: 'lines', lines: [], devices: [], customerOrderNumber: '', note: '' },
    ...{ mails: 'one', lastDay: '2020-01-01' },
  }
  expect(readDraft(fields, '2026-05-06')).toEqual({
    problems: ['Choose at least one line.', 'The last day has passed. Choose today or a later day.'],
  })
})

test('thirty an hour are sent, and no more', async () => {
  await owner`insert into rate_limits (key, window_start, attempts)
    values (${`oba:${admin.id}`}, to_timestamp(floor(extract(epoch from now()) / 3600) * 3600), 30)`
  await expect(send(['late@fjord.example'], draftOf('order'))).rejects.toThrow('30 times within an hour')
})

describe('a link', () => {
  test('opens by its newest code alone, once, and after five wrong ones not at all', async () => {
    await send(['code@fjord.example'], draftOf('lines'))
    const token = tokenIn(await mailTo('code@fjord.example'))
    await mailCode(token, NETWORK)
    const code = codeIn(await mailTo('code@fjord.example'))
    expect(code).toMatch(/^\d{4} \d{4}$/)
    // A form that is sent twice makes one mail.
    await mailCode(token, NETWORK)
    expect(codeIn(await mailTo('code@fjord.example'))).toBe(code)
    expect(await openWithCode(token, '00000000', NETWORK)).toBeNull()
    const session = await openWithCode(token, code, NETWORK)
    expect(session).not.toBeNull()
    expect(await openWithCode(token, code, NETWORK)).toBeNull()
    await owner`update share_codes set created_at = now() - interval '1 minute'`
    await mailCode(token, NETWORK)
    const next = codeIn(await mailTo('code@fjord.example'))
    for (let tries = 0; tries < 5; tries++) expect(await openWithCode(token, '11111111', NETWORK)).toBeNull()
    expect(await openWithCode(token, next, NETWORK)).toBeNull()
  })

  test('shows nothing without its session, with that of another link, or to nobody', async () => {
    await send(['one@fjord.example'], draftOf('lines'))
    const one = await enter('one@fjord.example')
    await send(['two@fjord.example'], draftOf('order'))
    const two = await enter('two@fjord.example')
    const look = (token: string, session: string | undefined) => asLink(token, session, async () => true)
    expect(await look(one.token, one.session)).toBe(true)
    expect(await look(one.token, two.session)).toBeNull()
    expect(await look(one.token, undefined)).toBeNull()
    expect(await look('x'.repeat(43), one.session)).toBeNull()
  })

  test('that was revoked or has ended opens nothing with the next request, and holds no more than an unknown one', async () => {
    await send(['over@fjord.example'], draftOf('lines', { lastDay: '2026-05-31' }))
    const { token, session } = await enter('over@fjord.example')
    expect(await linkHolds(token)).toBe(true)
    await owner`update order_shares set expires_at = '2026-05-01' where email = 'over@fjord.example'`
    expect([await linkHolds(token), await loadLinkPage(token, session, FIRST_PARTS)]).toEqual([false, null])
    await owner`update order_shares set expires_at = null where email = 'over@fjord.example'`
    expect(await linkHolds(token)).toBe(true)
    const { rows } = await sharesOf(admin, { q: 'over@fjord.example', state: null, page: 1 })
    expect(rows).toMatchObject([
      { state: 'opened', isInHand: true, opens: '1 line', mail: { text: 'Waits to be sent' } },
    ])
    await revokeShares(admin, [rows[0]?.id ?? 0], crypto.randomUUID())
    expect([await linkHolds(token), await loadLinkPage(token, session, FIRST_PARTS)]).toEqual([false, null])
    const [mail] = await owner<{ state: string; payload: unknown }[]>`
      select state, payload from outbox where about = 'order_share' and about_id = ${rows[0]?.id ?? 0}`
    expect(mail).toEqual({ state: 'withdrawn', payload: {} })
    await expect(revokeShares(admin, [rows[0]?.id ?? 0], crypto.randomUUID())).rejects.toThrow(NotFound)
  })

  test('that is sent again is a new one', async () => {
    await send(['again@fjord.example'], draftOf('lines'))
    const before = tokenIn(await mailTo('again@fjord.example'))
    const { rows } = await sharesOf(admin, { q: 'again@fjord.example', state: null, page: 1 })
    await resendShare(admin, rows[0]?.id ?? 0, crypto.randomUUID())
    const after = tokenIn(await mailTo('again@fjord.example'))
    expect([await linkHolds(before), await linkHolds(after)]).toEqual([false, true])
  })

  test('is claimed by a sign-in with its address and by no other one', async () => {
    await send([STRANGER], draftOf('lines'))
    const token = tokenIn(await mailTo(STRANGER))
    await signInAs(owner, STRANGER)
    const person = await getPerson()
    expect(await linkFor(token, person)).toEqual({ isMine: true, claimed: null })
    expect(await claimShare(token, admin)).toBeNull()
    expect(await claimShare(token, person)).toBe(order.number)
    expect(await claimShare(token, person)).toBe(order.number)
    expect(await linkFor(token, person)).toEqual({ isMine: true, claimed: order.number })
    expect(await linkFor(token, admin)).toEqual({ isMine: false, claimed: null })
    const events = await owner`select from events where type = 'orders.share-claimed'`
    expect(events).toHaveLength(1)
  })
})

test('who may take a share back: administrators any, of Virtual Accounts what is inside of them, others what they sent', async () => {
  const viewers = {
    user: await viewerOf(owner, 'user@aurora.example', AURORA),
    vaAdmin: await viewerOf(owner, 'va-admin@aurora.example', AURORA),
    vaUser: await viewerOf(owner, 'va-user@aurora.example', AURORA),
  }
  const places = viewers.vaUser.virtualAccounts.map(({ id }) => id)
  const [inside] = await owner<{ number: string }[]>`
    select o.number from orders o join order_lines l on l.order_id = o.id
    where l.smart_account_id = ${admin.account.id} group by 1 having bool_and(l.virtual_account_id = any (${places})) limit 1`
  const shareWith = async (email: string, viewer: Viewer) => {
    await sendShare(viewer, inside?.number ?? '', [email], BARE, crypto.randomUUID())
    const [row] = await owner<{ id: number }[]>`select id::int as id from order_shares where email = ${email}`
    return row?.id ?? 0
  }
  const byAdmin = await shareWith('by-admin@fjord.example', admin)
  const byUser = await shareWith('by-user@fjord.example', viewers.user)
  const byVaUser = await shareWith('by-va-user@fjord.example', viewers.vaUser)
  const listed = async (viewer: Viewer) => {
    const { rows } = await sharesOf(viewer, { q: '@fjord.example', state: null, page: 1 })
    return [byAdmin, byUser, byVaUser].filter((id) => rows.some((row) => row.id === id && row.isInHand))
  }
  expect(await listed(admin)).toEqual([byAdmin, byUser, byVaUser])
  expect(await listed(viewers.user)).toEqual([byUser])
  expect(await listed(viewers.vaAdmin)).toEqual([byAdmin, byUser, byVaUser])
  expect(await listed(viewers.vaUser)).toEqual([byVaUser])
  await expect(revokeShares(viewers.user, [byAdmin], crypto.randomUUID())).rejects.toThrow(NotFound)
  await expect(resendShare(viewers.vaUser, byAdmin, crypto.randomUUID())).rejects.toThrow(NotFound)
  // Of several, those that are theirs.
  expect(await revokeShares(viewers.vaUser, [byAdmin, byVaUser], crypto.randomUUID())).toEqual({ revoked: 1 })
  expect(await revokeShares(viewers.vaAdmin, [byAdmin], crypto.randomUUID())).toEqual({ revoked: 1 })
  expect(await revokeShares(admin, [byUser], crypto.randomUUID())).toEqual({ revoked: 1 })
})
