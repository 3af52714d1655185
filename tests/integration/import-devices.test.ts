import { eq } from 'drizzle-orm'
import { products } from '@/db/schema/products'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { applyImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { checksum, DEVICE_HEADER, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()

test('new devices come in with all that the file says, in no Virtual Account, in one change set with one event', async () => {
  const before = (await scene.events())[0]
  const file = deviceFile([
    someDevice('901', {
      'Device Identifier 2 Name': 'MAC ADDRESS',
      'Device Identifier 2 Value': '00:1b:44:11:3a:b7',
      'Customer Address': 'Am Kai 1,\nHafen',
      'Customer Zip/Postal Code': '20457',
    }),
  ])
  const checked = await scene.check(file)
  expect(checked).toMatchObject({ added: 1, changed: 0, unchanged: 0, rejected: 0 })
  expect(await scene.device('901')).toBeUndefined()

  expect(await applyImport(scene.admin, checked.runId)).toEqual(checked)
  expect(await scene.device('901')).toMatchObject({
    name: 'core-901',
    pid: 'C9300-48P',
    serial_number: 'FOC901',
    identifiers: [{ name: 'MAC ADDRESS', value: '00:1b:44:11:3a:b7' }],
    virtual_account: null,
    site_id: '3001',
    address: 'Am Kai 1, Hafen',
    country: 'DE',
    postal_code: '20457',
    warranty_type: 'WARR-LTD-LIFE-HW',
    shipped: '2020-05-12',
    product_of: null,
    source: 'License Central export',
    as_of: new Date('2026-05-06T10:00:00Z'),
    coverage_status: 'never',
    version: 1,
  })
  const [applied, seen] = await scene.events()
  expect(seen).toMatchObject({ type: 'import.checked', change_set_id: null })
  expect(applied).toMatchObject({ type: 'devices.imported', virtual_account_ids: [], detail: { added: 1, changed: 0 } })
  expect(applied?.['subject_id']).toBe(String(checked.runId))
  expect(before).not.toEqual(applied)
  const items =
    await scene.owner`select subject, before, after from change_items where change_set_id = ${applied?.['change_set_id']}`
  expect(items).toEqual([
    { subject: 'device', before: null, after: expect.objectContaining({ instanceNumber: '901', country: 'DE' }) },
  ])
  expect(await scene.owner`select 1 from import_rows where import_run_id = ${checked.runId}`).toHaveLength(0)
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run).toMatchObject({ state: 'applied', added: 1, changes: { total: 1 } })
})

test('the same file twice changes nothing and says so', async () => {
  const file = deviceFile([someDevice('902'), someDevice('903', { 'Parent Instance Number': '902' })])
  await scene.bring(file)
  const before = await checksum(scene.owner, AURORA, ['events', 'event_cube', 'import_runs', 'import_rows'])
  const again = await scene.check(file)
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2, rejected: 0, devices: 0 })
  expect(await checksum(scene.owner, AURORA, ['events', 'event_cube', 'import_runs', 'import_rows'])).toBe(before)
  expect(await importRunOf(scene.admin, again.runId, 1)).toMatchObject({ state: 'nothing' })
})

test('a change names each field with before and after, keeps the rest, and says where each fact comes from', async () => {
  await scene.bring(deviceFile([someDevice('904')]))
  const changed = deviceFile([
    { 'Instance Number': '904', 'Device Name': 'core-904-new', 'Customer City': 'Kiel', 'Ship Date': '12-May-20' },
  ])
  const { runId } = await scene.check(changed)
  const run = await importRunOf(scene.admin, runId, 1)
  expect(run?.changes.rows).toEqual([
    expect.objectContaining({
      line: 2,
      isNew: false,
      differences: [
        { label: 'Customer City', before: 'Hamburg', after: 'Kiel' },
        { label: 'Device Name', before: 'core-904', after: 'core-904-new' },
      ],
    }),
  ])
  await applyImport(scene.admin, runId)
  expect(await scene.device('904')).toMatchObject({
    name: 'core-904-new',
    city: 'Kiel',
    serial_number: 'FOC904',
    site_id: '3001',
    version: 2,
    fact_sources: expect.objectContaining({
      name: { source: 'License Central export', asOf: '2026-05-06T10:00:00.000Z', importRunId: runId },
    }),
  })
})

test('parents are found in the account, later in the file, and when they come last of all', async () => {
  await scene.bring(deviceFile([someDevice('910', { 'Parent Instance Number': '919' })]))
  expect(await scene.device('910')).toMatchObject({ parent: null, parent_instance_number: '919' })
  await scene.bring(
    deviceFile([
      someDevice('911', { 'Parent Instance Number': '912' }),
      someDevice('912'),
      someDevice('913', { 'Parent Instance Number': '910' }),
      someDevice('919'),
    ]),
  )
  expect(await scene.device('911')).toMatchObject({ parent: '912' })
  expect(await scene.device('913')).toMatchObject({ parent: '910' })
  expect(await scene.device('910')).toMatchObject({ parent: '919' })
})

test('a parent that leads back to the device is refused', async () => {
  await scene.bring(deviceFile([someDevice('920', { 'Parent Instance Number': '921' }), someDevice('921')]))
  const checked = await scene.check(
    deviceFile([
      someDevice('921', { 'Parent Instance Number': '920' }),
      someDevice('922', { 'Parent Instance Number': '922' }),
      someDevice('923', { 'Parent Instance Number': '924' }),
      someDevice('924', { 'Parent Instance Number': '923' }),
    ]),
  )
  expect(checked).toMatchObject({ added: 0, changed: 0, rejected: 4 })
})

test('a device whose PID the catalogue does not know comes in with a product of the account alone', async () => {
  const catalogue = await checksum(scene.owner, null)
  await scene.bring(
    deviceFile([
      someDevice('930', { 'Product Number': 'zz-new-1' }),
      someDevice('931', { 'Product Number': 'ZZ-NEW-1' }),
    ]),
  )
  expect(await scene.device('930')).toMatchObject({
    pid: 'ZZ-NEW-1',
    family: 'Not in the catalog',
    asset_type: 'hardware',
    product_of: String(scene.admin.account.id),
  })
  expect(await scene.owner`select 1 from products where pid = 'ZZ-NEW-1'`).toHaveLength(1)
  expect(await checksum(scene.owner, null)).toBe(catalogue)
  const other = await scene.viewer('admin@delta.example', 'delta.example')
  const seen = (viewer: Viewer) =>
    asUser(viewer, (reader) => reader.select({ id: products.id }).from(products).where(eq(products.pid, 'ZZ-NEW-1')))
  expect(await seen(other)).toHaveLength(0)
  expect(await seen(scene.admin)).toHaveLength(1)
})

test('a Virtual Account column puts new devices there, never moves one, and knows only the own accounts', async () => {
  const header = [...DEVICE_HEADER, 'Virtual Account']
  const file = deviceFile(
    [
      someDevice('940', { 'Virtual Account': 'EMEA' }),
      someDevice('941', { 'Virtual Account': 'No such account' }),
      someDevice('901', { 'Virtual Account': 'EMEA' }),
    ],
    header,
  )
  const { runId, ...counts } = await scene.check(file)
  expect(counts).toMatchObject({ added: 1, rejected: 1 })
  const run = await importRunOf(scene.admin, runId, 1)
  expect(run?.problems.rows).toEqual([
    { line: 3, problem: 'This Smart Account has no Virtual Account “No such account”.' },
  ])
  await applyImport(scene.admin, runId)
  expect(await scene.device('940')).toMatchObject({ virtual_account: 'EMEA' })
  expect(await scene.device('901')).toMatchObject({ virtual_account: null })
  const [event] = await scene.events()
  expect(event?.['virtual_account_ids']).toHaveLength(1)
})

test('a sales order of the account links the device to its line', async () => {
  const [line] = await scene.owner`
    select o.number, l.pid, l.id from order_lines l join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id
    join products p on p.id = l.product_id
    where l.smart_account_id = ${scene.admin.account.id} and p.kind = 'device' order by l.id limit 1`
  await scene.bring(
    deviceFile([someDevice('950', { 'Product Number': line?.['pid'], 'Sales Order': line?.['number'] })]),
  )
  expect((await scene.device('950'))?.['order_line_id']).toBe(line?.['id'])
})

test('rows that cannot be used are left out with line and reason, the others go in', async () => {
  const file = deviceFile([
    someDevice('960'),
    someDevice('961', { 'Ship Date': '05/12/2020' }),
    someDevice('962', { 'Product Number': '' }),
    someDevice('', {}),
    someDevice('960'),
    someDevice('964', { 'Customer Country': 'Atlantis' }),
    someDevice('965', { 'Device Identifier 1 Value': '1.23E+11' }),
    someDevice('966', { 'Device Name': 'x'.repeat(300) }),
    someDevice('967', { 'Device Name': 'core‮gpj' }),
  ])
  const outcome = await scene.bring(file)
  expect(outcome).toMatchObject({ added: 1, rejected: 8 })
  const run = await importRunOf(scene.admin, outcome.runId, 1)
  expect(run?.problems.rows.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '3 Ship Date “05/12/2020” is not a date like 12-May-20 or 2020-05-12.',
    '4 Product Number is empty, which a new device needs.',
    '5 Instance Number is empty.',
    '6 Instance Number 960 stands in line 2 already.',
    '7 Customer Country “Atlantis” is not a country.',
    '8 Device Identifier 1 Value “1.23E+11” was rounded by a spreadsheet program. Export the file again.',
    '9 Device Name is longer than 255 characters.',
    '10 Device Name holds characters that cannot be seen.',
  ])
})
