import { importRunOf } from '@/lib/importing/queries'
import { eoxAnswer, eoxRecord } from '../support/answers'
import { checksum } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']

const own = (pid: string) => scene.owner`
  select bulletin, source, as_of, to_char(last_date_of_support, 'YYYY-MM-DD') as ldos, to_char(end_of_sw_maintenance, 'YYYY-MM-DD') as maintenance
  from account_lifecycles where smart_account_id = ${scene.admin.account.id} and pid = ${pid}`
const aPid = async () => {
  const [row] =
    await scene.owner`select pid from devices where smart_account_id = ${scene.admin.account.id} order by id limit 1`
  return String(row?.['pid'])
}

test('records of EoX give products and their devices dates, in the account alone', async () => {
  const pid = await aPid()
  const others = await checksum(scene.owner, 'borealis.example')
  const file = eoxAnswer([
    eoxRecord(pid.toLowerCase(), '2033-03-31'),
    eoxRecord('', '', {
      EOLProductID: '',
      EOXInputValue: 'NOPE-1',
      EOXError: { ErrorID: 'SSA_ERR_026', ErrorDescription: 'EOX information does not exist' },
    }),
    eoxRecord('ZZ-BAD', 'soon'),
  ])
  const checked = await scene.check(file, 'eox')
  expect(checked).toMatchObject({ added: 1, changed: 0, rejected: 2 })
  expect(checked.devices).toBeGreaterThan(0)
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run).toMatchObject({ unit: 'record', formatName: 'Lifecycle dates: EoX version 5 (JSON)' })
  expect(run?.problems.rows).toEqual([
    { line: 2, problem: 'EOX information does not exist' },
    { line: 3, problem: 'LastDateOfSupport “soon” is not a date like 12-May-20 or 2020-05-12.' },
  ])
  expect(run?.reading?.unused).toContain('ProductIDDescription')

  await scene.bring(file, 'eox')
  expect(await own(pid)).toEqual([
    {
      bulletin: 'EOL77001',
      source: 'EoX bulletin EOL77001',
      as_of: new Date('2026-04-01T00:00:00Z'),
      ldos: '2033-03-31',
      maintenance: null,
    },
  ])
  const devices =
    await scene.owner`select distinct to_char(last_date_of_support, 'YYYY-MM-DD') as ldos, fact_sources->'lastDateOfSupport'->>'source' as source
    from devices where smart_account_id = ${scene.admin.account.id} and pid = ${pid}`
  expect(devices).toEqual([{ ldos: '2033-03-31', source: 'EoX bulletin EOL77001' }])
  expect((await scene.events())[0]).toMatchObject({ type: 'lifecycles.imported', detail: { added: 1 } })
  expect(await checksum(scene.owner, 'borealis.example')).toBe(others)

  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'eox')).toMatchObject({ added: 0, changed: 0, unchanged: 1, devices: 0, differing: 0 })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('a file by hand does not overwrite EoX: what it says otherwise is told, and kept for a decision', async () => {
  await scene.bring(eoxAnswer([eoxRecord('ZZ-TRUST', '2033-03-31')]), 'eox')
  const csv = Buffer.from('pid,last_date_of_support,end_of_sw_maintenance\nZZ-TRUST,2031-01-31,2030-01-31\n')
  const outcome = await scene.bring(csv, 'lifecycle')
  expect(outcome).toMatchObject({ added: 0, changed: 1, differing: 1 })
  expect(await own('ZZ-TRUST')).toMatchObject([{ ldos: '2033-03-31', maintenance: '2030-01-31' }])
  expect(
    await scene.owner`select subject, field, current_value, current_source, incoming_value, incoming_source, line, state from differences`,
  ).toEqual([
    {
      subject: 'lifecycle',
      field: 'lastDateOfSupport',
      current_value: { lastDateOfSupport: '2033-03-31' },
      current_source: 'EoX bulletin EOL77001',
      incoming_value: { lastDateOfSupport: '2031-01-31' },
      incoming_source: 'Lifecycle file',
      line: 2,
      state: 'open',
    },
  ])
})
