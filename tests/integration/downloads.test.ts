import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type postgres from 'postgres'
import { demoBytes } from '@/db/seed/demo-files'
import { getPerson } from '@/lib/access/signed-in'
import { unzipped } from '@/lib/changes/unzipped'
import { answerFile } from '@/lib/delivery/answer'
import { downloadOfOrder, fileAsked } from '@/lib/delivery/download'
import { filesTogether } from '@/lib/delivery/rules'
import { downloadOfShared } from '@/lib/delivery/shared-files'
import { store } from '@/lib/delivery/store'
import { loadOrder } from '@/lib/resources/order-detail'
import { loadSharedOrders } from '@/lib/sharing/shared-order'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { signInAs, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
type Row = { id: string; number: string; kind: string; title: string; key: string; bytes: number; sha256: string }

let demo: DemoScene
let owner: postgres.Sql
/** Each document of an order that has most kinds of them. */
let rows: Row[]
let number: string

beforeAll(async () => {
  demo = await openDemo(1000)
  owner = demo.owner
  const [order] = await owner<{ id: string; number: string }[]>`select o.id, o.number from orders o
    join order_lines l on l.order_id = o.id join documents d on d.order_line_id = l.id
    where o.smart_account_id = (select id from smart_accounts where domain = ${AURORA})
    group by o.id, o.number having count(distinct l.id) > 1 order by count(distinct d.kind) desc, count(*) desc limit 1`
  number = order?.number ?? ''
  rows = await owner<Row[]>`select d.id, ${number} as number, d.kind, d.title, d.storage_key as key, d.bytes, d.sha256
    from documents d join order_lines l on l.id = d.order_line_id where l.order_id = ${order?.id ?? 0} order by l.id, d.id`
}, 120_000)
afterAll(() => closeDemo(demo))

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  new Request('http://here.example/', { method, headers })
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = async (answer: Response | null) => new Uint8Array(await (answer as Response).arrayBuffer())
const download = async (email: string, file: string, request = ask(), of = number) =>
  downloadOfOrder(request, await viewerOf(owner, email, AURORA), of, file)
const downloads = async () =>
  owner<{ seq: string; actor: string; subject: string; places: string[]; detail: Record<string, number[]> }[]>`
    select seq, actor_user_id as actor, subject_id as subject, virtual_account_ids as places, detail from events
    where type = 'documents.downloaded' order by smart_account_id, seq`

test('behind every row of the demo there are the bytes that it tells of', async () => {
  const all = await owner<{ key: string; bytes: number; sha256: string }[]>`
    select storage_key as key, bytes, sha256 from documents union all select storage_key, bytes, sha256 from legal_documents`
  expect(all.length).toBeGreaterThan(200)
  for (const { key, bytes, sha256 } of all) {
    const made = demoBytes(key)
    expect({ key, bytes: made?.length, sha256: made && sumOf(made) }).toEqual({ key, bytes, sha256 })
  }
  const kinds = await owner`select distinct kind from documents order by 1`
  expect(kinds.map(({ kind }) => kind)).toEqual(['license_certificate', 'license_key', 'software', 'packing_list'])
})

test('a document comes whole, with its checksum, under a safe name, and with one event', async () => {
  const [row] = rows
  const before = (await downloads()).length
  const answer = await download('viewer@aurora.example', `document-${row?.id}`)
  expect(answer?.status).toBe(200)
  expect(answer?.headers.get('content-length')).toBe(String(row?.bytes))
  expect(answer?.headers.get('etag')).toBe(`"${row?.sha256}"`)
  expect(answer?.headers.get('repr-digest')).toBe(
    `sha-256=:${Buffer.from(row?.sha256 ?? '', 'hex').toString('base64')}:`,
  )
  expect(answer?.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[^"/\\:]+\.pdf"; filename\*=UTF-8''/,
  )
  const bytes = await bytesOf(answer)
  expect([sumOf(bytes), Buffer.from(bytes.subarray(0, 5)).toString()]).toEqual([row?.sha256, '%PDF-'])
  const events = await downloads()
  expect(events).toHaveLength(before + 1)
  expect(events.at(-1)?.detail).toEqual({ documentIds: [Number(row?.id)], termsIds: [] })
})

test('a download that breaks off goes on where it was, and is one event', async () => {
  const big = rows.find(({ kind }) => kind === 'software') as Row
  const before = (await downloads()).length
  const file = `document-${big.id}`
  const head = await download('viewer@aurora.example', file, ask({}, 'HEAD'))
  expect([head?.status, head?.headers.get('content-length'), (await downloads()).length]).toEqual([
    200,
    String(big.bytes),
    before,
  ])
  const first = await bytesOf(await download('viewer@aurora.example', file, ask({ range: 'bytes=0-299999' })))
  const etag = `"${big.sha256}"`
  const rest = await download('viewer@aurora.example', file, ask({ range: 'bytes=300000-', 'if-range': etag }))
  expect([rest?.status, rest?.headers.get('content-range')]).toEqual([
    206,
    `bytes 300000-${big.bytes - 1}/${big.bytes}`,
  ])
  expect(sumOf(Buffer.concat([first, await bytesOf(rest)]))).toBe(big.sha256)
  expect(await downloads()).toHaveLength(before + 1)
  // A piece that nobody has begun before is a download all the same, for each person.
  await download('user@aurora.example', file, ask({ range: 'bytes=10-20' }))
  await download('user@aurora.example', file, ask({ range: 'bytes=30-40' }))
  expect(await downloads()).toHaveLength(before + 2)
  const beyond = await download('viewer@aurora.example', file, ask({ range: `bytes=${big.bytes}-` }))
  expect([beyond?.status, beyond?.headers.get('content-range')]).toEqual([416, `bytes */${big.bytes}`])
  expect((await download('viewer@aurora.example', file, ask({ 'if-none-match': etag })))?.status).toBe(304)
  expect(await downloads()).toHaveLength(before + 2)
})

test('all of an order is one zip with every file once, whole, and one event', async () => {
  const before = (await downloads()).length
  const answer = await download('admin@aurora.example', 'all.zip')
  expect(answer?.headers.get('content-type')).toBe('application/zip')
  const entries = unzipped(Buffer.from(await bytesOf(answer)))
  const detail = await loadOrder(await viewerOf(owner, 'admin@aurora.example', AURORA), number)
  const sums = [...rows.map(({ sha256 }) => sha256), ...(detail?.terms ?? []).map(({ sha256 }) => sha256)]
  expect([...entries.values()].slice(0, -1).map(sumOf).sort()).toEqual([...sums].sort())
  const names = [...entries.keys()]
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(sums.length + 1)
  const listed = entries.get('checksums.txt')?.toString() ?? ''
  expect(
    listed
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 64))
      .sort(),
  ).toEqual([...sums].sort())
  const events = await downloads()
  expect(events).toHaveLength(before + 1)
  expect(events.at(-1)?.detail['documentIds']).toEqual(rows.map(({ id }) => Number(id)))
})

test('some of an order are one zip with those alone, and one event; one that is not there refuses all', async () => {
  const before = (await downloads()).length
  const chosen = rows.slice(0, 2)
  const names = chosen.map(({ id }) => `document-${id}`)
  const form = new Request(`http://127.0.0.1/files/chosen.zip?file=${names.join('&file=')}&file=${names[0]}`)
  const name = fileAsked(form, 'chosen.zip') ?? ''
  const entries = unzipped(Buffer.from(await bytesOf(await download('admin@aurora.example', name))))
  expect([...entries.values()].slice(0, -1).map(sumOf).sort()).toEqual(chosen.map(({ sha256 }) => sha256).sort())
  const events = await downloads()
  expect(events).toHaveLength(before + 1)
  expect(events.at(-1)?.detail).toEqual({ documentIds: chosen.map(({ id }) => Number(id)), termsIds: [] })
  expect(await download('admin@aurora.example', filesTogether([...names, 'document-999999999']))).toBeNull()
  expect(await download('admin@aurora.example', 'document-1+x.zip')).toBeNull()
  expect(fileAsked(new Request('http://127.0.0.1/files/chosen.zip'), 'chosen.zip')).toBeNull()
  expect(await downloads()).toHaveLength(before + 1)
})

test('terms are those of the day of the order and of today', async () => {
  const viewer = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [old] = await owner<
    { number: string; ordered: string }[]
  >`select o.number, o.ordered_on::text as ordered from orders o
    join order_lines l on l.order_id = o.id join products p on p.id = l.product_id and p.family = 'Switching Licenses'
    where o.smart_account_id = ${viewer.account.id} and o.ordered_on < '2025-01-01' order by o.ordered_on desc limit 1`
  const terms = (await loadOrder(viewer, old?.number ?? ''))?.terms ?? []
  const switching = terms.filter(({ title }) => title.includes('switching'))
  expect(switching.map(({ version, when }) => [version, when])).toEqual([
    ['3.0', 'present'],
    ['2.0', 'order'],
  ])
  for (const { id, sha256 } of terms) {
    const answer = await download('admin@aurora.example', `terms-${id}`, ask(), old?.number)
    expect(sumOf(await bytesOf(answer))).toBe(sha256)
  }
  const [foreign] = await owner`select id from legal_documents where family = 'Webex'`
  expect(await download('admin@aurora.example', `terms-${foreign?.['id']}`, ask(), old?.number)).toBeNull()
})

test('what is out of scope, of another order or not there at all is not there', async () => {
  const [elsewhere] = await owner<{ id: string; number: string }[]>`select d.id, o.number from documents d
    join order_lines l on l.id = d.order_line_id join orders o on o.id = l.order_id join virtual_accounts v on v.id = l.virtual_account_id
    where v.name = 'APJC' limit 1`
  const file = `document-${elsewhere?.id}`
  const before = (await downloads()).length
  expect(await download('va-user@aurora.example', file, ask(), elsewhere?.number)).toBeNull()
  expect(await download('admin@aurora.example', file)).toBeNull()
  for (const name of ['document-0', 'document-', `document-${rows[0]?.id}x`, '..', 'all', 'terms-999'])
    expect([name, await download('admin@aurora.example', name)]).toEqual([name, null])
  expect(await downloads()).toHaveLength(before)
  expect((await download('va-viewer@aurora.example', file, ask(), elsewhere?.number))?.status).toBe(200)
})

describe('recipients', () => {
  const RECIPIENT = 'recipient@fjord.example'

  beforeAll(async () => {
    // Two lines of the order of many documents: nothing of the others.
    await owner`with share as (insert into order_shares (smart_account_id, order_id, email, level, sent_by, sent_at)
        select o.smart_account_id, o.id, ${RECIPIENT}, 'lines', u.id, '2026-05-01' from orders o, users u
        where o.number = ${number} and u.email = 'admin@aurora.example' returning *)
      insert into order_share_items (smart_account_id, share_id, order_line_id)
      select s.smart_account_id, s.id, l.id from share s join lateral (
        select id from order_lines where order_id = s.order_id order by id limit 1) l on true`
  })

  const shared = async (file: string, request = ask()) => {
    await signInAs(owner, RECIPIENT)
    return downloadOfShared(request, await getPerson(), number, file)
  }

  test('download what hangs on their lines, once it is said to who sent it, with an event', async () => {
    await signInAs(owner, RECIPIENT)
    const [opened] = await loadSharedOrders(await getPerson(), number)
    const mine = opened?.order.documents ?? []
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.length).toBeLessThan(rows.length)
    const before = (await downloads()).length
    for (const row of rows) {
      const isMine = mine.some(({ id }) => id === Number(row.id))
      const answer = await shared(`document-${row.id}`)
      expect([row.title, answer?.status]).toEqual([row.title, isMine ? 200 : undefined])
      if (answer) expect(sumOf(await bytesOf(answer))).toBe(row.sha256)
    }
    const events = await downloads()
    expect(events).toHaveLength(before + mine.length)
    const [share] =
      await owner`select id, downloaded_at from order_shares where email = ${RECIPIENT} and order_id = ${events.at(-1)?.subject ?? 0}`
    expect(share?.['downloaded_at']).not.toBeNull()
    expect(events.at(-1)?.detail['shareId']).toBe(Number(share?.['id']))
    const zip = unzipped(Buffer.from(await bytesOf(await shared('all.zip'))))
    expect(zip.size).toBe(mine.length + (opened?.order.terms.length ?? 0) + 1)
  })

  test('get no byte more of it once it is revoked, in the middle of a download neither', async () => {
    const [row] = rows
    expect((await shared(`document-${row?.id}`, ask({ range: 'bytes=0-9' })))?.status).toBe(206)
    await owner`update order_shares set revoked_at = '2026-05-02' where email = ${RECIPIENT}`
    expect(await shared(`document-${row?.id}`, ask({ range: 'bytes=10-' }))).toBeNull()
    expect(await shared('all.zip')).toBeNull()
  })
})

test('who goes away leaves nothing open, and a slow reader is waited for', async () => {
  const bytes = Buffer.alloc(4 * 1024 * 1024, 7)
  const key = `tests/${process.pid}-${Date.now()}.bin`
  await store().add(key, bytes)
  expect(await store().add(key, Buffer.from('other'))).toBe(false)
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  const file = { title: 'Big', storageKey: key, bytes: bytes.length, sha256: sumOf(bytes) }
  for (let round = 0; round < 5; round++) {
    const reader = (await answerFile(ask(), file, async () => true))?.body?.getReader()
    await reader?.read()
    await reader?.cancel()
  }
  await new Promise((done) => setTimeout(done, 100))
  expect(open()).toBeLessThanOrEqual(before)
  // Bytes that are not those of the row do not arrive as if they were.
  const other = await answerFile(ask(), { ...file, sha256: sumOf(Buffer.from('other')) }, async () => true)
  await expect(other?.arrayBuffer()).rejects.toThrow(/checksum/)
  expect((await answerFile(ask(), { ...file, bytes: 5 }, async () => true))?.status).toBe(500)
})
