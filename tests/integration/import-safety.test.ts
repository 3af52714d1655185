import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { applyImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { checksum, DEVICE_HEADER, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()

test('forged columns do nothing, formulas stay text, and no other account is touched', async () => {
  const header = [
    ...DEVICE_HEADER,
    'id',
    'smart_account_id',
    'virtual_account_id',
    'version',
    'source',
    'created_at',
    'event',
  ]
  const others = ['borealis.example', 'cobalt.example', 'delta.example']
  const sums = () => Promise.all(others.map((domain) => checksum(scene.owner, domain)))
  const before = await sums()
  const [foreign] = await scene.owner`
    select d.instance_number, a.id from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = 'borealis.example' limit 1`
  const forged = {
    id: '1',
    smart_account_id: String(foreign?.['id']),
    virtual_account_id: '1',
    version: '99',
    source: 'forged',
  }
  const file = deviceFile(
    [
      someDevice(foreign?.['instance_number'], forged),
      someDevice('970', { ...forged, 'Device Name': '=HYPERLINK("http://x")' }),
    ],
    header,
  )
  const { runId } = await scene.bring(file)
  expect(await sums()).toEqual(before)
  expect(await scene.device(foreign?.['instance_number'])).toMatchObject({
    source: 'License Central export',
    version: 1,
  })
  expect(await scene.device('970')).toMatchObject({ name: '=HYPERLINK("http://x")', virtual_account: null })
  const run = await importRunOf(scene.admin, runId, 1)
  expect(run?.reading?.unused).toEqual([
    'id',
    'smart_account_id',
    'virtual_account_id',
    'version',
    'source',
    'created_at',
    'event',
  ])
})

test('applying twice at once and again has one effect', async () => {
  const { runId } = await scene.check(deviceFile([someDevice('980')]))
  const [one, other] = await Promise.all([applyImport(scene.admin, runId), applyImport(scene.admin, runId)])
  expect(other).toEqual(one)
  expect(await applyImport(scene.admin, runId)).toEqual(one)
  expect(
    await scene.owner`select 1 from events where type = 'devices.imported' and subject_id = ${runId}`,
  ).toHaveLength(1)
})

test('a preview that is no longer true is refused, and nothing of it happens', async () => {
  await scene.bring(deviceFile([someDevice('981'), someDevice('982')]))
  const { runId } = await scene.check(
    deviceFile([someDevice('981', { 'Device Name': 'a' }), someDevice('982', { 'Device Name': 'b' })]),
  )
  await scene.owner`update devices set name = 'renamed', version = version + 1 where instance_number = '982'`
  const failure = await applyImport(scene.admin, runId).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Conflict)
  expect((failure as Conflict).changed).toEqual(['line 3'])
  expect(await scene.device('981')).toMatchObject({ name: 'core-981' })
})

test('the run of somebody else cannot be applied, nor one of another account', async () => {
  const { runId } = await scene.check(deviceFile([someDevice('983')]))
  const second = await scene.viewer('admin2@aurora.example', AURORA)
  await expect(applyImport(second, runId)).rejects.toBeInstanceOf(NotFound)
  const other = await scene.viewer('admin@borealis.example', 'borealis.example')
  await expect(applyImport(other, runId)).rejects.toBeInstanceOf(NotFound)
  expect(await importRunOf(other, runId, 1)).toBeNull()
})

test('who may import no longer does not carry out what they have checked', async () => {
  const second = await scene.viewer('admin2@aurora.example', AURORA)
  const { runId } = await scene.check(deviceFile([someDevice('984')]), 'lc-devices', second)
  const become = (role: string) =>
    scene.owner`update role_assignments set role = ${role}::role where user_id = ${second.id}`
  await become('sa_user')
  await expect(applyImport(second, runId)).rejects.toBeInstanceOf(NotFound)
  await become('sa_admin')
  expect(await applyImport(second, runId)).toMatchObject({ runId })
})

test.each([
  ['user@aurora.example', AURORA],
  ['viewer@aurora.example', AURORA],
  ['va-admin@aurora.example', AURORA],
  ['admin@borealis.example', AURORA],
])('%s may not import into %s', async (email, domain) => {
  const before = await checksum(scene.owner, AURORA)
  const viewer = await scene.viewer(email, domain)
  await expect(scene.check(deviceFile([someDevice('990')]), 'lc-devices', viewer)).rejects.toBeInstanceOf(NotFound)
  expect(await checksum(scene.owner, AURORA)).toBe(before)
})

test('a file that is none leaves no trace', async () => {
  const before = await checksum(scene.owner, AURORA)
  await expect(scene.check(Buffer.from('a,b\n1,2\n'))).rejects.toBeInstanceOf(Invalid)
  expect(await checksum(scene.owner, AURORA)).toBe(before)
})
