import type { Role } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { giveRoles } from '@/lib/administration/grant'
import { previewGrant } from '@/lib/administration/grant-preview'
import { addMembers, createGroup, giveGroupRole } from '@/lib/administration/plan-groups'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { tables } from '@/lib/resources/all'
import { contractAgreements } from '@/lib/resources/contract-agreements'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { subscriptionAgreements } from '@/lib/resources/subscription-agreements'
import { loadTable } from '@/lib/table/load'
import type { Resource } from '@/lib/table/resource'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(120_000)

const AURORA = 'aurora.example'
let demo: DemoScene
let admin: Viewer
let vaAdmin: Viewer

beforeAll(async () => {
  demo = await openDemo(400)
  admin = await viewerOf(demo.owner, 'admin@aurora.example', AURORA)
  vaAdmin = await viewerOf(demo.owner, 'va-admin@aurora.example', AURORA)
}, 120_000)
afterAll(() => closeDemo(demo))

const key = () => crypto.randomUUID()
const place = (name: string) => admin.virtualAccounts.find((va) => va.name === name)?.id ?? 0

/** The second lists of two tabs. */
const AGREEMENTS: Record<string, Resource> = {
  'contracts?view=agreements': contractAgreements,
  'subscriptions?view=agreements': subscriptionAgreements,
}

type Sight = { figures: unknown; tabs: Record<string, { totals: unknown; ids: number[]; cells: string[][] }> }

/** The events there are: what comes later, as giving a role does, is no part of what was looked at before. */
const newestEvent = async () =>
  (
    await demo.owner<
      { seq: number }[]
    >`select max(seq)::int as seq from events where smart_account_id = ${admin.account.id}`
  )[0]?.seq ?? 0

/** All pages of a tab: its totals and menus with their numbers, every row by its id and in words. */
async function tabOf(viewer: Viewer, tab: string, table: Resource, mark: number) {
  const resource = tab === 'events' ? eventLog(await eventNames(viewer, {})) : table
  const [ids, cells]: [number[], string[][]] = [[], []]
  for (let page = 1; ; page++) {
    const { view } = await loadTable(viewer, resource, { size: '250', page: String(page) }, '/x')
    ids.push(...view.ids.map(Number))
    cells.push(...view.cells)
    if (page < view.pages) continue
    expect([tab, ids.length, new Set(ids).size]).toEqual([tab, view.total, view.total])
    if (tab !== 'events') return { totals: [view.total, view.shown, view.menus], ids, cells }
    const kept = ids.map((id) => id <= mark)
    const old = <T>(list: T[]) => list.filter((_, index) => kept[index])
    return { totals: [old(ids).length], ids: old(ids), cells: old(cells) }
  }
}

/** All that a viewer sees: the figures of the Overview, and all of every tab. */
async function sightOf(viewer: Viewer, mark: number): Promise<Sight> {
  const lists = [...Object.entries(tables), ...(can(viewer, 'agreements.see') ? Object.entries(AGREEMENTS) : [])]
  const tabs: Sight['tabs'] = {}
  for (const [tab, table] of lists) tabs[tab] = await tabOf(viewer, tab, table, mark)
  const figures = await readOverview(viewer, parseOverview({}).state)
  const plain = JSON.stringify({ figures, tabs }, (_, value) => (value instanceof Map ? [...value] : value))
  return JSON.parse(plain) as Sight
}

type Given = [Role, string | null, boolean]
const OVER_ACCOUNT: Given[] = (['sa_admin', 'sa_user', 'sa_viewer'] as const).map((role) => [role, null, false])
const IN_PLACES = (['va_admin', 'va_user', 'va_viewer'] as const).flatMap((role): Given[] => [
  [role, 'EMEA', true],
  [role, 'EMEA', false],
  [role, 'Canada', true],
  [role, 'Lab', false],
])

test.each([...OVER_ACCOUNT, ...IN_PLACES])(
  '%s in %s, nested %s: the preview is what the person then sees, all of every tab',
  async (role, where, nested) => {
    const organisation = role === 'sa_admin' || role === 'va_admin' ? AURORA : 'outside.example'
    const email = `${role}-${where ?? 'all'}-${nested}@${organisation}`.toLowerCase()
    const virtualAccountId = where === null ? null : place(where)
    const to = { person: organisation, without: null }
    const preview = await previewGrant(admin, { role, places: [virtualAccountId], includesNested: nested, ...to })
    if (!preview?.as) throw new Error('no preview')
    const mark = await newestEvent()
    const before = await sightOf(preview.as, mark)
    expect(before.tabs['devices']?.ids.length).toBeGreaterThan(0)
    const draft = { role, virtualAccountId, includesNested: nested, lastDay: null, purpose: '' }
    await giveRoles(admin, [email], draft, key())
    expect(await sightOf(await viewerOf(demo.owner, email, AURORA), mark)).toEqual(before)
  },
)

test('over this Virtual Account only is less than over what is nested in it, on every tab', async () => {
  const seen = (includesNested: boolean) =>
    previewGrant(admin, { role: 'va_viewer', places: [place('EMEA')], includesNested, person: null, without: null })
  const [own, all] = [await seen(false), await seen(true)]
  if (!(own?.as && all?.as)) throw new Error('no preview')
  const mark = await newestEvent()
  const [less, more] = [await sightOf(own.as, mark), await sightOf(all.as, mark)]
  for (const tab of ['devices', 'licensing', 'contracts', 'orders'])
    expect([tab, (less.tabs[tab]?.ids.length ?? 0) < (more.tabs[tab]?.ids.length ?? 0)]).toEqual([tab, true])
  for (const [tab, { ids }] of Object.entries(less.tabs))
    expect(more.tabs[tab]?.ids).toEqual(expect.arrayContaining(ids))
})

const MEMBERS = [
  ['va-user@aurora.example', 'va_user', true],
  ['partner2@ember.example', 'va_admin', false],
  ['nobody-yet@outside.example', 'va_viewer', true],
] as const

test.each(MEMBERS)(
  'membership of a group for %s, as %s, beside what they have already',
  async (email, role, nested) => {
    const { id } = await createGroup(admin, { name: `Preview for ${email}`, description: '' }, key())
    const draft = { role, includesNested: nested, lastDay: null, purpose: '' }
    await giveGroupRole(admin, id, { ...draft, virtualAccountId: place('Americas') }, key())
    await giveGroupRole(admin, id, { ...draft, role: 'va_viewer', virtualAccountId: place('APJC') }, key())
    const [known] = await demo.owner<{ id: number }[]>`select id::int from users where email = ${email}`
    const person = known?.id ?? email.split('@')[1] ?? ''
    const preview = await previewGrant(admin, { group: id, person, without: null })
    if (!preview?.as) throw new Error('no preview')
    const mark = await newestEvent()
    const before = await sightOf(preview.as, mark)
    await addMembers(admin, id, [email], key())
    const then = await viewerOf(demo.owner, email, AURORA)
    const names = then.virtualAccounts.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Americas', 'APJC']))
    expect(names.includes('Canada')).toBe(nested)
    expect(await sightOf(then, mark)).toEqual(before)
  },
)

test('a role of a group that has ended adds nothing to a preview', async () => {
  const email = 'va-viewer@aurora.example'
  const { id } = await createGroup(admin, { name: 'Ended', description: '' }, key())
  const draft = { role: 'va_viewer' as const, includesNested: false, lastDay: null, purpose: '' }
  await giveGroupRole(admin, id, { ...draft, virtualAccountId: place('Canada') }, key())
  await addMembers(admin, id, [email], key())
  const [known] = await demo.owner<{ id: number }[]>`select id::int from users where email = ${email}`
  const placesWith = async () => {
    const wanted = { role: draft.role, places: [place('Lab')], includesNested: false }
    const preview = await previewGrant(admin, { ...wanted, person: known?.id ?? 0, without: null })
    return preview?.as?.virtualAccounts.map(({ name }) => name)
  }
  expect(await placesWith()).toEqual(['APJC', 'Canada', 'Lab'])
  await demo.owner`update user_group_roles set expires_at = '2026-05-06T09:59:59Z' where group_id = ${id}`
  expect(await placesWith()).toEqual(['APJC', 'Lab'])
})

test('an Approver sees nothing; what is not to be given is not to be looked at', async () => {
  const to = { person: null, without: null }
  const approver = { role: 'sa_approver' as const, places: [null], includesNested: false, ...to }
  expect((await previewGrant(admin, approver))?.as).toBeNull()
  const draft = { role: approver.role, virtualAccountId: null, includesNested: false, lastDay: null, purpose: '' }
  await giveRoles(admin, ['approves@aurora.example'], draft, key())
  await expect(viewerOf(demo.owner, 'approves@aurora.example', AURORA)).rejects.toMatchObject({
    digest: 'NEXT_HTTP_ERROR_FALLBACK;404',
  })
  const own = { role: 'va_viewer' as const, places: [place('Germany')], includesNested: false, ...to }
  // The account does not let them manage users.
  expect(await previewGrant(vaAdmin, own)).toBeNull()
  await demo.owner`update smart_accounts set virtual_admins_manage_users = true where domain = ${AURORA}`
  expect((await previewGrant(vaAdmin, own))?.as?.virtualAccounts.map(({ name }) => name)).toEqual(['Germany'])
  expect(await previewGrant(vaAdmin, { ...own, places: [place('Lab')] })).toBeNull()
  expect(await previewGrant(vaAdmin, { ...own, role: 'sa_viewer', places: [null] })).toBeNull()
  expect(await previewGrant(vaAdmin, { group: 999_999, ...to })).toBeNull()
})
