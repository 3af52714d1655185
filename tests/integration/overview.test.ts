import postgres from 'postgres'
import { seed } from '@/db/seed/seed'
import { asUser, sql } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { now, today } from '@/lib/clock'
import { measure, paramsOf } from '@/lib/metrics/measure'
import { coverageFigure, expirationFigure, type Linked, supportFigure } from '@/lib/overview/figures'
import { rowsOf } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { subscriptions } from '@/lib/resources/subscriptions'
import { countTable } from '@/lib/table/counts'
import { type Params, parseTable } from '@/lib/table/parse'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { serveWith } from '../support/server-settings'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const EMEA = ['EMEA', 'Germany', 'France']
/** Who is asked, and the Virtual Accounts that contract.md gives them; null = the whole account. */
const PERSONAS: [email: string, domain: string, virtualAccounts: string[] | null][] = [
  ['admin@aurora.example', AURORA, null],
  ['user@aurora.example', AURORA, null],
  ['viewer@aurora.example', AURORA, null],
  ['va-admin@aurora.example', AURORA, EMEA],
  ['va-user@aurora.example', AURORA, ['Germany']],
  ['va-viewer@aurora.example', AURORA, ['APJC']],
  ['admin@borealis.example', AURORA, null],
  ['admin@borealis.example', 'borealis.example', null],
  ['admin@delta.example', 'delta.example', null],
  ['partner@cobalt.example', 'cobalt.example', null],
  ['partner@cobalt.example', AURORA, ['Americas']],
  ['partner2@ember.example', AURORA, ['EMEA']],
  ['support@license-central.example', AURORA, null],
]

let database: TestDatabase
let owner: postgres.Sql

beforeAll(async () => {
  // Before anything asks for a setting: the clock is read once.
  serveWith({ DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' })
  database = await createTestDatabase()
  serveWith({ DATABASE_URL: database.appUrl })
  owner = postgres(database.ownerUrl, { max: 1 })
  await seed({ ownerUrl: database.ownerUrl, devices: 3000, now: now() })
}, 120_000)
afterAll(async () => {
  await sql().end()
  await owner.end()
  await database.drop()
})

/** Plain SQL over the rows themselves, written without the product's own conditions. */
const DEVICES = {
  total: 'true',
  pastSupport: `last_date_of_support < '2026-05-06'`,
  eligible: `coverage_end is not null or asset_type = 'hardware'`,
  covered: `coverage_end >= '2026-05-06' and coverage_start <= '2026-05-06'`,
  uncovered: `(coverage_end < '2026-05-06' or (coverage_end is null and asset_type = 'hardware'))`,
  notEligible: `coverage_end is null and asset_type <> 'hardware'`,
  hardware: `asset_type = 'hardware'`,
  software: `asset_type = 'software'`,
  cloud: `asset_type = 'cloud'`,
}
const ASSIGNED = {
  assigned: `virtual_account_id in (select id from virtual_accounts where not is_default)`,
  inDefault: `virtual_account_id in (select id from virtual_accounts where is_default)`,
  unassigned: 'virtual_account_id is null',
}
const LICENSES = {
  total: 'true',
  insufficient: 'in_use + reserved > quantity',
  inCompliance: 'in_use + reserved <= quantity',
}
const LINES = {
  total: 'true',
  expired: `end_date < '2026-05-06'`,
  inForce: `end_date >= '2026-05-06'`,
  next30: `end_date between '2026-05-06' and '2026-06-05'`,
  next60: `end_date between '2026-05-06' and '2026-07-05'`,
  next90: `end_date between '2026-05-06' and '2026-08-04'`,
}
const namesOf = <T extends object>(object: T) => Object.keys(object) as Extract<keyof T, string>[]

/** What the person sees of a table, counted under each condition. */
async function counted<M extends string>(
  table: string,
  [, domain, names]: (typeof PERSONAS)[number],
  conditions: Record<M, string>,
  amount = 'count(*)',
): Promise<Record<M, number>> {
  const scope = names
    ? owner`and virtual_account_id in (select v.id from virtual_accounts v where v.smart_account_id = t.smart_account_id and v.name in ${owner(names)})`
    : owner``
  const columns = namesOf(conditions).map(
    (name) => `coalesce(${amount} filter (where ${conditions[name]}), 0)::int as "${name}"`,
  )
  const [row] = await owner<Record<M, number>[]>`
    select ${owner.unsafe(columns.join(', '))} from ${owner(table)} t
    where t.smart_account_id = (select id from smart_accounts where domain = ${domain}) ${scope}`
  if (!row) throw new Error('A count gives a row.')
  return row
}

const overview = (viewer: Viewer, params: Params = {}) => readOverview(viewer, parseOverview(params).state)

/** How many rows the list at this address has. */
async function listTotal(viewer: Viewer, href: string): Promise<number> {
  const search = new URL(href, 'http://localhost').searchParams
  const params = Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]))
  const { query, problems } = parseTable(devices, params)
  expect(problems).toEqual([])
  return (await asUser(viewer, (reader) => countTable(reader, devices, viewer, query, today()))).total
}

describe.each(PERSONAS)('%s in %s', (...persona) => {
  const [email, domain] = persona
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, domain)
  })

  test('every metric is what plain SQL counts', async () => {
    const all = <T extends object>(conditions: T) => [...namesOf(conditions), ...namesOf(ASSIGNED)]
    const question = { viewer, today: today() }
    const found = await asUser(viewer, (reader) =>
      Promise.all([
        measure(reader, { ...question, resource: devices }, all(DEVICES)),
        measure(reader, { ...question, resource: licenses }, all(LICENSES)),
        measure(reader, { ...question, resource: contracts }, all(LINES)),
        measure(reader, { ...question, resource: subscriptions }, all(LINES)),
        measure(reader, { ...question, resource: licenses }, ['quantity', 'inUse']),
      ]),
    )
    expect(found).toEqual([
      await counted('devices', persona, { ...DEVICES, ...ASSIGNED }),
      await counted('licenses', persona, { ...LICENSES, ...ASSIGNED }),
      await counted('contract_lines', persona, { ...LINES, ...ASSIGNED }),
      await counted('subscription_lines', persona, { ...LINES, ...ASSIGNED }),
      {
        ...(await counted('licenses', persona, { quantity: 'true' }, 'sum(quantity)')),
        ...(await counted('licenses', persona, { inUse: 'true' }, 'sum(in_use)')),
      },
    ])
    expect(found[0].total).toBeGreaterThan(10)
  })

  test('a number of devices is the total of the list that it leads to', async () => {
    const names = [...namesOf(DEVICES), ...namesOf(ASSIGNED)]
    const numbers = await asUser(viewer, (reader) =>
      measure(reader, { viewer, today: today(), resource: devices }, names),
    )
    for (const name of names) {
      const href = rowsOf(domain)('devices', paramsOf(devices.metrics[name], viewer))
      expect([name, href ? await listTotal(viewer, href) : 0]).toEqual([name, numbers[name]])
    }
  })

  test('what the page shows is what plain SQL counts', async () => {
    const read = await overview(viewer)
    expect(read.devices).toEqual(await counted('devices', persona, DEVICES))
    expect(read.licenses).toEqual({
      ...(await counted('licenses', persona, LICENSES)),
      ...(await counted('licenses', persona, { quantity: 'true' }, 'sum(quantity)')),
      ...(await counted('licenses', persona, { inUse: 'true' }, 'sum(in_use)')),
    })
    expect(read.contracts.all).toEqual(await counted('contract_lines', persona, LINES))
    expect(read.subscriptions.all).toEqual(await counted('subscription_lines', persona, LINES))
  })

  test('the parts of each figure add up to its number', async () => {
    const read = await overview(viewer)
    const { state } = parseOverview({})
    const sum = (values: Linked[]) => values.reduce((total, { value }) => total + value, 0)
    const column = (rows: { values: Linked[] }[], index: number) =>
      sum(rows.flatMap(({ values }) => values[index] ?? []))
    const coverage = coverageFigure(read, state.coverage, rowsOf(domain))
    expect(coverage.sums.map(({ value }) => value)).toEqual([0, 1, 2].map((index) => column(coverage.rows, index)))
    expect([coverage.sums[0]?.value, sum(coverage.sums)]).toEqual([read.devices.covered, read.devices.total])
    const support = supportFigure(read, rowsOf(domain))
    expect(column(support.rows, 0)).toBe(read.devices.pastSupport)
    expect(sum([...support.rows.flatMap(({ values }) => values), support.unknown])).toBe(read.devices.total)
    const expirations = expirationFigure(read, state, rowsOf(domain))
    expect(column(expirations.rows, 0)).toBe(read.contracts.all.total)
    expect(column(expirations.rows, 1)).toBe(read.subscriptions.all.total)
    expect(sum(read.categories.map(({ numbers }) => ({ value: numbers.quantity })))).toBe(read.licenses.quantity)
    expect(sum(read.categories.map(({ numbers }) => ({ value: numbers.insufficient })))).toBe(
      read.licenses.insufficient,
    )
  })

  test('each part of a figure of devices is the total of the list that it leads to', async () => {
    const read = await overview(viewer)
    const filter = { country: read.coverage[0]?.at.country ?? '' }
    const coverage = coverageFigure(read, filter, rowsOf(domain))
    const support = supportFigure(read, rowsOf(domain))
    const parts = [...coverage.rows, ...support.rows].flatMap(({ values }) => values)
    const linked = [...parts, ...coverage.sums, support.unknown].filter(({ href }) => href !== undefined)
    expect(linked.length).toBeGreaterThan(8)
    for (const { value, href = '' } of linked) expect([href, await listTotal(viewer, href)]).toEqual([href, value])
  })

  test('Assign Status is read for Smart Account Administrators of this account only', async () => {
    const { assignment } = await overview(viewer)
    const isAdministrator =
      email === `admin@${domain}` || (email.endsWith(`@${domain}`) && email.startsWith('partner@'))
    expect(assignment !== null).toBe(isAdministrator)
    if (assignment) expect(assignment.licenses).toEqual(await counted('licenses', persona, ASSIGNED))
  })
})

describe('filters of the figures', () => {
  const where = `architecture = 'Networking' and country = 'DE'`
  const under = <M extends string>(conditions: Record<M, string>) =>
    Object.fromEntries(namesOf(conditions).map((name) => [name, `(${conditions[name]}) and ${where}`])) as Record<
      M,
      string
    >

  test.each(PERSONAS.filter(([, domain]) => domain === AURORA))(
    'as plain SQL counts them for %s',
    async (...persona) => {
      const viewer = await viewerOf(owner, persona[0], persona[1])
      const params = {
        coverageArchitecture: 'Networking',
        coverageCountry: 'DE',
        expirationArchitecture: 'Networking',
        expirationCountry: 'DE',
        expirationPeriod: 'month',
      }
      const read = await overview(viewer, params)
      const { state } = parseOverview(params)
      const coverage = coverageFigure(read, state.coverage, rowsOf(AURORA))
      const expirations = expirationFigure(read, state, rowsOf(AURORA))
      const { total, covered, uncovered, notEligible } = await counted('devices', persona, under(DEVICES))
      expect(coverage.rows.map(({ values }) => values.map(({ value }) => value))).toEqual(
        total === 0 ? [] : [[covered, uncovered, notEligible]],
      )
      if (persona[2] === null) expect([total > 0, read.contracts.filtered.total > 0]).toEqual([true, true])
      expect(read.contracts.filtered).toEqual(await counted('contract_lines', persona, under(LINES)))
      expect(read.subscriptions.filtered).toEqual(await counted('subscription_lines', persona, under(LINES)))
      const may = expirations.rows.find(({ label }) => label === 'May ’26')
      const month = under({ n: `end_date between '2026-05-01' and '2026-05-31'` })
      expect(may?.values[0]?.value).toBe((await counted('contract_lines', persona, month)).n)
    },
  )

  test('a country that does not occur counts nothing', async () => {
    const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
    const params = { coverageCountry: 'ZZ', expirationCountry: 'ZZ' }
    const read = await overview(viewer, params)
    expect(coverageFigure(read, parseOverview(params).state.coverage, rowsOf(AURORA)).rows).toEqual([])
    expect(read.contracts.filtered.total).toBe(0)
    expect(read.contracts.all.total).toBeGreaterThan(0)
  })
})

test('an account without anything counts zero everywhere', async () => {
  await owner`insert into smart_accounts (domain, name, day) values ('empty.example', 'Empty', ${today()})`
  await owner`insert into role_assignments (smart_account_id, user_id, role)
    select a.id, u.id, 'sa_admin' from smart_accounts a, users u where a.domain = 'empty.example' and u.email = 'stranger@harbor.example'`
  const viewer = await viewerOf(owner, 'stranger@harbor.example', 'empty.example')
  const { devices: found, licenses: owned, contracts: held, assignment } = await overview(viewer)
  expect([found.total, owned.total, held.all.total, assignment?.devices.assigned]).toEqual([0, 0, 0, 0])
})
