import type postgres from 'postgres'
import { NotFound } from '@/lib/errors'
import { devices } from '@/lib/resources/devices'
import { loadTable } from '@/lib/table/load'
import { addView, changeView, removeView, updateView } from '@/lib/views/changes'
import { openView, viewPlaces } from '@/lib/views/queries'
import { viewForm, viewProblems } from '@/lib/views/schema'
import { withoutRoles } from '../matrix/question'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const DOMAIN = 'aurora.example'
const PATH = `/accounts/${DOMAIN}/devices`
const state = {
  resource: 'devices',
  query: { coverage: ['lapsed', 'never'], sort: ['-ldos'] },
  layout: { columns: ['serial', 'pid'], density: 'compact' },
}
const form = (name: string, more: { shared?: true; isDefault?: true } = {}) =>
  viewForm.parse({ name, shared: more.shared ? '1' : null, default: more.isDefault ? '1' : null })

let demo: DemoScene
let owner: postgres.Sql
const as = (email: string) => viewerOf(owner, `${email}@aurora.example`, DOMAIN)
const events = async () => {
  const rows = await owner<{ type: string }[]>`select type from events where type like 'views.%' order by seq`
  return rows.map(({ type }) => type)
}
const listOf = async (email: string, href: string) => {
  const { searchParams } = new URL(href, 'http://localhost')
  const params = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]))
  return (await loadTable(await as(email), devices, params, PATH)).view
}

beforeAll(async () => {
  demo = await openDemo(300)
  owner = demo.owner
  await owner`delete from saved_views`
}, 120_000)
afterAll(() => closeDemo(demo))

test('a view is its owner’s own: its link opens the list as it was, and is nothing to anybody else', async () => {
  const user = await as('user')
  const { id } = await addView(user, state, form('Uncovered'))
  const href = await openView(user, id)
  const [path, search] = (href ?? '').split('?')
  expect([path, search?.split('&').sort()]).toEqual([
    PATH,
    ['coverage=lapsed', 'coverage=never', `saved=${id}`, 'sort=-ldos'],
  ])
  const list = await listOf('user', href ?? '')
  expect(list.views).toMatchObject({ current: { id, name: 'Uncovered', isMine: true }, isModified: false })
  expect([list.columns.map(({ name }) => name), list.density]).toEqual([['serial', 'pid'], 'compact'])
  for (const other of ['admin', 'va-admin']) {
    expect(await openView(await as(other), id)).toBeNull()
    await expect(removeView(await as(other), id)).rejects.toThrow(NotFound)
  }
  expect(await openView(await viewerOf(owner, 'admin@delta.example', 'delta.example'), id)).toBeNull()
  expect(await events()).toEqual([])
})

test('what is changed in the list is said to be so, until the view is updated', async () => {
  const user = await as('user')
  const { id } = await addView(user, state, form('Changing'))
  const href = (await openView(user, id)) ?? ''
  const wider = await listOf('user', href.replace('coverage=never&', ''))
  expect(wider.views?.isModified).toBe(true)
  expect((await listOf('user', `${href}&layout=compact:serial`)).views?.isModified).toBe(true)
  expect((await listOf('user', `${href}&page=2&size=25`)).views?.isModified).toBe(false)
  await expect(updateView(user, id, { ...state, resource: 'licenses' })).rejects.toThrow(NotFound)
  await updateView(user, id, { ...state, query: { coverage: ['lapsed'], sort: ['-ldos'] } })
  expect((await listOf('user', href.replace('coverage=never&', ''))).views?.isModified).toBe(false)
})

test('a shared view shows everybody their own rows; its owner and administrators change it, with an event', async () => {
  const user = await as('user')
  const { id } = await addView(user, state, form('For all', { shared: true }))
  const href = (await openView(await as('va-viewer'), id)) ?? ''
  const [all, few] = [await listOf('user', href), await listOf('va-viewer', href)]
  expect(all.total).toBeGreaterThan(few.total)
  const [{ n } = { n: 0 }] = await owner<{ n: number }[]>`select count(*)::int as n from devices d
    join virtual_accounts v on v.id = d.virtual_account_id where v.name = 'APJC' and d.coverage_status in ('lapsed', 'never')
      and d.smart_account_id = (select id from smart_accounts where domain = ${DOMAIN})`
  expect(few.total).toBe(n)
  for (const other of ['viewer', 'va-admin'])
    await expect(changeView(await as(other), id, form('Mine now'))).rejects.toThrow(NotFound)
  await changeView(await as('admin'), id, form('Renamed'))
  const [row] = await owner`select name, is_shared, user_id::int from saved_views where id = ${id}`
  expect(row).toMatchObject({ name: 'Renamed', is_shared: true, user_id: user.id })
  await changeView(user, id, form('Mine again'))
  expect(await openView(await as('admin'), id)).toBeNull()
  await removeView(user, id)
  expect(await openView(user, id)).toBeNull()
  expect(await events()).toEqual(['views.shared', 'views.changed', 'views.changed'])
})

test('the tab opens with one view at most, of one’s own; the palette has those of one’s own and the shared', async () => {
  const user = await as('user')
  await addView(user, state, form('First', { isDefault: true }))
  const { id } = await addView(user, state, form('Second', { isDefault: true, shared: true }))
  expect(viewPlaces(await as('user')).opens.get(PATH)).toMatch(new RegExp(`saved=${id}$`))
  const admin = viewPlaces(await as('admin'))
  expect([admin.places.map(({ label }) => label), admin.opens.size]).toEqual([['Second'], 0])
  expect(viewPlaces(await as('user')).places.map(({ label }) => label)).toEqual([
    'Changing',
    'First',
    'Second',
    'Uncovered',
  ])
  await addView(user, { ...state, resource: 'contract-agreements' }, form('Agreements', { shared: true }))
  expect(viewPlaces(await as('admin')).places.map(({ label }) => label)).toContain('Agreements')
  expect(viewPlaces(await as('viewer')).places.map(({ label }) => label)).toEqual(['Second'])
})

test('what a tab opens with in one account is nothing to another one, nor are its names', async () => {
  const domains = [DOMAIN, 'borealis.example']
  const there = (domain: string) => viewerOf(owner, 'admin@borealis.example', domain)
  for (const domain of domains) await addView(await there(domain), state, form('Mine', { isDefault: true }))
  for (const domain of domains) expect([domain, viewPlaces(await there(domain)).opens.size]).toEqual([domain, 1])
  await addView(await there(DOMAIN), state, form('Only here'))
  const { id } = await addView(await there('borealis.example'), state, form('There'))
  expect(await changeView(await there('borealis.example'), id, form('Only here'))).toEqual({ id })
})

test('a name is asked for, once for each list; support and approvers keep nothing', async () => {
  const user = await as('user')
  await expect(addView(user, state, form('Uncovered'))).rejects.toThrow(viewProblems.taken)
  for (const name of ['', '   ', 'x'.repeat(81), 'a\u0000b'])
    expect(viewForm.safeParse({ name, shared: null, default: null }).success).toBe(false)
  const support = await viewerOf(owner, 'support@license-central.example', DOMAIN)
  await expect(addView(support, state, form('Support'))).rejects.toThrow(NotFound)
  const { id } = await addView(user, state, form('For everybody', { shared: true }))
  expect(await openView(await as('viewer'), id)).not.toBeNull()
  expect(await openView(withoutRoles(await as('viewer')), id)).toBeNull()
})
