import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import type { Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { closeExports } from '@/lib/exporting/copy'
import { readExport, streamTable } from '@/lib/exporting/table-export'
import { coverageFigure, expirationFigure, supportFigure } from '@/lib/overview/figures'
import { rowsOf } from '@/lib/overview/links'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { tables } from '@/lib/resources/all'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog } from '@/lib/resources/events'
import { lookUp } from '@/lib/search/lookup'
import { search } from '@/lib/search/queries'
import { parseTerms } from '@/lib/search/terms'
import { loadTable } from '@/lib/table/load'
import type { Params } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))
jest.setTimeout(120_000)

const AURORA = 'aurora.example'
/** Two partners in one account, and the Virtual Account of each. */
const PARTNERS = [
  ['partner@cobalt.example', 'Americas'],
  ['partner2@ember.example', 'EMEA'],
] as const
type Tab = 'devices' | 'licensing' | 'contracts' | 'subscriptions' | 'orders' | 'events'
const TABS: Tab[] = ['devices', 'licensing', 'contracts', 'subscriptions', 'orders', 'events']

let demo: DemoScene
let owner: Sql
let account: number

beforeAll(async () => {
  demo = await openDemo(1200)
  owner = demo.owner
  const [row] = await owner<{ id: number }[]>`select id::int from smart_accounts where domain = ${AURORA}`
  account = row?.id ?? 0
}, 120_000)
afterAll(async () => {
  await closeExports()
  await closeDemo(demo)
})

/** By plain SQL: the rows of each tab in one Virtual Account. */
const ROWS: Record<Tab, string> = {
  devices: 'select id::int from devices where smart_account_id = $1 and virtual_account_id = $2',
  licensing: 'select id::int from licenses where smart_account_id = $1 and virtual_account_id = $2',
  contracts: 'select id::int from contract_lines where smart_account_id = $1 and virtual_account_id = $2',
  subscriptions: 'select id::int from subscription_lines where smart_account_id = $1 and virtual_account_id = $2',
  orders: `select id::int from orders o where smart_account_id = $1 and exists (select from order_lines l
    where l.smart_account_id = o.smart_account_id and l.order_id = o.id and l.virtual_account_id = $2)`,
  events: 'select seq::int as id from events where smart_account_id = $1 and $2::bigint = any (virtual_account_ids)',
}
async function idsIn(tab: Tab, place: string): Promise<number[]> {
  const [va] = await owner<{ id: number }[]>`
    select id::int from virtual_accounts where smart_account_id = ${account} and name = ${place}`
  const rows = await owner.unsafe<{ id: number }[]>(ROWS[tab], [account, va?.id ?? 0])
  return rows.map(({ id }) => id).sort((a, b) => a - b)
}

/** All pages of a list: its ids, and its menus. */
async function listOf(viewer: Viewer, tab: Tab, params: Params = {}) {
  const resource = tab === 'events' ? eventLog(await eventNames(viewer, params)) : tables[tab]
  if (!resource) throw new Error(`${tab} is no tab.`)
  const ids: number[] = []
  for (let page = 1; ; page++) {
    const { view } = await loadTable(viewer, resource, { ...params, size: '250', page: String(page) }, '/list')
    ids.push(...view.ids)
    if (page >= view.pages) return { ids: ids.sort((a, b) => a - b), total: view.total, menus: view.menus }
  }
}

describe.each(PARTNERS)('%s', (email, place) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, AURORA)
  })

  test.each(TABS)('%s: exactly the rows of their Virtual Account, and no number counts another', async (tab) => {
    const mine = await idsIn(tab, place)
    const all = await listOf(viewer, tab)
    expect([all.total, all.ids]).toEqual([mine.length, mine])
    expect(mine.length).toBeGreaterThan(0)
    for (const { name, choices } of all.menus)
      for (const { value, count } of choices.filter((choice) => choice.count !== undefined).slice(0, 12)) {
        const found = await listOf(viewer, tab, { [name]: value })
        expect([name, value, found.ids.length]).toEqual([name, value, Number(count?.replaceAll(',', ''))])
        expect(found.ids.filter((id) => !mine.includes(id))).toEqual([])
      }
  })

  test.each(TABS)('%s: the export has those rows and no others', async (tab) => {
    const mine = await idsIn(tab, place)
    const csv = await text(await streamTable(viewer, await readExport(viewer, tab, {}), 'csv', 'shown'))
    expect((parse(csv, { bom: true }) as string[][]).length - 1).toBe(mine.length)
    const hidden = await owner<{ word: string }[]>`
      select coalesce(d.serial_number, d.instance_number) as word from devices d join virtual_accounts v on v.id = d.virtual_account_id
      where d.smart_account_id = ${account} and v.name <> ${place}`
    expect(hidden.filter(({ word }) => csv.includes(word))).toEqual([])
  })

  test('search, and identifiers that are pasted', async () => {
    const { terms } = parseTerms('C9300', today())
    const totals = Object.fromEntries(
      (await search(viewer, terms, { offset: 0, size: 5 })).map(({ kind, total }) => [kind, total]),
    )
    const count = async (from: string, what = 'count(*)') =>
      (
        await owner.unsafe<{ n: number }[]>(
          `select ${what}::int as n from ${from} and t.smart_account_id = $1 and t.virtual_account_id = (
            select id from virtual_accounts where smart_account_id = $1 and name = $2)`,
          [account, place],
        )
      )[0]?.n ?? 0
    const none = { devices: 0, licenses: 0, orders: 0, products: 0 }
    expect({ ...none, ...totals }).toEqual({
      devices: await count(
        `devices t where (pid ilike '%C9300%' or description ilike '%C9300%' or name ilike '%C9300%')`,
      ),
      licenses: await count(`licenses t where (name ilike '%C9300%' or sku ilike '%C9300%')`),
      orders: await count(`order_lines t where pid ilike '%C9300%'`, 'count(distinct order_id)'),
      products: await count(`devices t where pid ilike '%C9300%'`, 'count(distinct pid)'),
    })
    const serials = await owner<{ serial: string; place: string }[]>`
      select distinct on (v.name) d.serial_number as serial, v.name as place from devices d
      join virtual_accounts v on v.id = d.virtual_account_id where d.smart_account_id = ${account} and d.serial_number is not null`
    const pasted = await lookUp(
      viewer,
      serials.map(({ serial }) => serial),
    )
    expect(pasted.map(({ found }) => found.length > 0)).toEqual(serials.map((one) => one.place === place))
  })

  test('the figures of the Overview add up to what is theirs', async () => {
    const read = await readOverview(viewer, parseOverview({}).state)
    const { state } = parseOverview({})
    const sum = (values: { value: number }[]) => values.reduce((total, { value }) => total + value, 0)
    const devices = (await idsIn('devices', place)).length
    expect(coverageFigure(read, state.coverage, rowsOf(AURORA)).total.value).toBe(devices)
    const support = supportFigure(read, rowsOf(AURORA))
    expect(sum([...support.rows.flatMap(({ values }) => values), support.unknown])).toBe(devices)
    const expirations = expirationFigure(read, state, rowsOf(AURORA)).rows
    const column = (at: number) => sum(expirations.flatMap(({ values }) => values[at] ?? []))
    expect([column(0), column(1)]).toEqual([
      (await idsIn('contracts', place)).length,
      (await idsIn('subscriptions', place)).length,
    ])
    const [owned] = await owner<{ quantity: number; licenses: number }[]>`
      select sum(l.quantity)::int as quantity, count(*)::int as licenses from licenses l join virtual_accounts v on v.id = l.virtual_account_id
      where l.smart_account_id = ${account} and v.name = ${place}`
    expect([read.licenses.quantity, read.licenses.total]).toEqual([owned?.quantity, owned?.licenses])
  })
})

test.each(TABS)('%s: of what one of the two sees alone the other one sees nothing', async (tab) => {
  const [one, other] = await Promise.all(PARTNERS.map(([, place]) => idsIn(tab, place)))
  const both = one?.filter((id) => other?.includes(id)) ?? []
  // An order or an event may reach into both; a thing is in one place.
  if (tab !== 'orders' && tab !== 'events') expect(both).toEqual([])
  for (const [index, [email]] of PARTNERS.entries()) {
    const { ids } = await listOf(await viewerOf(owner, email, AURORA), tab)
    const theirs = [one, other][1 - index]?.filter((id) => !both.includes(id))
    expect(ids.filter((id) => theirs?.includes(id))).toEqual([])
  }
})
