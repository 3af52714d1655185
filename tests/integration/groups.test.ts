import { asUser } from '@/lib/access/database'
import type { Role } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { memberReview, roleReview } from '@/lib/administration/group-words'
import { groupOf, groupsOf } from '@/lib/administration/groups'
import {
  addMembers,
  createGroup,
  deleteGroup,
  giveGroupRole,
  removeMember,
  renameGroup,
  takeGroupRole,
} from '@/lib/administration/plan-groups'
import type { RoleDraft } from '@/lib/administration/schema'
import { changeSettings, settingsOf } from '@/lib/administration/settings'
import { endSupport, openSupport, supportOf } from '@/lib/administration/support'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { tables } from '@/lib/resources/all'
import { loadDevice } from '@/lib/resources/device-detail'
import { devices } from '@/lib/resources/devices'
import { countWhole } from '@/lib/table/figures'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(120_000)

const AURORA = 'aurora.example'
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }
const NEW = 'crew@aurora.example'

let demo: DemoScene
let admin: Viewer
let vaAdmin: Viewer

beforeAll(async () => {
  demo = await openDemo(300)
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  vaAdmin = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const place = (name: string) => admin.virtualAccounts.find((va) => va.name === name)?.id ?? 0
const draft = (role: Role, where: string, more: Partial<RoleDraft> = {}): RoleDraft => ({
  ...{ role, virtualAccountId: place(where), includesNested: false, lastDay: null, purpose: '', ...more },
})
const events = async () => (await demo.owner<{ n: number }[]>`select count(*)::int as n from events`)[0]?.n ?? 0
const as = (email: string) => viewerOf(demo.owner, email, AURORA)
const entry = (email: string) => ({ typed: email, email })

test('whoever is in a group sees what was shown before, from the next request on, and no longer than they are in it', async () => {
  const { id } = await createGroup(admin, { name: 'Crew', description: '' }, key())
  await giveGroupRole(admin, id, draft('va_user', 'EMEA', { includesNested: true }), key())
  const review = await memberReview(admin, id, [entry(NEW), { typed: 'nobody', email: null }])
  expect(review.people?.map(({ who, problem }) => [who, problem])).toEqual([
    [NEW, null],
    ['nobody', 'This is not an e-mail address.'],
  ])
  await addMembers(admin, id, [NEW], key())
  const member = await as(NEW)
  expect(member.virtualAccounts.map(({ name }) => name).sort()).toEqual(['EMEA', 'France', 'Germany'])
  expect([can(member, 'assign', [place('France')]), can(member, 'assign', [place('APJC')])]).toEqual([true, false])
  for (const [index, [tab, resource]] of Object.entries(tables).entries()) {
    const sees = await asUser(member, (reader) => countWhole(reader, resource, member))
    // The event of joining came after the preview.
    expect([tab, sees]).toEqual([tab, (review.people?.[0]?.tabs[index]?.after ?? 0) + (tab === 'events' ? 1 : 0)])
  }
  // The database derives it from the id alone.
  const [row] = await asUser(member, (reader) => reader.execute('select count(*)::int as n from devices'))
  const [truth] =
    await demo.owner`select count(*)::int as n from devices where virtual_account_id = any(${member.virtualAccounts.map((va) => va.id)})`
  expect((row as { n: number }).n).toBe(truth?.['n'])

  const more = await roleReview(admin, id, draft('va_viewer', 'APJC'))
  await giveGroupRole(admin, id, draft('va_viewer', 'APJC'), key())
  const wider = await as(NEW)
  const count = await asUser(wider, (reader) => countWhole(reader, devices, wider))
  expect(count).toBe(more.people?.[0]?.tabs[0]?.after)

  const group = await groupOf(admin, id)
  const apjc = group?.roles.find(({ role }) => role === 'va_viewer')
  await takeGroupRole(admin, id, apjc?.id ?? 0, key())
  expect((await as(NEW)).virtualAccounts.map(({ name }) => name)).not.toContain('APJC')
  await removeMember(admin, id, member.id, key())
  await expect(as(NEW)).rejects.toMatchObject(NOT_FOUND)
})

test('who can see it and why: by the group, through its place, until its end', async () => {
  const { id } = await createGroup(admin, { name: 'Night shift', description: '' }, key())
  await giveGroupRole(admin, id, draft('va_viewer', 'EMEA', { includesNested: true, lastDay: '2026-12-31' }), key())
  await addMembers(admin, id, ['night@aurora.example'], key())
  const [device] = await demo.owner<
    { id: number }[]
  >`select id::int from devices where virtual_account_id = ${place('Germany')} limit 1`
  const { query } = parseTable(devices, {})
  for (const viewer of [admin, vaAdmin]) {
    const detail = await loadDevice(viewer, device?.id ?? 0, query)
    const reasons = JSON.stringify(detail?.reasons)
    expect(reasons).toContain('Virtual Account Viewer, by the group Night shift')
    expect(reasons).toContain('2026-12-31')
  }
  const night = await as('night@aurora.example')
  const own = await loadDevice(night, device?.id ?? 0, query)
  expect(own?.reasons.list.map(({ by }) => by)).toEqual(['Virtual Account Viewer, by the group Night shift'])
  await deleteGroup(admin, id, key())
  await expect(as('night@aurora.example')).rejects.toMatchObject(NOT_FOUND)
})

test('a group is changed by those who manage its places, and by them only where the account says so', async () => {
  const own = await createGroup(admin, { name: 'Own', description: '' }, key())
  const wide = await createGroup(admin, { name: 'Wide', description: '' }, key())
  for (const id of [own.id, wide.id]) await giveGroupRole(admin, id, draft('va_viewer', 'France'), key())
  await giveGroupRole(admin, wide.id, draft('va_viewer', 'Lab'), key())
  const before = await events()
  await expect(addMembers(vaAdmin, own.id, [NEW], key())).rejects.toBeInstanceOf(NotFound)
  await expect(createGroup(vaAdmin, { name: 'Mine', description: '' }, key())).rejects.toBeInstanceOf(NotFound)
  expect(await events()).toBe(before)

  const { settings } = await settingsOf(admin)
  await changeSettings(admin, settings, { ...settings, virtualAdminsManageUsers: true }, key())
  expect(await demo.owner`select domain from smart_accounts where virtual_admins_manage_users`).toEqual([
    { domain: AURORA },
  ])
  await addMembers(vaAdmin, own.id, [NEW], key())
  await expect(addMembers(vaAdmin, wide.id, [NEW], key())).rejects.toBeInstanceOf(NotFound)
  await expect(giveGroupRole(vaAdmin, own.id, draft('va_viewer', 'Lab'), key())).rejects.toBeInstanceOf(NotFound)
  const mine = await createGroup(vaAdmin, { name: 'Mine', description: '' }, key())
  await giveGroupRole(vaAdmin, mine.id, draft('va_user', 'Germany'), key())
  const listed = (await groupsOf(vaAdmin)).groups
  expect(listed.filter(({ isManaged }) => isManaged).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Mine', 'Own']),
  )
  expect(listed.find(({ name }) => name === 'Wide')?.isManaged).toBe(false)
  // Of a group that reaches further it is known what it has in one's own, and nothing else.
  expect(listed.find(({ name }) => name === 'Wide')?.roles.map((role) => role.virtualAccountId)).toEqual([
    place('France'),
  ])
  const now = (await settingsOf(admin)).settings
  await changeSettings(admin, now, { ...now, virtualAdminsManageUsers: false }, key())
  await expect(renameGroup(vaAdmin, mine.id, { name: 'X', description: '' }, key())).rejects.toBeInstanceOf(NotFound)
})

test('who is not in a group is not taken out of it, nor is a role of another group taken from it', async () => {
  const [one, other] = [
    await createGroup(admin, { name: 'One', description: '' }, key()),
    await createGroup(admin, { name: 'Other', description: '' }, key()),
  ]
  await addMembers(admin, other.id, [NEW], key())
  await giveGroupRole(admin, other.id, draft('va_viewer', 'France'), key())
  const [held] = await demo.owner<{ member: number; role: number }[]>`
    select m.user_id::int as member, r.id::int as role
    from user_group_members m join user_group_roles r using (smart_account_id, group_id) where m.group_id = ${other.id}`
  const before = await events()
  await expect(removeMember(admin, one.id, held?.member ?? 0, key())).rejects.toBeInstanceOf(NotFound)
  await expect(takeGroupRole(admin, one.id, held?.role ?? 0, key())).rejects.toBeInstanceOf(NotFound)
  expect(await events()).toBe(before)
  expect((await groupOf(admin, other.id))?.roles).toHaveLength(1)
  for (const { id } of [one, other]) await deleteGroup(admin, id, key())
})

test('fifty of one form make one group, one member, one change of settings, one access', async () => {
  const fifty = async <T>(work: () => Promise<T>) => {
    const before = await events()
    const answers = await Promise.all(Array.from({ length: 50 }, work))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await events()).toBe(before + 1)
    return answers[0] as T
  }
  const keys = Array.from({ length: 4 }, key)
  const { id } = await fifty(() => createGroup(admin, { name: 'Fifty', description: '' }, keys[0] ?? ''))
  await fifty(() => addMembers(admin, id, ['fifty@aurora.example'], keys[1] ?? ''))
  const { settings } = await settingsOf(admin)
  await fifty(() => changeSettings(admin, settings, { ...settings, name: 'Aurora Fifty' }, keys[2] ?? ''))
  const letIn = { email: 'support@license-central.example', reason: 'Case 7', lastDay: '2026-05-20' }
  await fifty(() => openSupport(admin, letIn, keys[3] ?? ''))
  expect(await demo.owner`select * from app.broken_events()`).toEqual([])
})

test('settings hold from the next request on; who was slower is told', async () => {
  const { settings } = await settingsOf(admin)
  await changeSettings(admin, settings, { ...settings, name: 'Aurora Renamed', sharesAdminContacts: true }, key())
  expect((await as('viewer@aurora.example')).account.name).toBe('Aurora Renamed')
  const [event] =
    await demo.owner`select detail from events where type = 'account.changed' order by at desc, seq desc limit 1`
  expect(event?.['detail']).toEqual({ sharesAdminContacts: true, isRenamed: true })
  await expect(changeSettings(admin, settings, { ...settings, name: 'Other' }, key())).rejects.toBeInstanceOf(Conflict)
  const now = (await settingsOf(admin)).settings
  await expect(changeSettings(admin, now, now, key())).rejects.toBeInstanceOf(Invalid)
  await expect(changeSettings(vaAdmin, now, { ...now, name: 'Theirs' }, key())).rejects.toBeInstanceOf(NotFound)
})

test('support reads while an administrator lets it, and not a click longer', async () => {
  const support = 'support@license-central.example'
  for (const { id, isOpen } of await supportOf(admin)) if (isOpen) await endSupport(admin, id, key())
  await expect(as(support)).rejects.toMatchObject(NOT_FOUND)
  const draft = { email: support, reason: 'Case 8', lastDay: '2026-05-20' }
  await expect(openSupport(admin, { ...draft, email: 'viewer@aurora.example' }, key())).rejects.toBeInstanceOf(Invalid)
  await expect(openSupport(vaAdmin, draft, key())).rejects.toBeInstanceOf(NotFound)
  await demo.owner`update users set disabled_at = '2026-05-01' where email = ${support}`
  await expect(openSupport(admin, draft, key())).rejects.toBeInstanceOf(Invalid)
  await demo.owner`update users set disabled_at = null where email = ${support}`
  const { id } = await openSupport(admin, draft, key())
  const reader = await as(support)
  expect([reader.scope.kind, can(reader, 'assign'), can(reader, 'pak.reveal')]).toEqual(['account', false, false])
  expect((await supportOf(admin)).find((access) => access.id === id)).toMatchObject({ reason: 'Case 8', isOpen: true })
  await endSupport(admin, id, key())
  await expect(as(support)).rejects.toMatchObject(NOT_FOUND)
  await expect(endSupport(admin, id, key())).rejects.toBeInstanceOf(NotFound)
})
