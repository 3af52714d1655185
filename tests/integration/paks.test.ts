import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { connect } from '@/db/client'
import { getPerson } from '@/lib/access/signed-in'
import { env, type KeyRing } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import { decryptPak } from '@/lib/pak'
import { revealedBy } from '@/lib/paks/form'
import { revealPak, revealSharedPak } from '@/lib/paks/reveal'
import { rotatePaks } from '@/lib/paks/rotate'
import { loadLicense } from '@/lib/resources/license-detail'
import { licenses } from '@/lib/resources/licenses'
import { loadSharedOrders } from '@/lib/sharing/shared-order'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
type Row = {
  id: number
  license: number
  place: string
  line: number
  order: string
  four: string
  encrypted: Buffer
  key: string
}

let demo: DemoScene
let owner: postgres.Sql
let rows: Row[]

beforeAll(async () => {
  demo = await openDemo(1000, { withPaks: true })
  owner = demo.owner
  rows = [
    ...(await owner<
      Row[]
    >`select p.id::int, p.license_id::int as license, v.name as place, p.order_line_id::int as line, o.number as order,
        p.last_four as four, p.encrypted, p.key_id as key
      from paks p join virtual_accounts v on v.id = p.virtual_account_id join order_lines l on l.id = p.order_line_id join orders o on o.id = l.order_id
      where p.smart_account_id = (select id from smart_accounts where domain = ${AURORA}) order by p.id`),
  ]
}, 120_000)
afterAll(() => closeDemo(demo))

const revealed = () => owner<{ note: string; detail: object; subject: string }[]>`
  select note, detail, subject_id as subject from events where type = 'paks.revealed' order by smart_account_id, seq`
const clear = ({ encrypted, key, id }: Row) => decryptPak(encrypted, key, id, env().PAK_KEYS)
const some = () => rows[0] as Row

test('a license tells its PAKs by four characters, and who may reveal them', async () => {
  for (const [email, mayReveal] of [
    ['admin@aurora.example', true],
    ['viewer@aurora.example', false],
  ] as const) {
    const detail = await loadLicense(
      await viewerOf(owner, email, AURORA),
      some().license,
      parseTable(licenses, {}).query,
    )
    const told = detail?.paks.find(({ id }) => Number(id) === some().id)
    expect(told).toMatchObject({ masked: `••••${some().four}`, mayReveal })
    expect(JSON.stringify(detail)).not.toContain(clear(some()))
  }
})

test('who may reveals a PAK, for a reason that stands in the event, without the PAK', async () => {
  const viewer = await viewerOf(owner, 'user@aurora.example', AURORA)
  expect(await revealPak(viewer, some().id, 'Rehost of a router')).toBe(clear(some()))
  const [event] = (await revealed()).slice(-1)
  expect(event).toMatchObject({
    note: 'Rehost of a router',
    detail: { lastFour: some().four },
    subject: String(some().id),
  })
  expect(JSON.stringify(await owner`select * from events`)).not.toContain(clear(some()))
})

test('nobody else does, and nothing is left of it', async () => {
  const before = (await revealed()).length
  const elsewhere = rows.find(({ place }) => place !== 'Germany') as Row
  for (const [email, domain, id] of [
    ['viewer@aurora.example', AURORA, some().id],
    ['va-viewer@aurora.example', AURORA, some().id],
    ['va-user@aurora.example', AURORA, elsewhere.id],
    ['admin@borealis.example', 'borealis.example', some().id],
    ['admin@aurora.example', AURORA, 999_999],
  ] as const)
    await expect(revealPak(await viewerOf(owner, email, domain), id, 'Curiosity')).rejects.toThrow(NotFound)
  // Who assigns in one place and only looks at another one.
  await owner`insert into role_assignments (smart_account_id, user_id, role, virtual_account_id, includes_nested)
    select v.smart_account_id, u.id, 'va_viewer', v.id, false from virtual_accounts v, users u
    where v.name = ${elsewhere.place} and v.smart_account_id = (select id from smart_accounts where domain = ${AURORA}) and u.email = 'va-user@aurora.example'`
  const looking = await viewerOf(owner, 'va-user@aurora.example', AURORA)
  expect(looking.virtualAccounts.map(({ name }) => name)).toContain(elsewhere.place)
  await expect(revealPak(looking, elsewhere.id, 'Curiosity')).rejects.toThrow(NotFound)
  expect(await revealed()).toHaveLength(before)
})

test('without a reason there is none, and not more than 60 an hour', async () => {
  const form = (reason: string) => {
    const data = new FormData()
    data.set('reason', reason)
    return data
  }
  const never = () => Promise.reject(new Error('It was asked for.'))
  expect(await revealedBy(form('  a '), never)).toMatchObject({
    problem: expect.stringMatching(/what you need it for/),
  })
  expect(await revealedBy(form('x'.repeat(301)), never)).toMatchObject({ problem: expect.stringMatching(/at most/) })
  const viewer = await viewerOf(owner, 'admin2@aurora.example', AURORA)
  await owner`insert into rate_limits (key, window_start, attempts)
    values (${`reveal-pak:${viewer.id}`}, to_timestamp(floor(extract(epoch from now()) / 3600) * 3600), 59)`
  const once = (reason: string) => revealPak(viewer, some().id, reason)
  expect(await revealedBy(form('The last one'), once)).toMatchObject({ pak: clear(some()) })
  expect(await revealedBy(form('One too many'), once)).toMatchObject({
    problem: expect.stringMatching(/60 PAKs in this hour/),
  })
})

test('recipients of lines in full may, of assets may not', async () => {
  const share = (email: string, level: string) => owner`
    with s as (insert into order_shares (smart_account_id, order_id, email, level, sent_by, sent_at)
      select l.smart_account_id, l.order_id, ${email}, ${level}::share_level, u.id, '2026-05-01' from order_lines l, users u
      where l.id = ${some().line} and u.email = 'admin@aurora.example' returning *)
    insert into order_share_items (smart_account_id, share_id, order_line_id) select smart_account_id, id, ${some().line} from s`
  await share('recipient@fjord.example', 'lines')
  await share('asset-recipient@fjord.example', 'assets')
  const as = async (email: string) => {
    await signInAs(owner, email)
    return getPerson()
  }
  const person = await as('recipient@fjord.example')
  const [opened] = await loadSharedOrders(person, some().order)
  expect(opened?.order.paks.map(({ id }) => Number(id))).toContain(some().id)
  expect(await revealSharedPak(person, some().id, 'Setting up')).toBe(clear(some()))
  expect((await revealed()).at(-1)).toMatchObject({ note: 'Setting up', detail: { isShared: true } })
  const other = await as('asset-recipient@fjord.example')
  await expect(revealSharedPak(other, some().id, 'Setting up')).rejects.toThrow(NotFound)
  const hidden = rows.find(({ order }) => order !== some().order) as Row
  await expect(revealSharedPak(person, hidden.id, 'Setting up')).rejects.toThrow(NotFound)
})

test('keys are changed while the PAKs are read, and one that is held is waited for', async () => {
  const ring: KeyRing = { activeId: 'k2', keys: new Map([...env().PAK_KEYS.keys, ['k2', randomBytes(32)]]) }
  const client = connect(demo.database.ownerUrl, { max: 2 })
  const expected = new Map(rows.map((row) => [row.id, clear(row)]))
  let isOver = false
  let reads = 0
  const reading = (async () => {
    while (!isOver) {
      for (const { id, encrypted, key } of await owner<
        Row[]
      >`select id::int, encrypted, key_id as key from paks where id in ${owner([...expected.keys()])}`) {
        expect(decryptPak(encrypted, key, id, ring)).toBe(expected.get(id))
        reads++
      }
    }
  })()
  const held = client.begin(async (tx) => {
    await tx`select from paks where id = ${some().id} for update`
    await new Promise((done) => setTimeout(done, 300))
  })
  const done = await rotatePaks(client, ring, { batch: 3 })
  isOver = true
  await Promise.all([reading, held])
  const [left] = await owner<
    { n: number; all: number }[]
  >`select count(*) filter (where key_id <> 'k2')::int as n, count(*)::int as all from paks`
  expect([left?.n, done]).toEqual([0, left?.all])
  expect(reads).toBeGreaterThan(rows.length)
  expect(await rotatePaks(client, ring)).toBe(0)
  await client.end()
})
