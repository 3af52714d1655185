import { addPeople, removeRole as removeByForm } from '@/app/accounts/[domain]/administration/users/actions'
import UsersPage from '@/app/accounts/[domain]/administration/users/page'
import { devices } from '@/db/schema/devices'
import { asUser } from '@/lib/access/database'
import type { Role } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { changeRole, endSignIns, removeRole, reviewChange, seenAs } from '@/lib/administration/change-role'
import { giveRoles, reviewGrant } from '@/lib/administration/grant'
import { roleOf, usersOf } from '@/lib/administration/queries'
import type { RoleDraft } from '@/lib/administration/schema'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { tables } from '@/lib/resources/all'
import { countWhole } from '@/lib/table/figures'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

let demo: DemoScene
let admin: Viewer
let admin2: Viewer
let vaAdmin: Viewer

beforeAll(async () => {
  demo = await openDemo(600)
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  admin2 = await viewerOf(demo.owner, 'admin2@aurora.example', AURORA)
  vaAdmin = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
/** Whether Virtual Account Administrators manage the users of their own. */
const delegate = (isOn: boolean) =>
  demo.owner`update smart_accounts set virtual_admins_manage_users = ${isOn} where domain = ${AURORA}`
const place = (name: string) => admin.virtualAccounts.find((va) => va.name === name)?.id ?? 0
const draft = (role: Role, where: string | null = null, more: Partial<RoleDraft> = {}): RoleDraft => ({
  ...{ role, virtualAccountId: where === null ? null : place(where), includesNested: false },
  ...{ lastDay: null, purpose: '', ...more },
})
const newest = async () => (await demo.owner`select * from events order by at desc, seq desc limit 1`)[0]
const state = async () =>
  (
    await demo.owner`select (select count(*)::int from events) as events, (select count(*)::int from change_sets) as sets,
    (select count(*)::int from role_assignments where revoked_at is null) as roles, (select count(*)::int from users) as people`
  )[0]
const roleIdOf = async (email: string, role: Role, domain = AURORA) => {
  const [row] = await demo.owner<
    { id: number }[]
  >`select r.id::int from role_assignments r join users u on u.id = r.user_id
    join smart_accounts a on a.id = r.smart_account_id
    where u.email = ${email} and r.role = ${role} and a.domain = ${domain} and r.revoked_at is null order by r.id desc limit 1`
  return row?.id ?? 0
}
const seenOf = async (viewer: Viewer, id: number) => {
  const role = await roleOf(viewer, id)
  if (!role) throw new Error(`No role ${id}`)
  return seenAs({ ...role, expiresAt: role.lastDay })
}
const refused = async (work: Promise<unknown>, why: abstract new (...args: never[]) => Error) => {
  const before = await state()
  await expect(work).rejects.toBeInstanceOf(why)
  expect(await state()).toEqual(before)
}

const GRANTS: [Role, string | null, boolean][] = [
  ['sa_admin', null, false],
  ['sa_approver', null, false],
  ['sa_user', null, false],
  ['sa_viewer', null, false],
  ['va_admin', 'EMEA', true],
  ['va_user', 'Americas', false],
  ['va_viewer', 'Germany', false],
]

test.each(GRANTS)(
  'what is shown before %s in %s is given is what the person then sees',
  async (role, where, includesNested) => {
    const email = `${role.replace('_', '-')}.new@aurora.example`
    const given = draft(role, where, { includesNested })
    const [review] = await reviewGrant(admin, [{ typed: email, email }], given)
    expect(review).toMatchObject({ problem: null, isOutside: false })
    expect(review?.before.every(({ count }) => count === 0)).toBe(true)
    await giveRoles(admin, [email], given, key())
    if (role === 'sa_approver') {
      expect(review?.after.every(({ count }) => count === 0)).toBe(true)
      await expect(viewerOf(demo.owner, email, AURORA)).rejects.toMatchObject(NOT_FOUND)
      return
    }
    const viewer = await viewerOf(demo.owner, email, AURORA)
    for (const { tab, count } of review?.after ?? []) {
      const resource = tables[tab]
      if (!resource) throw new Error(tab)
      const sees = await asUser(viewer, (reader) => countWhole(reader, resource, viewer))
      // The event of the grant itself came after the preview.
      expect([tab, sees]).toEqual([tab, count + (tab === 'events' ? 1 : 0)])
    }
  },
)

test('a second role adds to the first in the preview too', async () => {
  const email = 'va-user@aurora.example'
  const given = draft('va_viewer', 'APJC')
  const [review] = await reviewGrant(admin, [{ typed: email, email }], given)
  const before = review?.before.find(({ tab }) => tab === 'devices')?.count ?? 0
  const after = review?.after.find(({ tab }) => tab === 'devices')?.count ?? 0
  expect(before).toBeGreaterThan(0)
  expect(after).toBeGreaterThan(before)
  await giveRoles(admin, [email], given, key())
  const viewer = await viewerOf(demo.owner, email, AURORA)
  const list = tables['devices']
  expect(list && (await asUser(viewer, (reader) => countWhole(reader, list, viewer)))).toBe(after)
  const id = await roleIdOf(email, 'va_viewer')
  const back = await reviewChange(admin, id, draft('va_viewer', 'Germany'))
  expect(back.after.find(({ tab }) => tab === 'devices')?.count).toBe(before)
})

test('people are added with their roles, one event each, and the log holds no address', async () => {
  const before = await state()
  const emails = ['ann@partner.example', 'bob@aurora.example']
  expect(await giveRoles(admin, emails, draft('va_viewer', 'Lab', { lastDay: '2026-06-30' }), key())).toEqual({
    given: 2,
  })
  expect(await state()).toEqual({
    events: before?.['events'] + 2,
    sets: before?.['sets'] + 1,
    roles: before?.['roles'] + 2,
    people: before?.['people'] + 2,
  })
  const mails =
    await demo.owner`select recipient, payload->>'subject' as subject from outbox where kind = 'role' and recipient = any(${emails})`
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(emails)
  expect(mails[0]?.['subject']).toBe('You have access to Aurora Logistics')
  const event = await newest()
  expect(event).toMatchObject({ type: 'roles.granted', virtual_account_ids: [String(place('Lab'))] })
  expect(JSON.stringify(event)).not.toContain('@')
  const { rows } = await usersOf(admin, 1)
  expect(rows.find(({ email }) => email === 'ann@partner.example')).toMatchObject({
    ...{ isOutside: true, organisation: 'partner.example', lastDay: '2026-06-30', lastSignIn: null },
  })
  expect(rows.find(({ email }) => email === 'bob@aurora.example')?.isOutside).toBe(false)
  expect(await demo.owner`select * from app.broken_events()`).toEqual([])
})

test('each person of a list is looked at by itself', async () => {
  const entries = ['viewer@aurora.example', 'nobody', 'out@partner.example', 'new@aurora.example']
  const typed = entries.map((text) => ({ typed: text, email: text.includes('@') ? text : null }))
  const problems = async (role: Role) => (await reviewGrant(admin, typed, draft(role))).map(({ problem }) => problem)
  expect(await problems('sa_viewer')).toEqual([
    expect.stringContaining('already'),
    expect.stringContaining('not an e-mail address'),
    null,
    null,
  ])
  expect(await problems('sa_approver')).toEqual([
    null,
    expect.anything(),
    expect.stringContaining('@aurora.example'),
    null,
  ])
  await refused(giveRoles(admin, ['new@aurora.example', 'out@partner.example'], draft('sa_approver'), key()), Invalid)
})

test('fifty identical submissions make one grant, one event and one invitation', async () => {
  const before = await state()
  const invitations = () => demo.owner`select from outbox where kind = 'role' and recipient = 'fifty@aurora.example'`
  const form = key()
  const once = () => giveRoles(admin, ['fifty@aurora.example'], draft('va_user', 'Lab'), form)
  const answers = await Promise.all(Array.from({ length: 50 }, once))
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"given":1}']))
  expect(await state()).toMatchObject({ events: before?.['events'] + 1, roles: before?.['roles'] + 1 })
  expect(await invitations()).toHaveLength(1)
})

test('a change and a removal take effect on the very next request, and leave what was before', async () => {
  const email = 'viewer@aurora.example'
  const viewer = await viewerOf(demo.owner, email, AURORA)
  const id = await roleIdOf(email, 'sa_viewer')
  await changeRole(admin, id, await seenOf(admin, id), draft('va_viewer', 'Germany'), key())
  expect(await newest()).toMatchObject({
    type: 'roles.changed',
    detail: expect.objectContaining({ role: 'va_viewer' }),
  })
  const [item] = await demo.owner`select before, after from change_items order by change_set_id desc limit 1`
  expect(item).toMatchObject({ before: { role: 'sa_viewer', virtualAccountId: null }, after: { role: 'va_viewer' } })
  // What was read in the old scope before is nothing in the old scope now: the database asks anew each time.
  const old = await asUser(viewer, (reader) => reader.select({ va: devices.virtualAccountId }).from(devices))
  expect(new Set(old.map((row) => row.va))).toEqual(new Set([place('Germany')]))
  expect((await viewerOf(demo.owner, email, AURORA)).scope).toEqual({
    kind: 'virtual-accounts',
    ids: [place('Germany')],
  })

  await removeRole(admin, id, key())
  await expect(viewerOf(demo.owner, email, AURORA)).rejects.toMatchObject(NOT_FOUND)
  expect(await asUser(viewer, (reader) => reader.select({ va: devices.virtualAccountId }).from(devices))).toEqual([])
  await refused(removeRole(admin, id, key()), NotFound)
})

test('a role that somebody else has changed meanwhile is not overwritten', async () => {
  await giveRoles(admin, ['moving@aurora.example'], draft('va_user', 'EMEA'), key())
  const id = await roleIdOf('moving@aurora.example', 'va_user')
  const seen = await seenOf(admin, id)
  await changeRole(admin2, id, seen, draft('va_user', 'France'), key())
  await refused(changeRole(admin, id, seen, draft('va_user', 'Lab'), key()), Conflict)
})

test('a role has no end before it begins to run out, and none after', async () => {
  await giveRoles(admin, ['short@aurora.example'], draft('sa_viewer', null, { lastDay: '2026-05-06' }), key())
  await expect(viewerOf(demo.owner, 'short@aurora.example', AURORA)).resolves.toBeDefined()
  await demo.owner`update role_assignments set expires_at = '2026-05-06T09:59:59Z' where id = ${await roleIdOf('short@aurora.example', 'sa_viewer')}`
  await expect(viewerOf(demo.owner, 'short@aurora.example', AURORA)).rejects.toMatchObject(NOT_FOUND)
})

test('the open sign-ins of a person end at once', async () => {
  const email = 'user@aurora.example'
  await viewerOf(demo.owner, email, AURORA)
  const id = await roleIdOf(email, 'sa_user')
  expect((await roleOf(admin, id))?.openSignIns).toBeGreaterThan(0)
  await refused(endSignIns(vaAdmin, id, key()), NotFound)
  await delegate(true)
  // Theirs to manage in Germany; that somebody is signed in is not a Virtual Account's.
  await refused(endSignIns(vaAdmin, await roleIdOf('va-user@aurora.example', 'va_user'), key()), NotFound)
  await delegate(false)
  await endSignIns(admin, id, key())
  expect(await newest()).toMatchObject({
    type: 'sign-ins.ended',
    detail: expect.objectContaining({ sessions: expect.any(Number) }),
  })
  expect((await roleOf(admin, id))?.openSignIns).toBe(0)
})

test('who manages nobody sees no page and changes nothing', async () => {
  const id = await roleIdOf('va-user@aurora.example', 'va_user')
  for (const email of ['user@aurora.example', 'va-user@aurora.example', 'admin@borealis.example']) {
    const viewer = await viewerOf(demo.owner, email, AURORA)
    await refused(removeRole(viewer, id, key()), NotFound)
    await refused(giveRoles(viewer, [email], draft('sa_admin'), key()), NotFound)
    const props = { params: Promise.resolve({ domain: AURORA }), searchParams: Promise.resolve({}) }
    await expect(UsersPage(props)).rejects.toMatchObject(NOT_FOUND)
    await expect(removeByForm(AURORA, id, { problems: [] }, new FormData())).rejects.toMatchObject(NOT_FOUND)
    const empty = { problems: [], given: { role: '', place: '', nested: '', lastDay: '', purpose: '' } }
    await expect(addPeople(AURORA, empty, new FormData())).rejects.toMatchObject(NOT_FOUND)
  }
})

test('administrators of a Virtual Account manage roles in their own only, and only where the account allows it', async () => {
  const list = await usersOf(vaAdmin, 1)
  expect(new Set(list.rows.map(({ virtualAccountId }) => virtualAccountId))).toEqual(
    new Set([place('EMEA'), place('Germany'), place('France')]),
  )
  expect(list).toMatchObject({ mayGive: false, administrators: null })
  await refused(giveRoles(vaAdmin, ['x@aurora.example'], draft('va_user', 'Germany'), key()), NotFound)
  await delegate(true)
  expect(await giveRoles(vaAdmin, ['x@aurora.example'], draft('va_user', 'Germany'), key())).toEqual({ given: 1 })
  const mine = await roleIdOf('x@aurora.example', 'va_user')
  await changeRole(
    vaAdmin,
    mine,
    await seenOf(vaAdmin, mine),
    draft('va_admin', 'EMEA', { includesNested: true }),
    key(),
  )
  for (const given of [
    draft('va_user', 'APJC'),
    draft('sa_viewer'),
    draft('va_admin', 'Americas', { includesNested: true }),
  ]) {
    await refused(giveRoles(vaAdmin, ['y@aurora.example'], given, key()), NotFound)
    await refused(changeRole(vaAdmin, mine, await seenOf(vaAdmin, mine), given, key()), NotFound)
  }
  await refused(removeRole(vaAdmin, await roleIdOf('admin@aurora.example', 'sa_admin'), key()), NotFound)
  // One without what is nested gives none of it.
  await giveRoles(admin, ['flat@aurora.example'], draft('va_admin', 'EMEA'), key())
  const flat = await viewerOf(demo.owner, 'flat@aurora.example', AURORA)
  await refused(
    giveRoles(flat, ['y@aurora.example'], draft('va_user', 'EMEA', { includesNested: true }), key()),
    NotFound,
  )
  await delegate(false)
})
