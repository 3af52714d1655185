import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { everybody } from '../people'
import { openServed, type Served } from './server'
import { readWorld, type World } from './world'

// What a link opens to a browser that its code let in, asked for over HTTP, and nothing else by that link.

/** A share of each kind, its recipient, and the lines that it opens in full, by plain SQL. */
type Link = { id: number; email: string; level: string; token: string; session: string; lines: number[] }
type File = { id: number; line: number; sha256: string }

let served: Served
let world: World
let links: Link[]
let files: File[]
let owner: Sql

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const RECIPIENTS = ['order-recipient@fjord.example', 'recipient@fjord.example', 'asset-recipient@fjord.example']

beforeAll(async () => {
  served = await openServed(600)
  owner = served.scene.owner
  world = await readWorld(owner)
  const shares = await owner<Omit<Link, 'token' | 'session'>[]>`
    select distinct on (s.email) s.id::int, s.email, s.level::text,
      array(select l.id::int from order_lines l where l.order_id = s.order_id and (s.level = 'order'
        or s.level = 'lines' and l.id in (select i.order_line_id from order_share_items i where i.share_id = s.id))) as lines
    from order_shares s where s.email in ${owner(RECIPIENTS)} and s.revoked_at is null
    order by s.email, exists (select from paks p join order_share_items i on i.order_line_id = p.order_line_id where i.share_id = s.id) desc, s.id`
  links = shares.map((share) => ({
    ...share,
    token: `token-of-the-${share.level}-link-of-the-matrix`,
    session: `session-of-${share.level}-${'x'.repeat(20)}`,
  }))
  for (const { id, token, session } of links) {
    await owner`update order_shares set token_hash = ${hashOf(token)}, opened_at = coalesce(opened_at, sent_at) where id = ${id}`
    await owner`insert into share_sessions (smart_account_id, share_id, token_hash, expires_at)
      select smart_account_id, id, ${hashOf(session)}, now() + interval '8 hours' from order_shares where id = ${id}`
  }
  // All of the orders that are shared, and others of every account.
  files = await owner<File[]>`
    select d.id::int, l.id::int as line, d.sha256 from documents d join order_lines l on l.id = d.order_line_id
    where d.storage_key like 'demo/%' order by l.order_id in (select order_id from order_shares) desc, d.id limit 80`
}, 120_000)
afterAll(() => served?.stop())

const cookieOf = (session: string) => ({ cookie: `license-central-share=${session}` })
const ask = (path: string, session: string, init: RequestInit = {}) =>
  fetch(`${served.origin}${path}`, { redirect: 'manual', ...init, headers: { ...cookieOf(session), ...init.headers } })
const events = async (type: string) =>
  (await owner<{ n: number }[]>`select count(*)::int as n from events where type = ${type}`)[0]?.n ?? 0

test('there is a link of each kind', () => {
  expect(links.map(({ level }) => level).sort()).toEqual(['assets', 'lines', 'order'])
})

test('the page says no word of what the recipient does not see', async () => {
  for (const { email, token, session } of links) {
    const answer = await ask(`/shared/${token}`, session)
    const somebody = everybody.find((one) => one.email === email) ?? null
    const body = await answer.text()
    expect([email, answer.status, world.words.leaks(body, somebody)]).toEqual([email, 200, []])
    expect(body).toContain('Lines open to you')
  }
})

test('files of lines that are open in full, whole, each with its event; of others none', async () => {
  const before = await events('documents.downloaded')
  let given = 0
  for (const { email, token, session, lines } of links)
    for (const { id, line, sha256 } of files) {
      const answer = await ask(`/shared/${token}/files/document-${id}`, session)
      const isMine = lines.includes(line)
      expect([email, id, answer.status]).toEqual([email, id, isMine ? 200 : 404])
      const sum = createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex')
      expect(sum === sha256).toBe(isMine)
      given += isMine ? 1 : 0
    }
  expect(given).toBeGreaterThan(0)
  expect(await events('documents.downloaded')).toBe(before + given)
})

test('PAKs of lines that are open in full, and no other one', async () => {
  const before = await events('paks.revealed')
  const origin = {
    origin: served.origin,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  let given = 0
  for (const { email, token, session, lines } of links)
    for (const { id, line } of [...world.paks, { id: 999_999_998, line: 0 }]) {
      const body = 'reason=Rehost+of+a+device'
      const answer = await ask(`/shared/${token}/paks/${id}`, session, { method: 'POST', body, headers: origin })
      const isMine = lines.includes(Number(line))
      expect([email, id, answer.status]).toEqual([email, id, isMine ? 200 : 404])
      if (isMine) expect(await answer.json()).toMatchObject({ pak: expect.any(String) })
      given += isMine ? 1 : 0
    }
  expect(given).toBeGreaterThan(0)
  expect(await events('paks.revealed')).toBe(before + given)
})

test('with the session of another link, or none, it is the way to the code; nothing when it was taken back', async () => {
  const [one, other] = links as [Link, Link]
  const paths = [`/shared/${one.token}/files/all.zip`, `/shared/${one.token}/files/document-${files[0]?.id}`]
  for (const path of paths)
    for (const session of [other.session, '', 'x'.repeat(43)]) {
      const answer = await ask(path, session)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/shared/${one.token}`])
    }
  const posted = { method: 'POST', body: 'reason=Rehost', headers: { origin: 'http://elsewhere.example' } }
  expect((await ask(`/shared/${one.token}/paks/1`, one.session, posted)).status).toBe(403)
  await owner`update order_shares set revoked_at = now() where id = ${one.id}`
  for (const path of [`/shared/${one.token}`, ...paths]) expect((await ask(path, one.session)).status).toBe(410)
  const own = { ...posted, headers: { origin: served.origin, 'content-type': 'application/x-www-form-urlencoded' } }
  expect((await ask(`/shared/${one.token}/paks/1`, one.session, own)).status).toBe(410)
})
