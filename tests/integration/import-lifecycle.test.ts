import { connect } from '@/db/client'
import { operatorIn } from '@/lib/access/operator'
import { importCatalogue } from '@/lib/importing/catalogue'
import { applyImport, checkImport } from '@/lib/importing/changes'
import { importRunOf } from '@/lib/importing/queries'
import { checksum, deviceFile, someDevice } from '../support/device-file'
import { AURORA, ImportScene } from '../support/import-scene'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const scene = new ImportScene()
const HEADER =
  'pid,category,series,bulletin,announced,end_of_sale,end_of_sw_maintenance,end_of_security_support,end_of_contract_renewal,last_date_of_support'
const lifecycleFile = (...rows: string[]) => Buffer.from(`${[HEADER, ...rows].join('\n')}\n`)
const fact = async (pid: string) => {
  const [row] = await scene.owner`
    select to_char(end_of_sale, 'YYYY-MM-DD') as sale, to_char(last_date_of_support, 'YYYY-MM-DD') as ldos, series, source
    from account_lifecycles where smart_account_id = ${scene.admin.account.id} and pid = ${pid}`
  return row
}
const datesOf = (pid: string, domain = AURORA) => scene.owner`
  select distinct to_char(d.last_date_of_support, 'YYYY-MM-DD') as ldos, d.fact_sources->'lastDateOfSupport'->>'source' as source
  from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = ${domain} and d.pid = ${pid}`
const UNTOLD = ['events', 'event_cube', 'import_runs', 'import_rows', 'import_plan']

/** The PID of which the account has most devices. */
async function frequentPid(): Promise<string> {
  const [row] = await scene.owner`
    select pid from devices where smart_account_id = ${scene.admin.account.id} group by pid order by count(*) desc, pid limit 1`
  return row?.['pid']
}

test('facts of an account reach its devices, with their source, and no other account', async () => {
  const pid = await frequentPid()
  const others = await Promise.all([checksum(scene.owner, 'borealis.example'), checksum(scene.owner, null)])
  const file = lifecycleFile(`${pid},Switches,Some Series,EOL99999,2030-01-01,2030-07-01,,,,2035-07-31`)
  const checked = await scene.check(file, 'lifecycle')
  const [count] =
    await scene.owner`select count(*)::int as n from devices where smart_account_id = ${scene.admin.account.id} and pid = ${pid}`
  expect(checked).toMatchObject({ added: 1, changed: 0, unchanged: 0, rejected: 0, devices: count?.['n'] })
  const preview = await importRunOf(scene.admin, checked.runId, 1)
  expect(preview?.changes.rows[0]).toMatchObject({ subject: 'lifecycle', isNew: true, name: pid })
  expect(preview?.changes.rows[1]?.differences.find(({ label }) => label === 'Last date of support')?.after).toBe(
    '2035-07-31',
  )

  expect(await applyImport(scene.admin, checked.runId)).toEqual(checked)
  expect(await fact(pid)).toEqual({
    sale: '2030-07-01',
    ldos: '2035-07-31',
    series: 'Some Series',
    source: 'Bulletin EOL99999',
  })
  expect(await datesOf(pid)).toEqual([{ ldos: '2035-07-31', source: 'Bulletin EOL99999' }])
  expect(await Promise.all([checksum(scene.owner, 'borealis.example'), checksum(scene.owner, null)])).toEqual(others)
  const [event] = await scene.events()
  expect(event).toMatchObject({ type: 'lifecycles.imported', detail: { added: 1, devices: count?.['n'] } })
  expect(event?.['virtual_account_ids'].length).toBeGreaterThan(0)
  const items =
    await scene.owner`select subject, count(*)::int as n from change_items where change_set_id = ${event?.['change_set_id']} group by 1 order by 1`
  expect(items).toEqual([
    { subject: 'device', n: count?.['n'] },
    { subject: 'lifecycle', n: 1 },
  ])

  const before = await checksum(scene.owner, AURORA, UNTOLD)
  expect(await scene.check(file, 'lifecycle')).toMatchObject({ added: 0, changed: 0, unchanged: 1, devices: 0 })
  expect(await checksum(scene.owner, AURORA, UNTOLD)).toBe(before)
})

test('an empty cell erases nothing, another date changes one', async () => {
  await scene.bring(lifecycleFile('ZZ-1,,A series,EOL1,,2020-01-01,,,,2025-01-01'), 'lifecycle')
  const outcome = await scene.bring(lifecycleFile('zz-1,,,,,,,,,2026-01-01'), 'lifecycle')
  expect(outcome).toMatchObject({ added: 0, changed: 1 })
  expect(await fact('ZZ-1')).toEqual({
    sale: '2020-01-01',
    ldos: '2026-01-01',
    series: 'A series',
    source: 'Bulletin EOL1',
  })
})

test('facts wait for devices that come later, also of products that the catalogue does not know', async () => {
  await scene.bring(lifecycleFile('ZZ-2,Routers,Some Routers,EOL2,,,,,,2027-03-31'), 'lifecycle')
  await scene.bring(deviceFile([someDevice('801', { 'Product Number': 'ZZ-2' })]))
  expect(await scene.device('801')).toMatchObject({
    ldos: '2027-03-31',
    family: 'Some Routers',
    architecture: 'Networking',
  })
  expect(await datesOf('ZZ-2')).toEqual([{ ldos: '2027-03-31', source: 'Bulletin EOL2' }])
})

test('the catalogue takes dates for every account, each with its own change set; own facts of an account win', async () => {
  const client = connect(scene.ownerUrl, { max: 2 })
  try {
    const [shared] = await scene.owner`
      select d.pid from devices d join smart_accounts a on a.id = d.smart_account_id
      where d.pid not in (select pid from account_lifecycles)
      group by d.pid having count(distinct a.domain) filter (where a.domain in ('aurora.example', 'borealis.example')) = 2 limit 1`
    const pid: string = shared?.['pid']
    const own = await frequentPid()
    const upload = {
      fileName: 'eol.csv',
      bytes: lifecycleFile(
        `${pid},,,EOL3,,,,,,2041-01-31`,
        `${own},,,EOL3,,,,,,2042-01-31`,
        'ZZ-NOT,,,,,,,,,2043-01-31',
        'ZZ-BAD,,,,,,,,,soon',
      ),
    }
    const before = await checksum(scene.owner, AURORA)
    const dry = await importCatalogue(client, upload, { dryRun: true })
    expect(await checksum(scene.owner, AURORA)).toBe(before)
    expect(dry).toMatchObject({ changed: 2, unchanged: 0, unknown: 1, rejected: [{ line: 5 }] })
    expect(dry.accounts.map(({ domain }) => domain)).toEqual(expect.arrayContaining([AURORA, 'borealis.example']))

    expect(await importCatalogue(client, upload)).toEqual(dry)
    expect(await datesOf(pid)).toEqual([{ ldos: '2041-01-31', source: 'Bulletin EOL3' }])
    expect(await datesOf(pid, 'borealis.example')).toEqual([{ ldos: '2041-01-31', source: 'Bulletin EOL3' }])
    expect((await datesOf(own))[0]).toMatchObject({ ldos: '2035-07-31' })
    for (const domain of [AURORA, 'borealis.example']) {
      expect((await scene.events(domain))[0]).toMatchObject({ type: 'lifecycles.imported', actor_kind: 'operator' })
    }
    expect(await importCatalogue(client, upload)).toMatchObject({ changed: 0, unchanged: 2, accounts: [] })
  } finally {
    await client.end()
  }
})

test('the operator imports into one account by its domain', async () => {
  const client = connect(scene.ownerUrl, { max: 2 })
  try {
    const operator = await operatorIn(client, 'Delta.example')
    const bytes = deviceFile([someDevice('805')])
    const { runId } = await checkImport(operator, { format: 'lc-devices', fileName: 'd.csv', bytes })
    expect(await applyImport(operator, runId)).toMatchObject({ added: 1 })
    expect((await scene.events('delta.example'))[0]).toMatchObject({ type: 'devices.imported', actor_kind: 'operator' })
    await expect(operatorIn(client, 'nobody.example')).rejects.toThrow('There is no Smart Account')
  } finally {
    await client.end()
  }
})
