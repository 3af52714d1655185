import type { Role } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { giveRoles } from '@/lib/administration/grant'
import { previewGrant } from '@/lib/administration/grant-preview'
import { addMembers, createGroup, giveGroupRole } from '@/lib/administration/plan-groups'
import type { PreviewGrant } from '@/lib/administration/preview-address'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { tables } from '@/lib/resources/all'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { loadTable } from '@/lib/table/load'
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

/** All that a viewer sees: the figures of the Overview, and the first rows of every tab in words. */
async function sightOf(viewer: Viewer) {
  const figures = await readOverview(viewer, parseOverview({}).state)
  const lists = await Promise.all(
    Object.entries(tables).map(async ([tab, table]) => {
      // The grant leaves an event of its own: those of one type that it is not are the same.
      const params = tab === 'events' ? { type: 'orders.shared' } : {}
      const resource = tab === 'events' ? eventLog(await eventNames(viewer, params)) : table
      const { view } = await loadTable(viewer, resource, params, '/x')
      return [tab, view.total, view.cells]
    }),
  )
  return JSON.stringify({ figures, lists }, (_, value) => (value instanceof Map ? [...value] : value))
}

const GRANTS: [Role, string | null, boolean, string][] = [
  ['sa_admin', null, false, 'one@aurora.example'],
  ['sa_user', null, false, 'two@outside.example'],
  ['sa_viewer', null, false, 'three@outside.example'],
  ['va_admin', 'EMEA', true, 'four@aurora.example'],
  ['va_user', 'Americas', false, 'five@outside.example'],
  ['va_viewer', 'Germany', false, 'six@outside.example'],
]

test.each(GRANTS)(
  '%s in %s: the preview is what the person then sees, on every tab',
  async (role, where, nested, email) => {
    const virtualAccountId = where === null ? null : place(where)
    const grant: PreviewGrant = {
      ...{ role, places: [virtualAccountId], includesNested: nested },
      ...{ person: email.split('@')[1] ?? '', without: null },
    }
    const preview = await previewGrant(admin, grant)
    if (!preview?.as) throw new Error('no preview')
    const before = await sightOf(preview.as)
    const draft = { role, virtualAccountId, includesNested: nested, lastDay: null, purpose: '' }
    await giveRoles(admin, [email], draft, key())
    expect(await sightOf(await viewerOf(demo.owner, email, AURORA))).toBe(before)
  },
)

test('membership of a group, beside what somebody has already', async () => {
  const { id } = await createGroup(admin, { name: 'Preview', description: '' }, key())
  const draft = { role: 'va_user' as const, includesNested: true, lastDay: null, purpose: '' }
  await giveGroupRole(admin, id, { ...draft, virtualAccountId: place('Americas') }, key())
  const person = (await viewerOf(demo.owner, 'va-user@aurora.example', AURORA)).id
  const preview = await previewGrant(admin, { group: id, person, without: null })
  if (!preview?.as) throw new Error('no preview')
  const before = await sightOf(preview.as)
  await addMembers(admin, id, ['va-user@aurora.example'], key())
  const then = await viewerOf(demo.owner, 'va-user@aurora.example', AURORA)
  expect(then.virtualAccounts.map(({ name }) => name)).toEqual(expect.arrayContaining(['Germany', 'Canada']))
  expect(await sightOf(then)).toBe(before)
})

test('an Approver sees nothing; what is not to be given is not to be looked at', async () => {
  const to = { person: null, without: null }
  const approver = { role: 'sa_approver' as const, places: [null], includesNested: false, ...to }
  expect((await previewGrant(admin, approver))?.as).toBeNull()
  const own = { role: 'va_viewer' as const, places: [place('Germany')], includesNested: false, ...to }
  // The account does not let them manage users.
  expect(await previewGrant(vaAdmin, own)).toBeNull()
  await demo.owner`update smart_accounts set virtual_admins_manage_users = true where domain = ${AURORA}`
  expect((await previewGrant(vaAdmin, own))?.as?.virtualAccounts.map(({ name }) => name)).toEqual(['Germany'])
  expect(await previewGrant(vaAdmin, { ...own, places: [place('Lab')] })).toBeNull()
  expect(await previewGrant(vaAdmin, { ...own, role: 'sa_viewer', places: [null] })).toBeNull()
  expect(await previewGrant(vaAdmin, { group: 999_999, ...to })).toBeNull()
})
