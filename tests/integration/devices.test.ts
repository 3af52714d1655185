import type postgres from 'postgres'
import { loadDevice } from '@/lib/resources/device-detail'
import { serialNumbersOf } from '@/lib/resources/device-serials'
import { devices } from '@/lib/resources/devices'
import { keepLayout } from '@/lib/table/kept-layout'
import { loadTable } from '@/lib/table/load'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const PATH = '/accounts/aurora.example/devices'
const { query: plain } = parseTable(devices, {})
let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(800)
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

const viewer = (email: string) => viewerOf(owner, email, AURORA)
/** One device of a Virtual Account of aurora. */
async function deviceIn(virtualAccount: string): Promise<number> {
  const [row] = await owner`
    select d.id from devices d join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA}
    join virtual_accounts v on v.id = d.virtual_account_id and v.name = ${virtualAccount} order by d.id limit 1`
  return Number(row?.['id'])
}

describe('the list', () => {
  test('holds the rows that are shown, in the columns that the person chose', async () => {
    const admin = await viewer('admin@aurora.example')
    const { view } = await loadTable(admin, devices, { size: '25' }, PATH)
    expect(view).toMatchObject({ state: 'rows', total: 800, shown: '800 devices', pages: 32, range: '1–25' })
    expect(view.cells).toHaveLength(25)
    expect(new Set(view.cells.map((row) => row.length))).toEqual(new Set([view.columns.length]))

    await keepLayout(admin, devices, { columns: ['serial', 'ldos'], density: 'compact' })
    const { view: own } = await loadTable(await viewer('admin@aurora.example'), devices, {}, PATH)
    expect([own.columns.map(({ name }) => name), own.density]).toEqual([['serial', 'ldos'], 'compact'])
    const { view: others } = await loadTable(await viewer('user@aurora.example'), devices, {}, PATH)
    expect(others.columns.length).toBeGreaterThan(2)

    const user = await viewer('user@aurora.example')
    await keepLayout(user, devices, { columns: ['pid'], density: 'default' })
    await keepLayout(admin, devices, null)
    expect((await viewer('user@aurora.example')).layouts).toEqual({ devices: { columns: ['pid'], density: 'default' } })
    await keepLayout(user, devices, null)
    const { view: again } = await loadTable(await viewer('admin@aurora.example'), devices, {}, PATH)
    expect(again.columns).toEqual(others.columns)
  })

  test('tells nothing that matches from a page behind the end', async () => {
    const admin = await viewer('admin@aurora.example')
    const state = async (params: Record<string, string>) => (await loadTable(admin, devices, params, PATH)).view.state
    expect(await state({ q: 'no such device' })).toBe('no-match')
    expect(await state({ page: '400' })).toBe('beyond')
    expect(await state({ page: '16' })).toBe('rows')
  })

  test('offers every choice with its number: Virtual Accounts as a tree, those of the person only', async () => {
    const { panel } = await loadTable(await viewer('va-admin@aurora.example'), devices, { panel: 'filters' }, PATH)
    const places = panel?.kind === 'filters' ? panel.filters.find(({ name }) => name === 'va') : undefined
    const options = places?.kind === 'facet' ? places.options : []
    expect(options.map(({ text, depth }) => [text, depth])).toEqual([
      ['EMEA', 0],
      ['France', 1],
      ['Germany', 1],
    ])
    expect(options.every(({ count }) => Number(count) > 0)).toBe(true)
  })

  test('counts the whole as what the person sees, never the account', async () => {
    const { view } = await loadTable(await viewer('va-user@aurora.example'), devices, { coverage: 'covered' }, PATH)
    const [row] = await owner`
      select count(*)::int as n from devices d join virtual_accounts v on v.id = d.virtual_account_id and v.name = 'Germany'
      join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA}`
    expect(view.shown).toMatch(new RegExp(` of ${row?.['n']} devices$`))
  })
})

describe('one device', () => {
  test('is not there for somebody outside of its Virtual Account', async () => {
    const id = await deviceIn('Germany')
    expect(await loadDevice(await viewer('va-viewer@aurora.example'), id, plain)).toBeNull()
    expect(await loadDevice(await viewerOf(owner, 'admin@borealis.example', 'borealis.example'), id, plain)).toBeNull()
    expect(await loadDevice(await viewer('va-user@aurora.example'), id, plain)).not.toBeNull()
  })

  test('says where each group of facts comes from, and its dates in order', async () => {
    const detail = await loadDevice(await viewer('admin@aurora.example'), await deviceIn('Germany'), plain)
    expect(detail?.groups.map(({ title }) => title)).toEqual([
      'Identity',
      'Product',
      'Coverage',
      'Place',
      'Order',
      'Lifecycle',
    ])
    expect(detail?.groups[0]?.source).toMatch(/, as of \d+ \w+ \d{4}$/)
    const dates = detail?.timeline.map(({ date }) => date) ?? []
    expect(dates).toEqual(dates.toSorted())
  })

  test('a fact from elsewhere than its row says so', async () => {
    const [row] = await owner`
      select d.id from devices d join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA}
      where d.fact_sources ? 'softwareVersion' limit 1`
    const detail = await loadDevice(await viewer('admin@aurora.example'), Number(row?.['id']), plain)
    const fact = detail?.groups.flatMap(({ facts }) => facts).find(({ label }) => label === 'Software version')
    expect(fact?.source).toMatch(/^Collector, as of/)
  })

  test('names another Virtual Account of its history only to who sees that', async () => {
    const [moved] = await owner`
      select i.subject_id as id from change_items i join smart_accounts a on a.id = i.smart_account_id and a.domain = ${AURORA}
      join devices d on d.smart_account_id = a.id and d.id = i.subject_id
      join virtual_accounts v on v.id = d.virtual_account_id and v.name = 'EMEA'
      where i.subject = 'device' and i.after ? 'virtualAccountId' limit 1`
    const change = async (email: string) => {
      const detail = await loadDevice(await viewer(email), Number(moved?.['id']), plain)
      return detail?.history.flatMap(({ changes }) => changes).find(({ label }) => label === 'Virtual Account')
    }
    expect(await change('admin@aurora.example')).toMatchObject({ before: 'DEFAULT', after: 'EMEA' })
    expect(await change('partner2@ember.example')).toMatchObject({ before: 'Another Virtual Account', after: 'EMEA' })
  })
})

describe('who sees it and why', () => {
  const reasons = async (email: string, virtualAccount: string) => {
    const found = await loadDevice(await viewer(email), await deviceIn(virtualAccount), plain)
    return found?.reasons ?? { list: [], isWhole: false }
  }

  test('an administrator of the account reads everybody, with the way and its end', async () => {
    const { list, isWhole } = await reasons('admin@aurora.example', 'Germany')
    const ways = new Map(list.map(({ person, by, through }) => [person?.email, `${by}: ${through}`]))
    expect(isWhole).toBe(true)
    expect(list[0]).toMatchObject({ isMe: true, person: { email: 'admin@aurora.example' } })
    expect(ways.get('va-user@aurora.example')).toBe('Virtual Account User: Aurora Logistics › EMEA › Germany')
    expect(ways.get('va-admin@aurora.example')).toContain('› EMEA, which has EMEA › Germany nested in it')
    expect(ways.get('viewer@aurora.example')).toBe('Smart Account Viewer: Aurora Logistics, whole account')
    for (const absent of ['va-viewer@aurora.example', 'partner2@ember.example', 'approver@aurora.example'])
      expect(ways.has(absent)).toBe(false)
    expect(list.find(({ by }) => by.startsWith('Support'))?.until).toMatch(/^\d{4}-/)
  })

  test('is the same as who can open it', async () => {
    const id = await deviceIn('Germany')
    const { list } = await reasons('admin@aurora.example', 'Germany')
    const seen = new Set(list.map(({ person }) => person?.email))
    for (const email of ['user', 'viewer', 'va-admin', 'va-user', 'va-viewer'].map((name) => `${name}@aurora.example`))
      expect([email, (await loadDevice(await viewer(email), id, plain)) !== null]).toEqual([email, seen.has(email)])
  })

  test('anybody else reads their own reason only', async () => {
    for (const email of ['user@aurora.example', 'viewer@aurora.example', 'va-user@aurora.example']) {
      const { list, isWhole } = await reasons(email, 'Germany')
      expect([isWhole, ...new Set(list.map(({ person }) => person?.email))]).toEqual([false, email])
    }
  })

  test('who administers the Virtual Account reads its people, not those of the account', async () => {
    const { list, isWhole } = await reasons('va-admin@aurora.example', 'Germany')
    const emails = list.map(({ person }) => person?.email)
    expect(isWhole).toBe(false)
    expect(emails).toEqual(expect.arrayContaining(['va-admin@aurora.example', 'va-user@aurora.example']))
    expect(emails).not.toContain('admin@aurora.example')
    expect(emails).not.toContain('viewer@aurora.example')
  })

  test('an administrator of another organization has no name, unless the account shows its administrators', async () => {
    await owner`
      insert into role_assignments (smart_account_id, user_id, role)
      select a.id, u.id, 'sa_admin' from smart_accounts a, users u where a.domain = ${AURORA} and u.email = 'admin@delta.example'`
    const people = async () =>
      (await reasons('admin@aurora.example', 'Germany')).list.map(({ person }) => person?.email)
    expect(await people()).toContain(undefined)
    expect(await people()).not.toContain('admin@delta.example')
    await owner`update smart_accounts set shares_admin_contacts = true where domain = ${AURORA}`
    expect(await people()).toContain('admin@delta.example')
  })

  test('a share and a delivery contact are reasons, as long as they hold', async () => {
    const [shared] = await owner`
      select i.device_id as id, s.id as share from order_share_items i
      join order_shares s on s.id = i.share_id and s.email = 'asset-recipient@fjord.example' where i.device_id is not null limit 1`
    const ways = async () => {
      const found = await loadDevice(await viewer('admin@aurora.example'), Number(shared?.['id']), plain)
      return found?.reasons.list
        .filter(({ person }) => person?.email === 'asset-recipient@fjord.example')
        .map(({ by }) => by)
    }
    expect(await ways()).toEqual(['Order Based Access to this asset'])
    await owner`update order_shares set revoked_at = now() where id = ${shared?.['share']}`
    expect(await ways()).toEqual([])
  })
})

describe('serial numbers to take along', () => {
  test('are those chosen, as far as they are the person’s', async () => {
    const [ours, theirs] = [await deviceIn('Germany'), await deviceIn('APJC')]
    const rows = await owner`select serial_number as s from devices where id = ${ours} and serial_number is not null`
    const someone = await viewer('va-user@aurora.example')
    expect(await serialNumbersOf(someone, { search: '', all: false, ids: [ours, theirs] })).toEqual(
      rows.map(({ s }) => s),
    )
  })

  test('of all that match but some, in the order of the list', async () => {
    const admin = await viewer('admin@aurora.example')
    const rows = await owner<{ id: number; s: string }[]>`
      select d.id, d.serial_number as s from devices d join smart_accounts a on a.id = d.smart_account_id and a.domain = ${AURORA}
      where d.coverage_status = 'lapsed' order by d.serial_number desc nulls last, d.id desc`
    const [first, ...others] = rows
    const found = await serialNumbersOf(admin, {
      search: '?coverage=lapsed&sort=-serial',
      all: true,
      ids: [Number(first?.id)],
    })
    expect(found).toEqual(others.flatMap(({ s }) => (s ? [s] : [])))
    expect(found.length).toBeGreaterThan(20)
  })
})
