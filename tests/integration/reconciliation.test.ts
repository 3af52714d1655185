import { decide } from '@/app/accounts/[domain]/administration/reconciliation/actions'
import ReconciliationPage from '@/app/accounts/[domain]/administration/reconciliation/page'
import { Conflict, NotFound } from '@/lib/errors'
import { decideDifferences } from '@/lib/importing/decide'
import { inboxOf } from '@/lib/importing/inbox'
import { eoxAnswer, eoxRecord } from '../support/answers'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'
import { installed, workbook } from '../support/workbooks'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

const alike = { 'Ship Date': 43963, 'Install Site City': 'Hamburg', 'Contract Number': '' }
const base = (instance: string, cells: Record<string, string | number>) =>
  workbook([installed(instance, { ...alike, ...cells })])
/** A device that the export says stands in Hamburg, and the install base in Bremen. */
async function differing(instance: string) {
  await scene.bring(deviceFile([someDevice(instance)]))
  await scene.bring(base(instance, { 'Install Site City': 'Bremen' }), 'install-base')
  const [row] = await scene.owner<{ id: number }[]>`
    select x.id::int from differences x join devices d on d.id = x.subject_id where d.instance_number = ${instance} and x.state = 'open'`
  return row?.id ?? 0
}
const stateOf = async (id: number) =>
  (await scene.owner`select state, change_set_id, decided_by from differences where id = ${id}`)[0]

test('both values are shown with their evidence', async () => {
  const id = await differing('401')
  const { rows, total } = await inboxOf(scene.admin, 1)
  expect(total).toBe(1)
  expect(rows).toEqual([
    expect.objectContaining({
      id,
      name: 'core-401',
      values: [{ label: 'Customer City', before: 'Hamburg', after: 'Bremen' }],
      here: { source: 'License Central export', asOf: new Date('2026-05-06T10:00:00Z') },
      incoming: expect.objectContaining({ source: 'Install base', file: 'file.csv', unit: 'row', line: 2 }),
    }),
  ])
})

test('what is taken is written with its source, in a change set with an event, and is not undone by the other source', async () => {
  const id = await differing('402')
  expect(await decideDifferences(scene.admin, [id], 'take')).toEqual({ decided: 1 })
  expect(await scene.device('402')).toMatchObject({
    city: 'Bremen',
    fact_sources: { city: expect.objectContaining({ source: 'Install base' }) },
  })
  const [event] = await scene.events()
  expect(event).toMatchObject({ type: 'differences.decided', detail: { differences: 1, choice: 'taken' } })
  expect(await stateOf(id)).toMatchObject({ state: 'taken', change_set_id: event?.['change_set_id'] })
  const items =
    await scene.owner`select subject, before, after from change_items where change_set_id = ${event?.['change_set_id']} order by subject`
  expect(items).toEqual([
    { subject: 'device', before: { city: 'Hamburg' }, after: { city: 'Bremen' } },
    { subject: 'difference', before: { state: 'open' }, after: { state: 'taken' } },
  ])
  expect(await scene.check(deviceFile([someDevice('402')]))).toMatchObject({ changed: 0, differing: 0 })
  expect(await scene.check(deviceFile([someDevice('402', { 'Customer City': 'Kiel' })]))).toMatchObject({ changed: 1 })
})

test('what is kept is not asked again, but something new is', async () => {
  const id = await differing('403')
  await decideDifferences(scene.admin, [id], 'keep')
  expect(await scene.device('403')).toMatchObject({ city: 'Hamburg', version: 1 })
  expect(await scene.check(base('403', { 'Install Site City': 'Bremen' }), 'install-base')).toMatchObject({
    differing: 0,
  })
  expect(await scene.check(base('403', { 'Install Site City': 'Kiel' }), 'install-base')).toMatchObject({
    differing: 1,
  })
})

test('of two people one decides and the other is told; the same form twice has one effect', async () => {
  const id = await differing('404')
  const second = await scene.viewer('admin2@aurora.example', AURORA)
  const answers = await Promise.all(
    [scene.admin, second].map((viewer, index) =>
      decideDifferences(viewer, [id], index === 0 ? 'take' : 'keep').catch((error: unknown) => error),
    ),
  )
  expect(answers.filter((answer) => answer instanceof Conflict)).toHaveLength(1)
  const other = await differing('405')
  const [one, again] = await Promise.all([
    decideDifferences(second, [other], 'take'),
    decideDifferences(second, [other], 'take'),
  ])
  expect(one).toEqual(again)
  const made = await scene.owner`select 1 from events where type = 'differences.decided' and subject_id = ${other}`
  expect(made).toHaveLength(1)
})

test('a value that has changed meanwhile is not overwritten, and nothing of the others is', async () => {
  const ids = [await differing('406'), await differing('407')]
  await scene.owner`update devices set city = 'Kiel', version = version + 1 where instance_number = '407'`
  await expect(decideDifferences(scene.admin, ids, 'take')).rejects.toBeInstanceOf(Conflict)
  expect(await scene.device('406')).toMatchObject({ city: 'Hamburg' })
  expect(await stateOf(ids[0] ?? 0)).toMatchObject({ state: 'open' })
  expect(await decideDifferences(scene.admin, ids, 'ignore')).toEqual({ decided: 2 })
})

test('what came from a source that is read no more is not taken', async () => {
  const id = await differing('408')
  const from = (source: string) =>
    scene.owner`update differences set incoming_source = ${source} where id = ${id} returning incoming_source`
  const [before] = await scene.owner`select incoming_source as source from differences where id = ${id}`
  await from('A source of old')
  await expect(decideDifferences(scene.admin, [id], 'take')).rejects.toBeInstanceOf(NotFound)
  await from(String(before?.['source']))
  expect(await decideDifferences(scene.admin, [id], 'ignore')).toEqual({ decided: 1 })
})

test('lifecycle dates that are taken reach the devices', async () => {
  const [known] =
    await scene.owner`select pid from devices where smart_account_id = ${scene.admin.account.id} order by id limit 1`
  const pid = String(known?.['pid'])
  await scene.bring(eoxAnswer([eoxRecord(pid, '2033-03-31')]), 'eox')
  await scene.bring(Buffer.from(`pid,last_date_of_support\n${pid},2031-01-31\n`), 'lifecycle')
  const [row] = await scene.owner<
    { id: number }[]
  >`select id::int from differences where subject = 'lifecycle' and state = 'open'`
  await decideDifferences(scene.admin, [row?.id ?? 0], 'take')
  const dates = await scene.owner`select distinct to_char(last_date_of_support, 'YYYY-MM-DD') as ldos from devices
    where smart_account_id = ${scene.admin.account.id} and pid = ${pid}`
  expect(dates).toEqual([{ ldos: '2031-01-31' }])
})

test.each([
  ['user@aurora.example', AURORA],
  ['va-admin@aurora.example', AURORA],
  ['admin@borealis.example', 'borealis.example'],
])('%s decides nothing of another one', async (email, domain) => {
  const id = await differing(`41${email.length}`)
  const viewer = await scene.viewer(email, domain)
  const before = await checksum(scene.owner, AURORA)
  expect((await inboxOf(viewer, 1)).total).toBe(0)
  await expect(decideDifferences(viewer, [id], 'take')).rejects.toBeInstanceOf(NotFound)
  const form = new FormData()
  form.set('choice', 'take')
  await expect(decide(domain, [id], { problems: [] }, form)).rejects.toMatchObject(NOT_FOUND)
  if (domain === AURORA)
    await expect(
      ReconciliationPage({ params: Promise.resolve({ domain }), searchParams: Promise.resolve({}) }),
    ).rejects.toMatchObject(NOT_FOUND)
  expect(await checksum(scene.owner, AURORA)).toBe(before)
})
