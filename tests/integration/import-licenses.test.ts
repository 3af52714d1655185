import { Conflict } from '@/lib/errors'
import { applyImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { licenseDetail, licenseRecord, licensesAnswer } from '../support/answers'
import { checksum } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']

const license = (name: string, place = 'DEFAULT') => scene.owner`
  select l.*, to_char(l.end_date, 'YYYY-MM-DD') as ends, (select jsonb_agg(jsonb_build_array(t.quantity, t.type, t.start_date, t.end_date, t.order_line_id) order by t.start_date, t.quantity desc)
    from license_terms t where t.license_id = l.id) as terms
  from licenses l join virtual_accounts v on v.id = l.virtual_account_id
  where l.smart_account_id = ${scene.admin.account.id} and l.name = ${name} and v.name = ${place}`

test('licenses come in with their terms, and their state follows from quantity, use and reservation', async () => {
  const others = await checksum(scene.owner, 'borealis.example')
  const file = licensesAnswer([
    licenseRecord({
      license: 'Own Thing',
      reserved: 5,
      licenseDetails: [licenseDetail({ quantity: 150 }), licenseDetail({ endDate: '2026-02-01' })],
    }),
    licenseRecord({ license: 'Short Thing', quantity: 3, inUse: 4, virtualAccount: 'EMEA', licenseDetails: [] }),
    licenseRecord({ license: 'Own Thing', virtualAccount: 'Elsewhere' }),
    licenseRecord({ license: 'Much', quantity: 10 }),
    licenseRecord({ license: 'Odd', quantity: -1 }),
    licenseRecord({ license: 'Own Thing' }),
    licenseRecord({ license: 'Typed', licenseDetails: [licenseDetail({ licenseType: 'FOREVER' })] }),
  ])
  const checked = await scene.check(file, 'licenses')
  expect(checked).toMatchObject({ added: 2, changed: 0, rejected: 5 })
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run?.problems.rows.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '3 This Smart Account has no Virtual Account “Elsewhere”.',
    '4 licenseDetails in force add up to 200, quantity says 10.',
    '5 quantity “-1” is not a whole number.',
    '6 The license Own Thing in DEFAULT stands in record 1 already.',
    '7 licenseType “FOREVER” is not known.',
  ])
  await applyImport(scene.admin, checked.runId)
  expect(await license('Own Thing')).toEqual([
    expect.objectContaining({
      ...{
        quantity: 200,
        in_use: 20,
        reserved: 5,
        balance: 175,
        status: 'in_compliance',
        billing: 'PREPAID',
        method: 'smart',
      },
      ...{ type: 'TERM', ends: '2027-12-31', sku: 'OWN THING', source: 'Smart Licensing inventory' },
      terms: [
        [150, 'TERM', '2026-01-01', '2027-12-31', null],
        [100, 'TERM', '2026-01-01', '2026-02-01', null],
        [50, 'PERPETUAL', null, null, null],
      ],
    }),
  ])
  expect(await license('Short Thing', 'EMEA')).toMatchObject([
    { quantity: 3, in_use: 4, status: 'out_of_compliance', type: 'PERPETUAL' },
  ])
  const [event] = await scene.events()
  expect(event).toMatchObject({ type: 'licenses.imported', detail: { added: 2 } })
  expect(event?.['virtual_account_ids']).toHaveLength(2)
  expect(await checksum(scene.owner, 'borealis.example')).toBe(others)

  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'licenses')).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 2,
    rejected: 5,
    differing: 0,
  })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('a license that another one covers is sufficient, and the other one lends it', async () => {
  const substitution = (kind: string, other: string) => ({
    licenseName: 'whatever it is called here',
    substitutedLicense: other,
    substitutedQuantity: 4,
    substitutionType: kind,
  })
  const short = { license: 'Low Tier', quantity: 10, inUse: 14, licenseDetails: [] }
  const long = { license: 'High Tier', quantity: 10, inUse: 6, licenseDetails: [], pendingQuantity: 3 }
  const file = licensesAnswer([
    licenseRecord({ ...short, licenseSubstitutions: [substitution('Substitution For This License', 'High Tier')] }),
    licenseRecord({ ...long, licenseSubstitutions: [substitution('Substitution By This License', 'Low Tier')] }),
    licenseRecord({ license: 'Odd Tier', licenseSubstitutions: [substitution('Barter', 'Low Tier')] }),
  ])
  const checked = await scene.check(file, 'licenses')
  expect(checked).toMatchObject({ added: 2, rejected: 1 })
  const run = await importRunOf(scene.admin, checked.runId, 1)
  expect(run?.problems.rows[0]?.problem).toBe('substitutionType “Barter” is not known.')
  expect(JSON.stringify(run)).toContain('4 of High Tier stand in for it')
  await applyImport(scene.admin, checked.runId)
  expect(await license('Low Tier')).toMatchObject([{ balance: 0, status: 'in_compliance', pending: 0 }])
  expect(await license('High Tier')).toMatchObject([{ balance: 0, status: 'in_compliance', pending: 3 }])
  expect(await scene.check(file, 'licenses')).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  const ended = licensesAnswer([licenseRecord({ ...short, licenseSubstitutions: [] })])
  expect(await scene.bring(ended, 'licenses')).toMatchObject({ changed: 1 })
  expect(await license('Low Tier')).toMatchObject([{ balance: -4, status: 'out_of_compliance', substitutions: [] }])
})

test('a license that is there changes in place: terms that stay keep their orders', async () => {
  const [known] = await scene.owner`
    select l.name, v.name as place, l.sku, t.quantity, to_char(t.start_date, 'YYYY-MM-DD') as starts, to_char(t.end_date, 'YYYY-MM-DD') as ends, t.type, t.order_line_id, s.number as subscription
    from licenses l join license_terms t on t.license_id = l.id join virtual_accounts v on v.id = l.virtual_account_id
    left join subscriptions s on s.id = t.subscription_id
    where l.smart_account_id = ${scene.admin.account.id} and t.order_line_id is not null and t.end_date > '2026-06-01' and t.start_date < '2026-01-01'
      and (select count(*) from licenses o where o.virtual_account_id = l.virtual_account_id and o.name = l.name) = 1 order by l.id limit 1`
  const kept = licenseDetail({
    licenseType: known?.['type'],
    quantity: known?.['quantity'],
    startDate: known?.['starts'],
    endDate: known?.['ends'],
    subscriptionId: known?.['subscription'],
  })
  const bought = licenseDetail({ quantity: 7, subscriptionId: null })
  const file = licensesAnswer([
    licenseRecord({
      license: known?.['name'],
      virtualAccount: known?.['place'],
      quantity: Number(known?.['quantity']) + 7,
      inUse: 1,
      licenseDetails: [kept, bought],
    }),
  ])
  expect(await scene.bring(file, 'licenses')).toMatchObject({ added: 0, changed: 1, differing: 0 })
  const [now] = await license(String(known?.['name']), String(known?.['place']))
  expect(now).toMatchObject({ quantity: Number(known?.['quantity']) + 7, in_use: 1, sku: known?.['sku'] })
  expect(now?.['terms']).toHaveLength(2)
  expect(now?.['terms']).toContainEqual([
    known?.['quantity'],
    known?.['type'],
    known?.['starts'],
    known?.['ends'],
    Number(known?.['order_line_id']),
  ])
  expect(await scene.check(file, 'licenses')).toMatchObject({ unchanged: 1, changed: 0 })
})

test('a preview of yesterday is not applied today', async () => {
  const { runId } = await scene.check(licensesAnswer([licenseRecord({ license: 'Daily' })]), 'licenses')
  await scene.owner`update smart_accounts set day = day + 1 where domain = ${AURORA}`
  await expect(applyImport(scene.admin, runId)).rejects.toBeInstanceOf(Conflict)
  await scene.owner`update smart_accounts set day = day - 1 where domain = ${AURORA}`
  expect(await applyImport(scene.admin, runId)).toMatchObject({ added: 1 })
})
