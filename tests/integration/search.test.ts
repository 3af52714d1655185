import type postgres from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { env } from '@/lib/env'
import { decryptPak } from '@/lib/pak'
import { findLicenses } from '@/lib/search/find-license'
import { lookUp } from '@/lib/search/lookup'
import { search } from '@/lib/search/queries'
import { type Kind, parseTerms } from '@/lib/search/terms'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
/** A person, and the Virtual Accounts that they see by name; null = the whole account. */
const PERSONAS: [email: string, names: string[] | null][] = [
  ['admin@aurora.example', null],
  ['va-admin@aurora.example', ['EMEA', 'Germany', 'France']],
  ['va-user@aurora.example', ['Germany']],
  ['va-viewer@aurora.example', ['APJC']],
]

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(2000, { withPaks: true })
  owner = demo.owner
}, 120_000)
afterAll(() => closeDemo(demo))

const ask = async (viewer: Viewer, text: string, size = 5, offset = 0) => {
  const { terms, problems } = parseTerms(text, today())
  expect(problems).toEqual([])
  return search(viewer, terms, { offset, size })
}
const totals = async (viewer: Viewer, text: string) =>
  Object.fromEntries((await ask(viewer, text)).map(({ kind, total }) => [kind, total])) as Partial<Record<Kind, number>>

/** Rows of aurora.example that somebody with these Virtual Accounts sees, counted by plain SQL. */
async function count(from: string, names: string[] | null, what = 'count(*)'): Promise<number> {
  const places = names
    ? owner`and t.virtual_account_id in (select id from virtual_accounts v where v.smart_account_id = t.smart_account_id and v.name in ${owner(names)})`
    : owner``
  const [row] = await owner<{ n: number }[]>`select ${owner.unsafe(what)}::int as n from ${owner.unsafe(from)}
    and t.smart_account_id = (select id from smart_accounts where domain = ${AURORA}) ${places}`
  return row?.n ?? 0
}

async function some(from: string, column: string): Promise<string> {
  const [row] = await owner.unsafe<{ value: string }[]>(
    `select ${column} as value from ${from} and t.smart_account_id = (select id from smart_accounts where domain = '${AURORA}') limit 1`,
  )
  if (!row) throw new Error(`No ${column} of ${from}`)
  return row.value
}
const inGermany = (table: string) =>
  `${table} t join virtual_accounts v on v.smart_account_id = t.smart_account_id and v.id = t.virtual_account_id where v.name = 'Germany'`

describe.each(PERSONAS)('%s', (email, names) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, AURORA)
  })

  test('finds of each kind as many as plain SQL counts', async () => {
    expect(await totals(viewer, 'C9300')).toEqual({
      devices: await count(
        `devices t where (pid ilike '%C9300%' or description ilike '%C9300%' or name ilike '%C9300%')`,
        names,
      ),
      licenses: await count(`licenses t where (name ilike '%C9300%' or sku ilike '%C9300%')`, names),
      orders: await count(`order_lines t where pid ilike '%C9300%'`, names, 'count(distinct order_id)'),
      products: await count(`devices t where pid ilike '%C9300%'`, names, 'count(distinct pid)'),
    })
  })

  test('finds contracts and subscriptions where a product in them is seen', async () => {
    const found = await totals(viewer, '2')
    expect(found.contracts ?? 0).toBe(
      await count(
        `contract_lines t where (contract_number like '%2%' or exists (select from contracts c where c.id = t.contract_id and c.service_level like '%2%'))`,
        names,
        'count(distinct contract_id)',
      ),
    )
    expect(found.subscriptions ?? 0).toBe(
      await count(
        `subscription_lines t where exists (select from subscriptions s where s.id = t.subscription_id and (s.number like '%2%' or s.name like '%2%'))`,
        names,
        'count(distinct subscription_id)',
      ),
    )
  })

  test('operators narrow what is found as the filters of the lists do', async () => {
    expect(await totals(viewer, 'type:device status:lapsed')).toEqual({
      devices: await count(`devices t where coverage_status = 'lapsed'`, names),
    })
    expect(await totals(viewer, 'type:license status:insufficient')).toEqual(
      nothingAsNone({ licenses: await count(`licenses t where status = 'out_of_compliance'`, names) }),
    )
    const soon = `between '2026-05-06' and '2026-08-04'`
    expect(await totals(viewer, 'expires:<90d')).toEqual(
      nothingAsNone({
        devices: await count(`devices t where coverage_end ${soon}`, names),
        licenses: await count(`licenses t where end_date ${soon}`, names),
        contracts: await count(
          `contract_lines t where exists (select from contracts c where c.id = t.contract_id and c.end_date ${soon})`,
          names,
          'count(distinct contract_id)',
        ),
        subscriptions: await count(
          `subscription_lines t where exists (select from subscriptions s where s.id = t.subscription_id and s.end_date ${soon})`,
          names,
          'count(distinct subscription_id)',
        ),
      }),
    )
  })

  test('what lies outside of the scope is unknown, by search and by paste', async () => {
    const serial = await some(`${inGermany('devices')} and serial_number is not null`, 'serial_number')
    const isSeen = names === null || names.includes('Germany')
    const [best] = await ask(viewer, serial.toLowerCase())
    expect(best?.rows[0]).toEqual(isSeen ? expect.objectContaining({ kind: 'devices', rank: 0 }) : undefined)
    const [here, nowhere] = await lookUp(viewer, [serial, 'NOSUCH00001'])
    expect(here?.found.map(({ kind }) => kind)).toEqual(isSeen ? ['devices'] : [])
    expect(nowhere?.found).toEqual([])
  })
})

const nothingAsNone = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))

test('what is named exactly comes first, in a kind and among the kinds', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const number = await some('contracts t where true', 'number')
  const [first] = await ask(viewer, number)
  expect(first?.kind).toBe('contracts')
  expect(first?.rows[0]).toMatchObject({ title: number, rank: 0 })
})

test('the pages of a kind hold each thing once', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [whole] = await ask(viewer, 'type:device C9300', 1000)
  const ids = new Set<unknown>()
  for (let offset = 0; offset < (whole?.total ?? 0); offset += 50)
    for (const row of (await ask(viewer, 'type:device C9300', 50, offset))[0]?.rows ?? []) ids.add(row.id)
  expect(ids.size).toBe(whole?.total)
})

test('a PAK is found by all of it and by nothing less, in scope only', async () => {
  const [row] = await owner<{ id: number; encrypted: Buffer; key: string }[]>`
    select p.id::int, p.encrypted, p.key_id as key from paks p
    left join virtual_accounts v on v.smart_account_id = p.smart_account_id and v.id = p.virtual_account_id
    join smart_accounts a on a.id = p.smart_account_id where a.domain = ${AURORA} and v.name is distinct from 'APJC' limit 1`
  if (!row) throw new Error('The demo has no PAK.')
  const pak = decryptPak(row.encrypted, row.key, row.id, env().PAK_KEYS)
  const admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const other = await viewerOf(owner, 'va-viewer@aurora.example', AURORA)
  const dashed = `${pak.slice(0, 4)}-${pak.slice(4)}`.toLowerCase()
  expect((await totals(admin, dashed)).paks).toBe(1)
  expect((await totals(admin, pak.slice(0, -1))).paks).toBeUndefined()
  expect((await totals(other, dashed)).paks).toBeUndefined()
  const [known, part] = await lookUp(admin, [dashed, pak.slice(1)])
  expect(known?.found.map(({ kind }) => kind)).toEqual(['paks'])
  expect(part?.found).toEqual([])
  expect((await lookUp(other, [dashed]))[0]?.found).toEqual([])
  expect(JSON.stringify(await lookUp(admin, [dashed]))).not.toContain(pak.slice(0, -4))
})

test('hundreds of identifiers of every kind at once, as they were typed', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const known = {
    devices: await some(`devices t where serial_number is not null`, 'lower(serial_number)'),
    orders: await some(`orders t where web_order_number is not null`, 'web_order_number'),
    contracts: await some('contracts t where true', 'number'),
    subscriptions: await some('subscriptions t where true', 'lower(number)'),
    products: await some('devices t where true', 'lower(pid)'),
    licenses: await some('licenses t where true', 'sku'),
  }
  const odd = [`'; drop table devices --`, `{"a":1}`, 'ünïcode', '%', '\\']
  const typed = [...Object.values(known), ...odd, ...Array.from({ length: 480 }, (_, n) => `UNKNOWN${n}`)]
  const answer = await lookUp(viewer, typed)
  expect(answer.map((one) => one.typed)).toEqual(typed)
  expect(answer.slice(0, 6).map(({ found }) => found[0]?.kind)).toEqual(Object.keys(known))
  expect(answer.slice(6).flatMap(({ found }) => found)).toEqual([])
})

test('from an order, a device and a SKU to the license, and why it cannot be used', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [sample] = await owner<
    { order: string; license: number; sku: string }[]
  >`select o.number as order, l.id::int as license, l.sku from license_terms t
    join order_lines n on n.smart_account_id = t.smart_account_id and n.id = t.order_line_id
    join orders o on o.smart_account_id = n.smart_account_id and o.id = n.order_id
    join licenses l on l.smart_account_id = t.smart_account_id and l.id = t.license_id
    join smart_accounts a on a.id = t.smart_account_id where a.domain = ${AURORA} and l.status = 'out_of_compliance' limit 1`
  if (!sample) throw new Error('The demo has no order of an insufficient license.')
  const byOrder = (await findLicenses(viewer, sample.order)).leads.find(({ id }) => id === sample.license)
  expect(byOrder).toMatchObject({ way: 'order', via: sample.order, isBlocked: true })
  expect(byOrder?.why.join(' ')).toMatch(/too few/)
  expect(byOrder?.next.length).toBeGreaterThan(0)
  const bySku = await findLicenses(viewer, sample.sku.toLowerCase())
  expect(bySku.leads.map(({ id }) => id)).toContain(sample.license)
  const serial = await some(
    `devices t where serial_number is not null and exists (select from license_use u where u.smart_account_id = t.smart_account_id and u.device_id = t.id)`,
    'serial_number',
  )
  expect((await findLicenses(viewer, serial)).leads[0]).toMatchObject({ way: 'device' })
  expect(await findLicenses(viewer, 'NOSUCH')).toEqual({ leads: [], isCut: false })
})

test('licenses in Virtual Accounts of others are not found by what leads to them', async () => {
  const sku = await some(inGermany('licenses'), 'sku')
  const seen = await findLicenses(await viewerOf(owner, 'va-viewer@aurora.example', AURORA), sku)
  const own = await count(`licenses t where sku = '${sku}'`, ['APJC'])
  expect(seen.leads).toHaveLength(own)
  expect(seen.leads.every(({ place }) => place.endsWith('APJC'))).toBe(true)
})
