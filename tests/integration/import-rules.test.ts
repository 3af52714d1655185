import { undoAssignment } from '@/lib/assignment/undo'
import { DEVICE_HEADER, deviceFile, someDevice } from '../support/device-file'
import { ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const fileOf = (rows: Parameters<typeof deviceFile>[0]) => deviceFile(rows, [...DEVICE_HEADER, 'Virtual Account'])
const scene = new ImportScene()
const place = async (name: string) =>
  Number(
    (
      await scene.owner`select id from virtual_accounts where smart_account_id = ${scene.admin.account.id} and name = ${name}`
    )[0]?.['id'],
  )
const addRule = async (field: string, value: string, to: string) =>
  Number(
    (
      await scene.owner`insert into assignment_rules (smart_account_id, field, value, virtual_account_id)
        values (${scene.admin.account.id}, ${field}, ${value}, ${await place(to)}) returning id`
    )[0]?.['id'],
  )
const placeOf = async (instance: string) => (await scene.device(instance))?.['virtual_account'] as string | null

beforeEach(() => scene.owner`delete from assignment_rules`)

test('new devices go where the oldest rule that fits says, in an assignment of their own that can be taken back', async () => {
  const site = await addRule('site', 'Rule site', 'France')
  await addRule('country', 'DE', 'Germany')
  const seqs = async () => Number((await scene.owner`select count(*) as n from events`)[0]?.['n'])
  const before = await seqs()
  await scene.bring(
    fileOf([
      someDevice('7001', { 'Customer Name': 'Rule site' }),
      someDevice('7002', { 'Customer Name': 'Rule site' }),
      someDevice('7003', { 'Customer Name': 'Elsewhere', 'Customer Country': 'Germany' }),
      someDevice('7004', { 'Customer Name': 'Elsewhere', 'Customer Country': 'France' }),
      someDevice('7005', { 'Customer Name': 'Rule site', 'Virtual Account': 'EMEA' }),
    ]),
  )
  expect([
    await placeOf('7001'),
    await placeOf('7002'),
    await placeOf('7003'),
    await placeOf('7004'),
    await placeOf('7005'),
  ]).toEqual(['France', 'France', 'Germany', null, 'EMEA'])
  // The check, the import, and an assignment of each rule.
  expect((await seqs()) - before).toBe(4)
  const [moved] = await scene.owner<{ set: number; places: number[] }[]>`
    select change_set_id::int as set, virtual_account_ids::int[] as places from events
    where subject = 'assignment_rule' and subject_id = ${site} and type = 'devices.assigned'`
  expect(moved?.places).toEqual([await place('France')])
  const items =
    await scene.owner`select i.before, i.after, d.instance_number as device from change_items i join devices d on d.id = i.subject_id
      where i.change_set_id = ${moved?.set ?? 0} order by i.position`
  const after = { virtualAccountId: await place('France') }
  expect(items).toEqual(['7001', '7002'].map((device) => ({ device, before: { virtualAccountId: null }, after })))
  expect(await undoAssignment(scene.admin, moved?.set ?? 0, crypto.randomUUID())).toMatchObject({ undone: 2, left: 0 })
  expect(await placeOf('7001')).toBeNull()
})

test('a rule moves what comes into DEFAULT, and leaves alone what was there before', async () => {
  await scene.bring(fileOf([someDevice('7011', { 'Customer Name': 'Late site' })]))
  await addRule('site', 'Late site', 'Americas')
  await scene.bring(
    fileOf([
      someDevice('7011', { 'Customer Name': 'Late site', 'Device Name': 'renamed' }),
      someDevice('7012', { 'Customer Name': 'Late site', 'Virtual Account': 'DEFAULT' }),
    ]),
  )
  expect([await placeOf('7011'), await placeOf('7012')]).toEqual([null, 'Americas'])
})
