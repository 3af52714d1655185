import type postgres from 'postgres'
import { Invalid, NotFound } from '@/lib/errors'
import { addView, removeView } from '@/lib/views/changes'
import { readSchedules, scheduleView } from '@/lib/views/schedules'
import { viewForm } from '@/lib/views/schema'
import { sendDueViews } from '@/lib/views/send-due'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const DOMAIN = 'aurora.example'
let demo: DemoScene
let owner: postgres.Sql
const as = (name: string) => viewerOf(owner, `${name}@aurora.example`, DOMAIN)
const view = async (name: string, query: Record<string, string[]>, by = 'admin') => {
  const form = viewForm.parse({ name, shared: null, default: null })
  return (await addView(await as(by), { resource: 'devices', query, layout: null }, form)).id
}
const due = (id: number) => owner`update view_schedules set next_on = '2026-05-06' where view_id = ${id}`
const letters = async (id: number) => {
  const rows = await owner<
    { recipient: string; payload: { parts: { facts?: [string, string][]; link?: string }[] } }[]
  >`
    select recipient, payload from outbox where about = 'saved_view' and about_id = ${id} order by recipient`
  return rows.map(({ recipient, payload }) => {
    const of = <K extends 'facts' | 'link'>(name: K) => payload.parts.find((part) => part[name])?.[name]
    return { to: recipient, rows: of('facts')?.[0]?.[1], link: of('link') }
  })
}

beforeAll(async () => {
  demo = await openDemo(300)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

test('each recipient is told of their own rows, on the day and once', async () => {
  const admin = await as('admin')
  const id = await view('All devices', {})
  const others = 'va-viewer@aurora.example, user@aurora.example'
  await scheduleView(admin, id, { frequency: 'weekly', recipients: others, skipsEmpty: true })
  expect((await readSchedules(admin)).get(id)).toMatchObject({ nextOn: '2026-05-11', paused: '' })
  expect(await sendDueViews()).toBe(0)
  await due(id)
  expect(await sendDueViews()).toBe(3)
  expect(await sendDueViews()).toBe(0)
  const [apjc] = await owner<{ n: number }[]>`select count(*)::int as n from devices d
    join virtual_accounts v on v.id = d.virtual_account_id where v.name = 'APJC'
      and d.smart_account_id = (select id from smart_accounts where domain = ${DOMAIN})`
  expect(await letters(id)).toEqual([
    { to: 'admin@aurora.example', rows: '300', link: `/accounts/${DOMAIN}/views/${id}` },
    { to: 'user@aurora.example', rows: '300', link: `/accounts/${DOMAIN}/devices` },
    { to: 'va-viewer@aurora.example', rows: String(apjc?.n), link: `/accounts/${DOMAIN}/devices` },
  ])
  const [event] = await owner`select detail from events where type = 'views.mailed'`
  expect(event?.['detail']).toEqual({ letters: 3, recipients: 3 })
  expect((await readSchedules(admin)).get(id)?.nextOn).toBe('2026-05-11')
})

test('who lost their role gets nothing, and the schedule of an owner who did rests', async () => {
  const id = await view('Theirs', {}, 'user')
  await scheduleView(await as('user'), id, { frequency: 'monthly', recipients: '', skipsEmpty: false })
  const shared = await view('To user', {})
  await scheduleView(await as('admin'), shared, {
    frequency: 'monthly',
    recipients: 'user@aurora.example',
    skipsEmpty: false,
  })
  await due(id)
  await due(shared)
  await owner`update role_assignments set revoked_at = now() where user_id = (select id from users where email = 'user@aurora.example')`
  expect(await sendDueViews()).toBe(1)
  expect((await letters(shared)).map(({ to }) => to)).toEqual(['admin@aurora.example'])
  const [row] = await owner`select paused from view_schedules where view_id = ${id}`
  expect(row?.['paused']).not.toBe('')
})

test('of a list that they may not see, nobody is told', async () => {
  const admin = await as('admin')
  const form = viewForm.parse({ name: 'Agreements', shared: null, default: null })
  const { id } = await addView(admin, { resource: 'contract-agreements', query: {}, layout: null }, form)
  const recipients = 'viewer@aurora.example'
  await scheduleView(admin, id, { frequency: 'weekly', recipients, skipsEmpty: false })
  await due(id)
  expect(await sendDueViews()).toBe(1)
  expect((await letters(id)).map(({ to }) => to)).toEqual(['admin@aurora.example'])
})

test('without rows there is no mail, where that was asked for', async () => {
  const id = await view('None', { q: ['zzzzzzzz'] })
  const admin = await as('admin')
  await scheduleView(admin, id, { frequency: 'weekly', recipients: '', skipsEmpty: true })
  await due(id)
  expect(await sendDueViews()).toBe(0)
  await scheduleView(admin, id, { frequency: 'weekly', recipients: '', skipsEmpty: false })
  await due(id)
  expect(await sendDueViews()).toBe(1)
  await scheduleView(admin, id, { frequency: null, recipients: '', skipsEmpty: false })
  expect((await readSchedules(admin)).has(id)).toBe(false)
})

test('only people with a role are named, only by administrators, and only of views that one may open', async () => {
  const admin = await as('admin')
  const id = await view('Named', {})
  for (const recipients of ['stranger@harbor.example', 'nobody', 'admin@delta.example'])
    await expect(scheduleView(admin, id, { frequency: 'weekly', recipients, skipsEmpty: true })).rejects.toThrow(
      Invalid,
    )
  const viewer = await as('viewer')
  await expect(scheduleView(viewer, id, { frequency: 'weekly', recipients: '', skipsEmpty: true })).rejects.toThrow(
    NotFound,
  )
  const own = await view('Own', {}, 'viewer')
  await scheduleView(viewer, own, { frequency: 'weekly', recipients: 'admin@aurora.example', skipsEmpty: true })
  expect((await readSchedules(viewer)).get(own)?.recipients).toEqual([viewer.id])
  await removeView(viewer, own)
  expect((await readSchedules(viewer)).size).toBe(0)
})
