import { importRunOf } from '@/lib/importing/queries'
import { coverageAnswer, coverageRecord, orderSerials, orderSerialsAnswer } from '../support/answers'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']
const problems = async (runId: number) =>
  (await importRunOf(scene.admin, runId, 1))?.problems.rows.map(({ line, problem }) => `${line} ${problem}`)

test('coverage by serial number changes devices that are there, found by serial number and product', async () => {
  await scene.bring(
    deviceFile([
      someDevice('651'),
      someDevice('652'),
      someDevice('653', { 'Device Identifier 1 Value': 'TWICE1', 'Product Number': 'C9300-24T' }),
      someDevice('654', { 'Device Identifier 1 Value': 'TWICE1' }),
    ]),
  )
  const file = coverageAnswer([
    coverageRecord('foc651', { contract_site_city: '' }),
    coverageRecord('FOC652', {
      is_covered: 'NO',
      service_contract_number: '',
      service_line_descr: '',
      covered_product_line_end_date: '',
    }),
    coverageRecord('TWICE1'),
    coverageRecord('TWICE1', { base_pid_list: [], orderable_pid_list: [] }),
    coverageRecord('FOC651', { base_pid_list: [{ base_pid: 'OTHER' }], orderable_pid_list: [] }),
    coverageRecord('FOC999', { is_covered: 'MAYBE' }),
  ])
  const checked = await scene.check(file, 'coverage')
  expect(checked).toMatchObject({ added: 0, rejected: 3 })
  expect(await problems(checked.runId)).toEqual([
    '4 This Smart Account has 2 devices with the serial number TWICE1. The product has to be named too.',
    '5 This Smart Account has no device with the serial number FOC651 and the product OTHER. Import the devices first.',
    '6 is_covered is neither YES nor NO.',
  ])
  await scene.bring(file, 'coverage')
  const covered = { contract_number: '299000003', service_level: 'SMARTNET 8X5XNBD', coverage_status: 'covered' }
  expect(await scene.device('651')).toMatchObject({ ...covered, address: 'Am Kai 1', city: 'Hamburg' })
  expect(await scene.device('652')).toMatchObject({ contract_number: null, coverage_status: 'never' })
  expect(await scene.device('653')).toMatchObject({ contract_number: null })
  expect(await scene.device('654')).toMatchObject(covered)
  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'coverage')).toMatchObject({ changed: 0, unchanged: 3, rejected: 3, differing: 0 })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('serial numbers of an order link its devices to their lines', async () => {
  const [line] = await scene.owner`
    select o.number, l.pid, l.id from order_lines l join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id
    join products p on p.id = l.product_id
    where l.smart_account_id = ${scene.admin.account.id} and p.kind = 'device' order by l.id limit 1`
  const others = await checksum(scene.owner, 'borealis.example')
  await scene.bring(
    deviceFile([someDevice('661', { 'Product Number': line?.['pid'] }), someDevice('662', { 'Sales Order': '777' })]),
  )
  const file = orderSerialsAnswer([
    orderSerials(String(line?.['number']), ['FOC661', 'FOC998'], ['FOC662']),
    { serialNumberResponse: { serialDetails: { lines: [{ serialNumbers: [{ serialNumber: 'FOC1' }] }] } } },
  ])
  const outcome = await scene.bring(file, 'order-serials')
  expect(outcome).toMatchObject({ added: 0, changed: 1, rejected: 2, differing: 1 })
  expect(await problems(outcome.runId)).toEqual([
    '2 This Smart Account has no device with the serial number FOC998. Import the devices first.',
    '4 It is not known of which order: salesOrderNumber is empty.',
  ])
  expect(await scene.device('661')).toMatchObject({ sales_order_number: line?.['number'], order_line_id: line?.['id'] })
  expect(await scene.device('662')).toMatchObject({ sales_order_number: '777' })
  expect(await scene.owner`select field, incoming_value->>'salesOrderNumber' as number from differences`).toEqual([
    { field: 'salesOrderNumber', number: line?.['number'] },
  ])
  expect(await checksum(scene.owner, 'borealis.example')).toBe(others)
})
