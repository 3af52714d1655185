import { getTableName } from 'drizzle-orm'
import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { tables } from '@/lib/resources/all'
import { countTable } from '@/lib/table/counts'
import type { Layout } from '@/lib/table/layout'
import { readTable } from '@/lib/table/load'
import { neighbours } from '@/lib/table/neighbours'
import { type Params, parseTable } from '@/lib/table/parse'
import { planningOfCounts } from '@/lib/table/plans'
import { facetNames, type Resource } from '@/lib/table/resource'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { readBy } from '../support/few-connections'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.mock('@/db/kept-shapes', () => ({ keptShapes: () => () => true }))

// What every table keeps, whatever it shows: a new one is held to it by standing in lib/resources/all.ts.

const PEOPLE = ['admin@aurora.example', 'va-admin@aurora.example'] as const
const DAY = '2026-05-06'
const SIZE = 250
const NO_COLUMNS: Layout = { columns: [], density: 'default' }

let demo: DemoScene
let owner: postgres.Sql
const viewers = new Map<string, Viewer>()

beforeAll(async () => {
  demo = await openDemo(700)
  owner = demo.owner
  readBy(2, demo.database.appUrl)
  for (const email of PEOPLE) viewers.set(email, await viewerOf(owner, email, 'aurora.example'))
}, 120_000)
afterAll(() => closeDemo(demo))

const viewerNamed = (email: string): Viewer => {
  const viewer = viewers.get(email)
  if (!viewer) throw new Error(`No viewer ${email}`)
  return viewer
}

const nameOf = (column: { name: string } | undefined) =>
  (column?.name ?? '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Rows that touch any number of Virtual Accounts instead of being in one. */
const touchesMany = ({ virtualAccount }: Resource) => virtualAccount?.name === 'virtualAccountIds'

/** The rows of a person, in plain SQL that shares nothing with the product's. */
function ownRows(resource: Resource, { account, scope }: Viewer): string {
  const mine = `smart_account_id = ${account.id}`
  if (scope.kind === 'account') return mine
  const ids = scope.ids.join(', ')
  return touchesMany(resource)
    ? `${mine} and virtual_account_ids && array[${ids}]::bigint[]`
    : `${mine} and virtual_account_id in (${ids})`
}

async function idsBySql(resource: Resource, viewer: Viewer, sort: string, descending: boolean): Promise<number[]> {
  const { column, tie } = resource.columns[sort] ?? {}
  const way = descending ? 'desc' : 'asc'
  const order = [
    `${nameOf(column)} ${way} nulls last`,
    ...(tie ? [`${nameOf(tie.column)} ${way}`] : []),
    `${nameOf(resource.id)} ${way}`,
  ]
  const rows = await owner.unsafe(
    `select ${nameOf(resource.id)} as id from ${getTableName(resource.table)} where ${ownRows(resource, viewer)} order by ${order.join(', ')}`,
  )
  return rows.map(({ id }) => Number(id))
}

function queryOf(resource: Resource, params: Params) {
  const { query, problems } = parseTable(resource, params)
  expect(problems).toEqual([])
  return query
}

async function ask(resource: Resource, viewer: Viewer, params: Params) {
  const query = queryOf(resource, params)
  const asked = { resource, viewer, query, day: today(), layout: NO_COLUMNS, facets: facetNames(resource) }
  const { counts, rows } = await asUser(
    viewer,
    (reader, allAsked) => readTable(reader, asked, allAsked),
    planningOfCounts(resource, query),
  )
  return { counts, ids: rows.map(({ id }) => Number(id)) }
}

/** Every page of a list, one after the other. */
async function allPages(resource: Resource, viewer: Viewer, params: Params): Promise<number[]> {
  const { counts, ids } = await ask(resource, viewer, { ...params, size: String(SIZE) })
  for (let page = 2; (page - 1) * SIZE < counts.total; page++)
    ids.push(...(await ask(resource, viewer, { ...params, size: String(SIZE), page: String(page) })).ids)
  return ids
}

/** By what a facet's values are told apart, in plain SQL. */
function valueBySql(resource: Resource, name: string): string {
  const bands = resource.bands[name]
  if (!bands)
    return name === 'va' ? `coalesce(virtual_account_id::text, 'none')` : nameOf(resource.columns[name]?.column)
  const column = nameOf(resource.columns[bands.of]?.column)
  const cases = Object.entries(bands.bands).map(([value, { from = -99_999, to = 99_999, none }]) =>
    none
      ? `when ${column} is null then '${value}'`
      : `when ${column} - date '${DAY}' between ${from} and ${to} then '${value}'`,
  )
  return `case ${cases.join(' ')} end`
}

/** What stands beside the first, the middle and the last rows of a list, as it is found and as the list has it. */
async function besideEach(resource: Resource, viewer: Viewer, params: Params) {
  const list = await allPages(resource, viewer, params)
  const { query } = parseTable(resource, params)
  const places = [0, 1, Math.floor(list.length / 2), list.length - 2, list.length - 1].filter((at) => at in list)
  const beside = (at: number) =>
    asUser(viewer, (reader) => neighbours(reader, resource, viewer, query, today(), list[at] ?? 0))
  return {
    found: await Promise.all(places.map(beside)),
    wanted: places.map((at) => ({ previous: list[at - 1] ?? null, next: list[at + 1] ?? null })),
  }
}

const sortsOf = ({ columns }: Resource) =>
  Object.entries(columns).flatMap(([name, column]) => ('unsorted' in column ? [] : [name]))

const facetsOf = (resource: Resource) => [
  ...Object.entries(resource.columns).flatMap(([name, { filter }]) => (filter === 'facet' ? [name] : [])),
  ...Object.keys(resource.bands),
]
/** Those by which a row has one value, the same for everybody. */
const singleFacets = (resource: Resource) =>
  facetsOf(resource).filter((name) => !(resource.columns[name]?.keyed || (name === 'va' && touchesMany(resource))))
const everyTable = Object.entries(tables)

describe.each(everyTable)('%s', (_, resource) => {
  const table = getTableName(resource.table)

  test.each(sortsOf(resource))(
    'sorted by %s, both ways: every row once, in one order, what is not known last',
    async (sort) => {
      const viewer = viewerNamed('admin@aurora.example')
      for (const way of ['', '-']) {
        const found = await allPages(resource, viewer, { sort: `${way}${sort}` })
        expect(found).toEqual(await idsBySql(resource, viewer, sort, way === '-'))
      }
    },
    60_000,
  )

  test.each(PEOPLE)('%s sees their own rows, no other, and is told how many', async (email) => {
    const viewer = viewerNamed(email)
    const { defaultSort } = resource
    const rows = await idsBySql(resource, viewer, defaultSort.replace('-', ''), defaultSort.startsWith('-'))
    const { counts } = await ask(resource, viewer, {})
    expect(counts.total).toBe(rows.length)
    expect(await allPages(resource, viewer, {})).toEqual(rows)
  })

  test.each(singleFacets(resource))(
    'each choice of %s, counted and taken, is what plain SQL says, alone and under every other facet',
    async (name) => {
      const viewer = viewerNamed('va-admin@aurora.example')
      const value = valueBySql(resource, name)
      const all = (await ask(resource, viewer, {})).counts.total
      for (const other of singleFacets(resource).filter((facet) => facet !== name)) {
        const [most] = await owner.unsafe(
          `select ${valueBySql(resource, other)} as v from ${table} where ${ownRows(resource, viewer)} group by 1 having ${valueBySql(resource, other)} <> '' order by count(*) desc limit 1`,
        )
        if (!most) continue
        const filtered = { [other]: [String(most['v'])] }
        const { counts } = await ask(resource, viewer, filtered)
        const rows = await owner.unsafe(
          `select ${value} as v, count(*)::int as n from ${table} where ${ownRows(resource, viewer)} and ${valueBySql(resource, other)} = '${most['v']}' group by 1`,
        )
        expect(counts.facets[name] ?? {}).toEqual(Object.fromEntries(rows.map(({ v, n }) => [v, n])))
        const [some] = rows.filter(({ v }) => v !== '')
        if (!some) continue
        const both = await ask(resource, viewer, { ...filtered, [name]: [some['v']] })
        expect(both.counts).toMatchObject({ total: some['n'], all })
      }
    },
    60_000,
  )

  test('what the menus count alone is what is counted beside all other filters', async () => {
    const viewer = viewerNamed('va-admin@aurora.example')
    const [range] = Object.keys(resource.columns).filter((name) => resource.columns[name]?.filter === 'range')
    const { counts } = await ask(resource, viewer, {})
    const chosen = Object.entries(counts.facets).map(([name, values]) => ({ [name]: Object.keys(values).slice(0, 2) }))
    const further = [{ q: 'a1' }, { q: 'a' }, ...(range ? [{ [range]: '2020-01-01..2030-12-31' }] : [])]
    const lists: Params[] = [
      {},
      ...chosen,
      ...further,
      ...further.flatMap((one) => chosen.map((two) => ({ ...one, ...two }))),
    ]
    for (const params of lists) {
      const count = (names?: readonly string[]) =>
        asUser(viewer, (reader) => countTable(reader, resource, viewer, queryOf(resource, params), today(), names))
      const { facets, ...whole } = await count()
      const menus = Object.fromEntries(
        resource.promoted.flatMap((name) => (facets[name] ? [[name, facets[name]]] : [])),
      )
      expect({ params, ...(await count(resource.promoted)) }).toEqual({ params, ...whole, facets: menus })
      expect({ params, ...(await count([])) }).toEqual({ params, ...whole, facets: {} })
    }
  }, 60_000)

  test('each way back and forth from a row is the row beside it in the list', async () => {
    const viewer = viewerNamed('va-admin@aurora.example')
    const [facet = ''] = facetsOf(resource)
    const [most] = await owner.unsafe(
      `select ${valueBySql(resource, facet)} as v from ${table} where ${ownRows(resource, viewer)} group by 1 order by count(*) desc limit 1`,
    )
    const lists: Params[] = [{}, { [facet]: [String(most?.['v'])] }]
    const sorts = sortsOf(resource).flatMap((name) => [name, `-${name}`])
    for (const params of lists.flatMap((list) => sorts.map((sort) => ({ ...list, sort })))) {
      const { found, wanted } = await besideEach(resource, viewer, params)
      expect({ params, beside: found }).toEqual({ params, beside: wanted })
    }
  }, 120_000)

  test('% and _ are letters like any other', async () => {
    const viewer = viewerNamed('admin@aurora.example')
    for (const q of ['%', '%%%', '___', '_%_', '%_%', '\\\\\\']) {
      expect({ q, total: (await ask(resource, viewer, { q })).counts.total }).toEqual({ q, total: 0 })
    }
  })

  test('what is no column, no value and no range is refused', () => {
    const facet = facetsOf(resource).find((name) => resource.columns[name]?.values)
    const range = Object.keys(resource.columns).find((name) => resource.columns[name]?.filter === 'range')
    expect(parseTable(resource, { sort: 'id; drop table devices' }).problems).toHaveLength(1)
    expect(parseTable(resource, { sort: 'constructor' }).problems).toHaveLength(1)
    if (facet) expect(parseTable(resource, { [facet]: 'nothing of the kind' }).problems).toHaveLength(1)
    if (range) expect(parseTable(resource, { [range]: '2026-12-31..2026-01-01' }).problems).toHaveLength(1)
  })
})

test('there are tables to hold to it', () => {
  expect(everyTable.map(([name]) => name)).toContain('devices')
})
