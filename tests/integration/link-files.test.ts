import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { unzipped } from '@/lib/changes/unzipped'
import { downloadByLink } from '@/lib/delivery/linked-files'
import { env } from '@/lib/env'
import { Conflict, NotFound } from '@/lib/errors'
import { decryptPak } from '@/lib/pak'
import { revealLinkedPak } from '@/lib/paks/reveal'
import { loadEvent } from '@/lib/resources/event-detail'
import { events as eventTable } from '@/lib/resources/events'
import { mailCode, openWithCode, TooManyTries } from '@/lib/sharing/link'
import { noAnswer } from '@/lib/sharing/link-answer'
import { loadLinkPage } from '@/lib/sharing/link-page'
import { FIRST_PARTS } from '@/lib/sharing/opened'
import { revokeShares } from '@/lib/sharing/revoke'
import { sendShare } from '@/lib/sharing/send'
import type { ShareDraft } from '@/lib/sharing/send-schema'
import { parseTable } from '@/lib/table/parse'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { BARE, codeIn, mailbox, tokenIn } from '../support/share-mail'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const NETWORK = '192.0.2.9'
const UNKNOWN = 'x'.repeat(43)

type File = { id: number; line: number; sha256: string; title: string }
type Pak = { id: number; line: number; order: number; number: string; encrypted: Buffer; key: string }

let demo: DemoScene
let owner: postgres.Sql
let admin: Viewer
let box: ReturnType<typeof mailbox>
/** An order of several lines with documents, and all of its documents. */
let number: string
let lines: number[]
let files: File[]

beforeAll(async () => {
  demo = await openDemo(1000, { withPaks: true })
  owner = demo.owner
  box = mailbox(owner, NETWORK)
  admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
  const [order] = await owner<{ id: number; number: string }[]>`
    select o.id::int, o.number from orders o join order_lines l on l.order_id = o.id join documents d on d.order_line_id = l.id
    where o.smart_account_id = ${admin.account.id} and exists (select from devices x where x.order_line_id = l.id)
    group by 1, 2 having count(distinct l.id) > 2 order by count(*) desc, 1 limit 1`
  number = order?.number ?? ''
  files = await owner<File[]>`select d.id::int, l.id::int as line, d.sha256, d.title from documents d
    join order_lines l on l.id = d.order_line_id where l.order_id = ${order?.id ?? 0} order by l.id, d.id`
  lines = [...new Set(files.map(({ line }) => line))]
}, 120_000)
beforeEach(() => owner`delete from rate_limits`)
afterAll(() => closeDemo(demo))

const draftOf = (level: ShareDraft['level'], more: Partial<ShareDraft> = {}): ShareDraft => ({
  ...BARE,
  level,
  ...more,
})
async function letIn(email: string, draft: ShareDraft, of = number) {
  await sendShare(admin, of, [email], draft, crypto.randomUUID())
  return box.enter(email)
}
/** The first line of the order, or its first asset, or all of it. */
async function firstOf(level: ShareDraft['level']): Promise<ShareDraft> {
  const [device] = await owner<{ id: number }[]>`
    select id::int from devices where order_line_id in ${owner(lines)} order by id limit 1`
  if (level === 'assets') return draftOf(level, { deviceIds: [device?.id ?? 0] })
  return draftOf(level, { lineIds: level === 'lines' ? lines.slice(0, 1) : [] })
}
const shareOf = async (email: string) =>
  (
    await owner<{ id: number; downloaded: Date | null }[]>`
      select id::int, downloaded_at as downloaded from order_shares where email = ${email} order by id desc limit 1`
  )[0] ?? { id: 0, downloaded: null }
const ask = (headers: Record<string, string> = {}) => new Request('http://here.example/', { headers })
const bytesOf = async (answer: Response | null) => Buffer.from(await (answer as Response).arrayBuffer())
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
type Event = { seq: number; actor: string | null; kind: string; detail: Record<string, unknown>; note: string }
const eventsOf = (type: string) => owner<Event[]>`
  select seq::int, actor_user_id as actor, actor_kind as kind, detail, note from events where type = ${type} order by smart_account_id, seq`
const sentence = async (seq: number, viewer = admin) =>
  (await loadEvent(viewer, seq, parseTable(eventTable, {}).query, 1))?.sentence

describe.each(['order', 'lines', 'assets'] as const)('by a link to %s', (level) => {
  const email = `files-of-${level}@fjord.example`
  let link: Awaited<ReturnType<typeof letIn>>
  const isMine = ({ line }: File) => level === 'order' || (level === 'lines' && line === lines[0])

  test('the documents of what is open in full are downloaded, each with its event, and no other one', async () => {
    link = await letIn(email, await firstOf(level))
    const shown = (await loadLinkPage(link.token, link.session, FIRST_PARTS))?.order.documents ?? []
    expect(shown.map(({ id }) => Number(id)).sort()).toEqual(
      files
        .filter(isMine)
        .map(({ id }) => id)
        .sort(),
    )
    const before = (await eventsOf('documents.downloaded')).length
    for (const file of files) {
      const answer = await downloadByLink(ask(), link.token, link.session, `document-${file.id}`)
      expect([file.title, answer?.status]).toEqual([file.title, isMine(file) ? 200 : undefined])
      if (answer) expect(sumOf(await bytesOf(answer))).toBe(file.sha256)
    }
    const events = await eventsOf('documents.downloaded')
    const mine = files.filter(isMine)
    expect(events).toHaveLength(before + mine.length)
    const share = await shareOf(email)
    expect(share.downloaded !== null).toBe(mine.length > 0)
    for (const event of events.slice(before)) {
      expect([event.actor, event.kind, event.detail['shareId']]).toEqual([null, 'system', share.id])
      expect(await sentence(event.seq)).toContain(`by Order Based Access of ${email}`)
      const viewer = await viewerOf(owner, 'viewer@aurora.example', AURORA)
      expect(await sentence(event.seq, viewer)).not.toContain('@')
    }
  })

  test('all of it is one zip with one event, and a download goes on where it was', async () => {
    const before = (await eventsOf('documents.downloaded')).length
    const answer = await downloadByLink(ask(), link.token, link.session, 'all.zip')
    const mine = files.filter(isMine)
    if (mine.length === 0) return expect(answer).toBeNull()
    const sums = [...unzipped(await bytesOf(answer)).values()].map(sumOf)
    expect(sums).toEqual(expect.arrayContaining(mine.map(({ sha256 }) => sha256)))
    for (const { sha256 } of files.filter((file) => !isMine(file))) expect(sums).not.toContain(sha256)
    expect(await eventsOf('documents.downloaded')).toHaveLength(before + 1)
    const [file] = mine
    const piece = (range: string) =>
      downloadByLink(ask({ range, 'if-range': `"${file?.sha256}"` }), link.token, link.session, `document-${file?.id}`)
    const parts = [await bytesOf(await piece('bytes=0-99')), await bytesOf(await piece('bytes=100-'))]
    expect(sumOf(Buffer.concat(parts))).toBe(file?.sha256)
    expect(await eventsOf('documents.downloaded')).toHaveLength(before + 2)
  })

  test('nothing comes without the session, with that of another link, or when it was taken back', async () => {
    const other = await letIn(`other-${level}@fjord.example`, draftOf('order'))
    const [file] = files
    const before = (await eventsOf('documents.downloaded')).length
    const get = (token: string, session: string | undefined) =>
      downloadByLink(ask({ range: 'bytes=10-' }), token, session, `document-${file?.id}`)
    for (const [token, session] of [
      [link.token, undefined],
      [link.token, other.session],
      [link.token, UNKNOWN],
      [UNKNOWN, link.session],
      [UNKNOWN, other.session],
    ] as const)
      expect(await get(token, session)).toBeNull()
    expect((await noAnswer(link.token, undefined)).headers.get('location')).toBe(`/shared/${link.token}`)
    expect((await noAnswer(link.token, link.session)).status).toBe(404)
    await revokeShares(admin, [(await shareOf(email)).id], crypto.randomUUID())
    expect(await get(link.token, link.session)).toBeNull()
    expect((await noAnswer(link.token, link.session)).status).toBe(410)
    expect((await noAnswer(UNKNOWN, undefined)).status).toBe(410)
    await owner`update order_shares set expires_at = sent_at where email = ${`other-${level}@fjord.example`}`
    expect(await get(other.token, other.session)).toBeNull()
    expect((await noAnswer(other.token, other.session)).status).toBe(410)
    expect(await eventsOf('documents.downloaded')).toHaveLength(before)
  })
})

test('a PAK of a line that is open in full is revealed for a reason, of other lines none, and 60 an hour', async () => {
  const paks = await owner<Pak[]>`
    select p.id::int, l.id::int as line, o.id::int as order, o.number, p.encrypted, p.key_id as key from paks p
    join order_lines l on l.id = p.order_line_id join orders o on o.id = l.order_id
    where p.smart_account_id = ${admin.account.id} order by p.id`
  const pak = paks[0] as Pak
  const foreign = paks.find(({ order }) => order !== pak.order) as Pak
  const email = 'pak@fjord.example'
  const { token, session } = await letIn(email, draftOf('lines', { lineIds: [pak.line] }), pak.number)
  const page = await loadLinkPage(token, session, FIRST_PARTS)
  expect(page?.order.paks.map(({ id }) => id)).toContain(pak.id)
  const clear = decryptPak(pak.encrypted, pak.key, pak.id, env().PAK_KEYS)
  const before = (await eventsOf('paks.revealed')).length
  expect(await revealLinkedPak(token, session, pak.id, 'Setting up a router')).toBe(clear)
  const events = await eventsOf('paks.revealed')
  expect(events).toHaveLength(before + 1)
  const share = await shareOf(email)
  expect(events.at(-1)).toMatchObject({ actor: null, kind: 'system', note: 'Setting up a router' })
  expect(events.at(-1)?.detail).toMatchObject({ isShared: true, shareId: share.id })
  expect(await sentence(events.at(-1)?.seq ?? 0)).toContain(email)
  for (const [link, by, id] of [
    [token, session, foreign.id],
    [token, session, 999_999_999],
    [token, undefined, pak.id],
    [UNKNOWN, session, pak.id],
  ] as const)
    await expect(revealLinkedPak(link, by, id, 'Curiosity')).rejects.toThrow(NotFound)
  await owner`update rate_limits set attempts = 60 where key = ${`reveal-pak:${email}`}`
  await expect(revealLinkedPak(token, session, pak.id, 'One too many')).rejects.toThrow(Conflict)
  await owner`delete from rate_limits`
  await revokeShares(admin, [share.id], crypto.randomUUID())
  await expect(revealLinkedPak(token, session, pak.id, 'Too late')).rejects.toThrow(NotFound)
  expect(await eventsOf('paks.revealed')).toHaveLength(before + 1)
})

test('a code that is refused stands in the Event Log, with why; who typed it learns no more than that it was', async () => {
  const email = 'refused@fjord.example'
  await sendShare(admin, number, [email], draftOf('order'), crypto.randomUUID())
  const token = tokenIn(await box.mailTo(email))
  const tries: (string | null)[] = []
  const attempt = async (code: string) => tries.push(await openWithCode(token, code, NETWORK))
  await attempt('12345678')
  await mailCode(token, NETWORK)
  const code = codeIn(await box.mailTo(email))
  const wrong = code.startsWith('1') ? '22222222' : '11111111'
  await attempt(wrong)
  await owner`update share_codes set expires_at = now() - interval '1 second' where share_id = ${(await shareOf(email)).id}`
  await attempt(code)
  await owner`update share_codes set expires_at = now() + interval '5 minutes' where share_id = ${(await shareOf(email)).id}`
  for (let more = 0; more < 4; more++) await attempt(wrong)
  await attempt(code)
  expect(tries).toEqual(Array.from({ length: 8 }, () => null))
  await owner`update share_codes set attempts = 0 where share_id = ${(await shareOf(email)).id}`
  expect(await openWithCode(token, code, NETWORK)).not.toBeNull()
  await attempt(code)
  const refused = await eventsOf('orders.share-code-refused')
  expect(refused.map(({ detail }) => detail['because'])).toEqual([
    ...['none', 'wrong', 'expired', 'wrong', 'wrong', 'wrong', 'wrong', 'void', 'used'],
  ])
  const { id } = await shareOf(email)
  expect(refused.every(({ detail, kind }) => detail['shareId'] === id && kind === 'system')).toBe(true)
  expect(JSON.stringify(refused)).not.toMatch(/\d{8}|@/)
  expect(await sentence(refused[0]?.seq ?? 0)).toBe(
    `Order ${number} was not opened with a code for ${email}: none had been asked for`,
  )
  // Of a link that opens nothing there is no account that could be told.
  expect(await openWithCode(UNKNOWN, code, NETWORK)).toBeNull()
  expect(await eventsOf('orders.share-code-refused')).toHaveLength(refused.length)
  expect(await owner`select * from app.broken_events()`).toEqual([])
})

test('codes are asked for and tried so often and no more, for a link and for a network', async () => {
  const email = 'often@fjord.example'
  await sendShare(admin, number, [email], draftOf('order'), crypto.randomUUID())
  const token = tokenIn(await box.mailTo(email))
  await mailCode(token, NETWORK)
  const code = codeIn(await box.mailTo(email))
  await owner`update rate_limits set attempts = 1000 where key like 'share-code:%'`
  await expect(mailCode(token, NETWORK)).rejects.toThrow(TooManyTries)
  await owner`update rate_limits set attempts = 5000 where key = ${`share-code-network:${NETWORK}`}`
  await expect(mailCode(UNKNOWN, NETWORK)).rejects.toThrow(TooManyTries)
  await openWithCode(token, '00000000', NETWORK)
  await owner`update rate_limits set attempts = 3000 where key like 'share-open:%'`
  // Not even with the right one.
  await expect(openWithCode(token, code, NETWORK)).rejects.toThrow(TooManyTries)
  await owner`delete from rate_limits where key like 'share-open:%'`
  expect(await openWithCode(token, code, '198.51.100.7')).not.toBeNull()
})
