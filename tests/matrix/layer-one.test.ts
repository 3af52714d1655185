import { isDeepStrictEqual } from 'node:util'
import postgres from 'postgres'
import { type Client, connect } from '@/db/client'
import { sql } from '@/lib/access/database'
import { serveWith } from '../support/server-settings'
import { type Listed, nameOf } from './ask-tables'
import { firstDifference } from './first-difference'
import { facetColumn, type ListQuery, listQueries } from './list-queries'
import { askAll, askedIn, type Things, thingsOf } from './observe'
import { DOMAINS, everybody, NOW, seesAssets } from './people'
import { rules } from './rules'
import { openScene, type Scene } from './scene'
import { type Places, readPlaces, type Sight, sightOf } from './sight'
import { withoutSearchPolicy } from './walls'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

let scene: Scene
let things: Things
let places: Places
/** What everybody got with both walls standing. */
const seen = new Map<string, unknown>()
const kept = globalThis as typeof globalThis & { licenseCentralPool?: Client }

beforeAll(async () => {
  serveWith({ DEMO: '1', DEMO_NOW: NOW })
  scene = await openScene(800)
  serveWith({ DATABASE_URL: scene.appUrl })
  things = await thingsOf(scene.owner)
  places = await readPlaces(scene.owner)
}, 120_000)
afterAll(async () => {
  await sql().end()
  await scene.drop()
})

const emails = everybody.map(({ email }) => email)

describe('with both walls', () => {
  test.each(emails)('%s gets what the contract gives', async (email) => {
    const somebody = everybody.find((one) => one.email === email)
    if (!somebody) throw new Error(email)
    await askAll(scene.owner, things, email, (what, value) => {
      seen.set(what, value)
    })
    const sight = await sightOf(scene.owner, places, somebody)
    for (const domain of DOMAINS) {
      const isIn = typeof seen.get(`${email} ${domain} viewer`) === 'object'
      expect([domain, isIn]).toEqual([domain, seesAssets(somebody, domain)])
      if (isIn) await expectAccount(email, domain, sight)
    }
    expect(typeof seen.get(`${email} missing.example viewer`)).not.toBe('object')
  })
})

async function expectAccount(email: string, domain: string, sight: Sight): Promise<void> {
  const get = (what: string) => seen.get(`${email} ${domain} ${what}`)
  // What was shared with a person is for the User View; lists of the account go by roles.
  const scope = { ...sight, devices: [] }
  const inAccount = (table: string) =>
    `(${rules[table]?.(scope)}) and t.smart_account_id = ${places.accounts.get(domain)}`
  for (const list of listQueries(things.virtualAccounts[domain] ?? [], things.contract)) {
    const found = get(nameOf(list))
    if (found) await expectList(nameOf(list), found as Listed, list, inAccount(list.table))
  }
  const visible = await idsOf('devices', inAccount('devices'))
  const asked = askedIn(things.devices, domain).filter((id) => get(`device ${id}`) !== undefined)
  for (const id of asked) expect([id, get(`device ${id}`) !== null]).toEqual([id, visible.includes(id)])
  expect(asked.length).toBeGreaterThan(5)
  const overview = get('overview') as { devices: { total: number }; licenses: { total: number }; assignment: unknown }
  expect(overview.devices.total).toBe(visible.length)
  expect(overview.licenses.total).toBe((await idsOf('licenses', inAccount('licenses'))).length)
  const account = places.accounts.get(domain) ?? 0
  expect(overview.assignment !== null).toBe(sight.administered.includes(account))
}

const idsOf = async (table: string, where: string): Promise<number[]> =>
  (await scene.owner.unsafe<{ id: number }[]>(`select t.id from ${table} t where ${where}`)).map(({ id }) => id)

/** Total, rows and facets, each counted once more. */
async function expectList(what: string, found: Listed, { table, where }: ListQuery, scope: string): Promise<void> {
  const under = (names: string[]) => [scope, ...names.map((name) => where[name])].map((sql) => `(${sql})`).join(' and ')
  const ids = await idsOf(table, under(Object.keys(where)))
  expect([what, found.total]).toEqual([what, ids.length])
  const unknown = found.ids.filter((id) => !ids.includes(id))
  expect([what, unknown, new Set(found.ids).size]).toEqual([what, [], found.ids.length])
  for (const [facet, counts] of Object.entries(found.facets)) {
    const column = facetColumn(table, facet)
    if (!column) throw new Error(`${what}: say what the facet ${facet} counts by.`)
    const others = Object.keys(where).filter((name) => name !== facet)
    const rows = await scene.owner.unsafe<{ value: string; n: number }[]>(
      `select ${column} as value, count(*)::int as n from ${table} t where ${under(others)} group by 1`,
    )
    expect([what, facet, counts]).toEqual([what, facet, Object.fromEntries(rows.map(({ value, n }) => [value, n]))])
  }
}

describe('with the first wall alone', () => {
  beforeAll(async () => {
    await sql().end()
    await withoutSearchPolicy(scene.owner)
    kept.licenseCentralPool = connect(scene.ownerUrl)
  })

  test('the rows of everybody are in reach of the connection', async () => {
    const superuser = postgres(scene.ownerUrl, { max: 1 })
    const [row] = await superuser`select count(distinct smart_account_id)::int as n from devices`
    await superuser.end()
    expect(row?.['n']).toBe(DOMAINS.length)
  })

  test.each(emails)('%s gets the same', async (email) => {
    const different: string[] = []
    await askAll(scene.owner, things, email, (what, value) => {
      if (!isDeepStrictEqual(value, seen.get(what)))
        different.push(`${what}: ${firstDifference(seen.get(what), value)}`)
    })
    expect(different).toEqual([])
  })
})
