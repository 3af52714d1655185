/** @jest-environment node */
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { loadEvent } from '@/lib/resources/event-detail'
import { eventNames } from '@/lib/resources/event-names'
import { eventLog, events } from '@/lib/resources/events'
import { countTable } from '@/lib/table/counts'
import { loadTable } from '@/lib/table/load'
import { type Params, parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
/** A person, and the Virtual Accounts that they see by name; null = the whole account. */
const PERSONAS: [email: string, names: string[] | null][] = [
  ['admin@aurora.example', null],
  ['viewer@aurora.example', null],
  ['va-admin@aurora.example', ['EMEA', 'Germany', 'France']],
  ['va-user@aurora.example', ['Germany']],
  ['va-viewer@aurora.example', ['APJC']],
  ['partner2@ember.example', ['EMEA']],
]

let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  demo = await openDemo(600)
  owner = demo.owner
  await addEvents()
}, 120_000)
afterAll(() => closeDemo(demo))

/** Many events, each of one, two, three or no Virtual Accounts, by everybody, on 40 days. */
async function addEvents(): Promise<void> {
  await owner`insert into events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
    select a.id, timestamptz '2026-03-01T00:30Z' + n * interval '17 minutes',
      (array['devices.assigned', 'devices.imported', 'orders.shared'])[1 + n % 3],
      case when n % 5 = 0 then 'operator' else 'person' end::actor_kind,
      case when n % 5 = 0 then null else (select id from users order by id offset n % 4 limit 1) end,
      case when n % 2 = 0 then 'device' else 'order' end, null,
      (select coalesce(array_agg(v.id), '{}') from (
        select id from virtual_accounts v where v.smart_account_id = a.id order by (v.id * (n % 11 + 3)) % 7 limit n % 4) v),
      '{}', case when n % 50 = 0 then 'Agreed with the 100% team_' else '' end
    from smart_accounts a, generate_series(1, 3300) n where a.domain = ${AURORA}`
}

/** The events of the account that somebody with these Virtual Accounts may see, by plain SQL. */
const seen = (names: string[] | null, where = 'true') => owner<{ seq: string; places: string[] }[]>`
  select t.seq, t.virtual_account_ids as places from events t
  where t.smart_account_id = (select id from smart_accounts where domain = ${AURORA}) and ${owner.unsafe(where)} ${
    names
      ? owner`and exists (select from virtual_accounts v where v.smart_account_id = t.smart_account_id
          and v.id = any (t.virtual_account_ids) and v.name in ${owner(names)})`
      : owner``
  } order by t.at desc, t.seq desc`

const counted = (viewer: Viewer, params: Params) => {
  const { query, problems } = parseTable(events, params)
  expect(problems).toEqual([])
  return asUser(viewer, (reader) => countTable(reader, events, viewer, query, today()))
}
const sum = (counts: Record<string, number> = {}) => Object.values(counts).reduce((all, n) => all + n, 0)
const page = async (viewer: Viewer, params: Params) =>
  (await loadTable(viewer, eventLog(await eventNames(viewer, params)), params, '/events')).view

describe.each(PERSONAS)('%s', (email, names) => {
  let viewer: Viewer
  beforeAll(async () => {
    viewer = await viewerOf(owner, email, AURORA)
  })

  test('sees their events, newest first, and is told how many', async () => {
    const all = await seen(names)
    expect(all.length).toBeGreaterThan(250)
    const view = await page(viewer, { size: '250', page: '2' })
    expect(view.total).toBe(all.length)
    expect(view.ids).toEqual(all.slice(250, 500).map(({ seq }) => Number(seq)))
  })

  test('counts what plain SQL counts, from the rollup and row by row, alone and under other filters', async () => {
    const cases: [Params, string][] = [
      [{ type: 'devices.assigned' }, `type = 'devices.assigned'`],
      [{ user: ['operator', 'system'] }, `actor_kind in ('operator', 'system')`],
      [
        { date: '2026-03-05..2026-03-09', thing: 'device' },
        `(at at time zone 'UTC')::date between '2026-03-05' and '2026-03-09' and subject = 'device'`,
      ],
      [{ q: '100% TEAM_' }, `note ilike '%100\\% team\\_%'`],
      [{ q: '100% team_', type: 'orders.shared' }, `note <> '' and note like 'Agreed%' and type = 'orders.shared'`],
    ]
    for (const [params, where] of cases) {
      const { total, facets } = await counted(viewer, params)
      expect([params, total]).toEqual([params, (await seen(names, where)).length])
      for (const facet of ['type', 'user', 'thing'].filter((name) => !(name in params)))
        expect([params, facet, sum(facets[facet])]).toEqual([params, facet, total])
    }
  })

  test.each([
    [{}, 'true'],
    [{ type: 'devices.imported' }, `type = 'devices.imported'`],
    [{ q: '100% team_' }, `note like 'Agreed%'`],
  ])('a Virtual Account has the events that touch it, however many others they touch: %j', async (params, where) => {
    const { facets } = await counted(viewer, params)
    const ids = viewer.virtualAccounts.map(({ id }) => String(id))
    const wanted: Record<string, number> = {}
    for (const id of [...ids, ...(names ? [] : ['none'])]) {
      const touched = id === 'none' ? `virtual_account_ids = '{}'` : `${id} = any (virtual_account_ids)`
      const rows = await seen(names, `${where} and ${touched}`)
      expect([id, (await counted(viewer, { ...params, va: id })).total]).toEqual([id, rows.length])
      if (rows.length > 0) wanted[id] = rows.length
    }
    expect(facets['va']).toEqual(wanted)
  })

  test('a text is told to find no more of them than it does', async () => {
    const { rollup } = events.search(viewer, 'import')
    const [row] = await asUser(viewer, (reader) => reader.execute(sql`select (${rollup}) as n`))
    const { total } = await counted(viewer, { q: 'import' })
    expect(total).toBeGreaterThan(50)
    expect(Number(row?.['n'])).toBeGreaterThan(50)
    expect(Number(row?.['n'])).toBeLessThanOrEqual(total)
  })

  test('a page names what its events are about as the events themselves do', async () => {
    const { query } = parseTable(events, {})
    for (const type of Object.keys((await counted(viewer, {})).facets['type'] ?? {})) {
      const { ids, cells, columns } = await page(viewer, { type, size: '25' })
      const place = columns.findIndex(({ name }) => name === 'details')
      for (const [index, seq] of ids.slice(0, 3).entries())
        expect([seq, cells[index]?.[place]]).toEqual([seq, (await loadEvent(viewer, seq, query, 1))?.sentence])
    }
    const created = await page(viewer, { type: 'virtual-accounts.created' })
    expect(created.cells.flat()).toContainEqual(expect.stringMatching(/^Created the Virtual Account ./))
  })

  test('an event opens where it is in the list, and is not there for anybody else', async () => {
    const { query } = parseTable(events, {})
    const mine = (await seen(names)).map(({ seq }) => Number(seq))
    for (const { seq } of await seen(null, 'seq % 97 = 1'))
      expect([seq, (await loadEvent(viewer, Number(seq), query, 1)) !== null]).toEqual([
        seq,
        mine.includes(Number(seq)),
      ])
    const detail = await loadEvent(viewer, mine[1] ?? 0, query, 1)
    expect(detail?.neighbours).toEqual({ previous: mine[0], next: mine[2] })
    expect(detail?.hash !== null).toBe(names === null)
  })
})

test('the rollup says what a recount says', async () => {
  const difference = await owner`
    with truth as (select smart_account_id, type, actor, subject, day, (select coalesce(array_agg(distinct v order by v), '{}') from unnest(virtual_account_ids) v) as places, count(*) as n
        from events group by 1, 2, 3, 4, 5, 6),
      kept as (select smart_account_id, type, actor, subject, day, virtual_account_ids, n from event_cube)
    (select * from truth except select * from kept) union all (select * from kept except select * from truth)`
  expect([...difference]).toEqual([])
})

test('names are told to whom the account lets know them', async () => {
  const admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const partner = await viewerOf(owner, 'partner2@ember.example', AURORA)
  const names = async (viewer: Viewer) => [...(await eventNames(viewer, {})).people.values()]
  expect((await names(admin)).some((name) => name === admin.name)).toBe(true)
  const told = (await names(partner)).filter((name) => !name.startsWith('Somebody of another organization'))
  expect(told.filter((name) => name !== partner.name)).toEqual([])
  const view = await page(partner, { size: '250', q: 'devices' })
  expect(JSON.stringify(view)).not.toContain(admin.name)
})

test('the log of a device is what was done to it, and leads nobody to a device that they do not see', async () => {
  const [row] = await owner<{ id: string; seq: string; name: string }[]>`
    select i.subject_id as id, e.seq, v.name from change_items i join events e using (smart_account_id, change_set_id)
    join devices d on d.id = i.subject_id join virtual_accounts v on v.id = d.virtual_account_id
    where e.type = 'devices.assigned' and v.name = 'Germany' and e.smart_account_id = (select id from smart_accounts where domain = ${AURORA})
    limit 1`
  const about = `device:${row?.id}`
  const admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const found = await page(admin, { about })
  expect(found.ids).toContain(Number(row?.seq))
  expect(found.chips[0]?.values[0]?.text).toMatch(/^Device ./)
  expect(found.cells.flat().some((cell) => cell.includes(' from DEFAULT to Germany'))).toBe(true)
  const user = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  expect((await page(user, { about })).ids).toContain(Number(row?.seq))
  const other = await viewerOf(owner, 'va-viewer@aurora.example', AURORA)
  expect((await page(other, { about })).total).toBe(0)
  expect(parseTable(events, { about: 'device' }).problems).toHaveLength(1)
})

test('an event shows a page of its changes with before and after, of things in scope', async () => {
  const admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [row] = await owner<{ seq: string; n: number }[]>`
    select e.seq, count(*)::int as n from events e join change_items i using (smart_account_id, change_set_id)
    where e.type = 'devices.assigned' and e.smart_account_id = ${admin.account.id} group by 1 order by 2 desc limit 1`
  const { query } = parseTable(events, {})
  const detail = await loadEvent(admin, Number(row?.seq), query, 1)
  expect(detail?.changes.total).toBe(row?.n)
  expect(detail?.changes.rows[0]?.differences).toEqual([
    { label: 'Virtual Account', before: 'DEFAULT', after: expect.stringMatching(/./) },
  ])
  expect((await loadEvent(admin, Number(row?.seq), query, 99))?.changes.rows).toEqual([])
})

test('a filter by a Virtual Account that somebody does not see finds nothing, whatever else their events touch', async () => {
  const viewer = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  const [other] = await owner<{ id: string }[]>`
    select v.id from virtual_accounts v where v.smart_account_id = ${viewer.account.id} and v.name <> 'Germany' and exists (
      select from events e where e.smart_account_id = v.smart_account_id
        and v.id = any (e.virtual_account_ids) and ${viewer.virtualAccounts[0]?.id ?? 0} = any (e.virtual_account_ids)) limit 1`
  expect(other).toBeDefined()
  for (const params of [{}, { q: '1' }, { q: 'devices' }]) {
    const view = await page(viewer, { ...params, va: other?.id })
    expect([view.total, view.ids]).toEqual([0, []])
  }
})
