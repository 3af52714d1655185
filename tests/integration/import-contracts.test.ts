import { Conflict } from '@/lib/errors'
import { applyImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { contractLine, contractLinesAnswer } from '../support/answers'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']

const contract = (number: string) => scene.owner`
  select c.number, c.bill_to_name, c.source, to_char(c.start_date, 'YYYY-MM-DD') as starts, to_char(c.end_date, 'YYYY-MM-DD') as ends,
    (select jsonb_agg(jsonb_build_object('device', d.instance_number, 'sku', l.service_sku, 'level', l.service_level, 'ends', l.end_date,
      'architecture', l.architecture, 'country', l.country) order by l.id)
      from contract_lines l join devices d on d.id = l.device_id where l.contract_id = c.id) as lines
  from contracts c where c.smart_account_id = ${scene.admin.account.id} and c.number = ${number}`

test('contract lines make contracts, lines and covered devices, in this account alone, and only once', async () => {
  await scene.bring(deviceFile([someDevice('501'), someDevice('502', { 'Device Identifier 1 Value': 'FOC5020' })]))
  const others = await checksum(scene.owner, 'borealis.example')
  const file = contractLinesAnswer([
    contractLine({ serialNumber: 'FOC501', instanceNumber: '501' }),
    contractLine({ serialNumber: 'foc5020', instanceNumber: null, endDate: '2027-06-30T00:00:00Z' }),
    contractLine({ serialNumber: 'FOC501', instanceNumber: '501', serviceSKU: 'CON-OLD', endDate: '2026-02-01' }),
    contractLine({ serialNumber: 'FOC999', instanceNumber: '999' }),
    contractLine({
      serialNumber: 'FOC501',
      instanceNumber: '501',
      contract: { number: '1', lineStatus: 'TERMINATED' },
    }),
    contractLine({ serialNumber: 'FOC501', instanceNumber: '501', serviceSKU: 'X', endDate: '2020-01-01' }),
    contractLine({ serialNumber: 'FOC501', instanceNumber: '501', contract: null }),
    contractLine({ serialNumber: 'FOC501', instanceNumber: null }),
  ])
  const checked = await scene.check(file, 'ccwr-lines')
  expect(checked).toMatchObject({ added: 3, changed: 0, rejected: 5, devices: 2, differing: 0 })
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run?.problems.rows.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '4 This Smart Account has no device with the serial number FOC999 and the product C9300-48P. Import the devices first.',
    '5 The line was terminated: it covers nothing.',
    '6 endDate 2020-01-01 is before startDate 2026-01-01.',
    '7 contract.number is empty: the device is on no contract.',
    '8 The same line stands in the file already.',
  ])
  await applyImport(scene.admin, checked.runId)
  const line = { architecture: expect.any(String), country: 'DE', level: 'SNT', sku: 'CON-SNT-C93004PE' }
  expect(await contract('299000001')).toEqual([
    {
      number: '299000001',
      bill_to_name: 'Cobalt Services',
      source: 'CCW-R contract lines',
      starts: '2026-01-01',
      ends: '2028-12-31',
      lines: expect.arrayContaining([
        { ...line, device: '501', ends: '2028-12-31' },
        { ...line, device: '502', ends: '2027-06-30' },
        { ...line, device: '501', ends: '2026-02-01', sku: 'CON-OLD' },
      ]),
    },
  ])
  expect(await scene.device('501')).toMatchObject({
    contract_number: '299000001',
    service_level: 'SNT',
    coverage_status: 'covered',
    customer_order_number: 'PO-1',
    fact_sources: expect.objectContaining({
      contractNumber: expect.objectContaining({ source: 'CCW-R contract lines' }),
    }),
  })
  expect((await scene.events())[0]).toMatchObject({ type: 'contracts.imported', detail: { added: 3, devices: 2 } })
  expect(await checksum(scene.owner, 'borealis.example')).toBe(others)

  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'ccwr-lines')).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 3,
    rejected: 5,
    devices: 0,
    differing: 0,
  })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('a renewal changes line, contract and coverage together', async () => {
  const renewed = contractLinesAnswer([
    contractLine({ serialNumber: 'FOC501', instanceNumber: '501', endDate: '2030-12-31' }),
  ])
  const { runId, ...counts } = await scene.check(renewed, 'ccwr-lines')
  expect(counts).toMatchObject({ added: 0, changed: 1, devices: 1 })
  const run = await importRunOf(scene.admin, runId, 1)
  expect(
    run?.changes.rows.map(({ subject, differences }) => [subject, differences[0]?.label, differences[0]?.after]),
  ).toEqual(
    expect.arrayContaining([
      ['contract', 'End', '2030-12-31'],
      ['contract_line', 'End', '2030-12-31'],
      ['device', 'Coverage end', '2030-12-31'],
    ]),
  )
  await applyImport(scene.admin, runId)
  expect(await contract('299000001')).toMatchObject([{ ends: '2030-12-31' }])
  expect((await scene.device('501'))?.['coverage_end']).toBeTruthy()
})

test('two imports that would make the same contract: the second one is told', async () => {
  await scene.bring(deviceFile([someDevice('510')]))
  const file = contractLinesAnswer([
    contractLine({ serialNumber: 'FOC510', instanceNumber: '510', contract: { number: '299000009' } }),
  ])
  const [one, other] = [await scene.check(file, 'ccwr-lines'), await scene.check(file, 'ccwr-lines')]
  await applyImport(scene.admin, one.runId)
  await expect(applyImport(scene.admin, other.runId)).rejects.toBeInstanceOf(Conflict)
  expect(await contract('299000009')).toMatchObject([{ lines: [expect.objectContaining({ device: '510' })] }])
})
