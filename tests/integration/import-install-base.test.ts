import { applyImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'
import { INSTALL_BASE_HEADER, installed, workbook } from '../support/workbooks'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']

test('a workbook of the install base brings devices with coverage, orders and dates, and only once', async () => {
  const others = await checksum(scene.owner, 'borealis.example')
  const file = workbook([
    installed('601', { 'Product SO': 123456789, 'Product PO': '00042', 'Warranty Type': 'warr-ltd-life-hw' }),
    installed('602', { 'Parent Instance ID': 601, 'Covered Line Status': 'TERMINATED' }),
    installed('603', {
      'Product ID': 'ZZ-IB-1',
      'Last Date of Support': 47848,
      'Asset Type': 'SOFTWARE',
      'Serial Number / PAK number': '3XABCDEF123',
    }),
    installed('604', { 'Serial Number / PAK number': 1.25e18 }),
    installed('605', { 'Ship Date': 'soon' }),
    installed('601'),
    installed('', { 'Instance ID': '' }),
  ])
  const checked = await scene.check(file, 'install-base')
  expect(checked).toMatchObject({ added: 3, changed: 0, rejected: 4 })
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run).toMatchObject({ unit: 'row' })
  expect(run?.problems.rows.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '5 Serial Number / PAK number “1.25E+18” was rounded by a spreadsheet program. Export the file again.',
    '6 Ship Date “soon” is not a date like 12-May-20 or 2020-05-12.',
    '7 Instance ID 601 stands in row 2 already.',
    '8 Instance ID is empty.',
  ])
  expect(run?.reading?.unused).toEqual(expect.arrayContaining(['Covered Line End Date FY', 'License Product ID']))
  await applyImport(scene.admin, checked.runId)
  expect(await scene.device('601')).toMatchObject({
    ...{
      serial_number: 'FOC601',
      pid: 'C9300-48P',
      source: 'Install base',
      shipped: '2024-07-27',
      country: 'DE',
      city: 'Hamburg',
    },
    ...{
      contract_number: '299000002',
      service_level: 'SNT',
      coverage_status: 'covered',
      warranty_type: 'WARR-LTD-LIFE-HW',
    },
    ...{ sales_order_number: '123456789', customer_order_number: '00042' },
  })
  expect(await scene.device('602')).toMatchObject({ parent: '601', contract_number: null, coverage_status: 'never' })
  expect(await scene.device('603')).toMatchObject({ serial_number: null, asset_type: 'software', ldos: '2030-12-31' })
  expect((await scene.events())[0]).toMatchObject({ type: 'devices.imported', detail: { added: 3 } })
  expect(await checksum(scene.owner, 'borealis.example')).toBe(others)

  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'install-base')).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 3,
    rejected: 4,
    differing: 0,
  })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('the same export saved as CSV is read too', async () => {
  const cells = Object.entries({
    ...installed('610'),
    'Covered Line Start Date': '1-Jan-26',
    'Covered Line End Date': '31-Dec-27',
    'Ship Date': '12-May-20',
  })
  const row = INSTALL_BASE_HEADER.map((name) => cells.find(([key]) => key === name)?.[1] ?? '')
  const file = Buffer.from(
    `\ufeff${INSTALL_BASE_HEADER.map((name) => name.toUpperCase()).join(';')}\n${row.join(';')}\n`,
  )
  expect(await scene.bring(file, 'install-base')).toMatchObject({ added: 1, rejected: 0 })
  expect(await scene.device('610')).toMatchObject({ shipped: '2020-05-12', coverage_status: 'covered' })
})

test('it does not overwrite what a more trusted source says, and fills what nobody has said', async () => {
  await scene.bring(deviceFile([someDevice('620')]))
  const outcome = await scene.bring(workbook([installed('620', { 'Install Site City': 'Bremen' })]), 'install-base')
  expect(outcome).toMatchObject({ added: 0, changed: 1, differing: 2 })
  expect(await scene.device('620')).toMatchObject({
    city: 'Hamburg',
    shipped: '2020-05-12',
    contract_number: '299000002',
  })
  const rows =
    await scene.owner`select field, current_value, current_source, incoming_value, incoming_source, line from differences order by field`
  expect(rows).toEqual([
    {
      field: 'city',
      current_value: { city: 'Hamburg' },
      current_source: 'License Central export',
      incoming_value: { city: 'Bremen' },
      incoming_source: 'Install base',
      line: 2,
    },
    expect.objectContaining({ field: 'shipDate', incoming_value: { shipDate: '2024-07-27' } }),
  ])
})
