import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@/db/embedded/free-port'
import { serverSecrets } from '@/scripts/own-secrets'
import type { Running } from '@/scripts/run'
import { serve, untilAnswering } from '@/scripts/serve'
import { AURORA, NOW } from '../people'
import { connectAs } from '../scene'
import { post } from './acting'
import { openServed, type Served } from './server'
import { type Visitor, visitorsOf } from './visitors'

// Several servers on one database: none of them keeps what another one would have to know, and none is missed.

type Manifest = { node: Record<string, { exportedName: string }> }
const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest
const START = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === 'startJob')?.[0] ?? ''
const HOSTNAME = '127.0.0.1'
const EXPORTS = `/accounts/${AURORA}/exports`
const running: Running[] = []

/** Makes no exports, as all addresses say it is the one. */
let first: Served
let visitors: Visitor[]
beforeAll(async () => {
  first = await openServed(300)
  visitors = await visitorsOf(first.scene.owner, first.secret)
}, 120_000)
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()))
  await first?.stop()
})

/** Another server on the same database, which makes exports. */
async function another(): Promise<{ origin: string; server: Running }> {
  const port = await freePort()
  const environment = {
    ...serverSecrets(),
    ...{ DATABASE_URL: first.scene.appUrl, NEXTAUTH_URL: first.origin, DEMO: '1', DEMO_NOW: NOW, EXPORT_JOBS: '1' },
  }
  const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  running.push(server)
  if (!(await untilAnswering(server, port, HOSTNAME))) throw new Error('The server ended before it answered.')
  return { origin: `http://${HOSTNAME}:${port}`, server }
}

const visitor = (name: string): Visitor => {
  const found = visitors.find((one) => one.name === `${name}@${AURORA}`)
  if (!found) throw new Error(name)
  return found
}
const get = (origin: string, path: string, { cookie }: Visitor) =>
  fetch(origin + path, { redirect: 'manual', headers: { cookie: cookie ?? '' } })
/** Forms are taken from the one address that people know, which is that of the first server. */
const known = () => ({ origin: first.origin })
const start = (origin: string, who: Visitor, key: string) => {
  const wanted = { tab: 'devices', search: '', format: 'csv', extent: 'shown' }
  return post(
    origin,
    START,
    { path: EXPORTS, args: [AURORA, wanted, key, { problems: [] }], form: { start: '1' } },
    who,
    known(),
  )
}
const jobs = async (who: Visitor) => [
  ...(await first.scene.owner<{ id: string; status: string; rows: number }[]>`
    select e.id, e.status, e.rows_written as rows from exports e join users u on u.id = e.user_id
    where u.email = ${who.name} order by e.created_at desc, e.id`),
]
async function until(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await what()) return
    await sleep(100)
  }
  throw new Error('It did not happen.')
}

test('a form that one server drew is taken by another one, once, and its file is fetched from either', async () => {
  const second = await another()
  const who = visitor('admin')
  const page = await (await get(second.origin, `${EXPORTS}?of=devices&format=csv`, who)).text()
  const [form = ''] = page.match(/<form(?:(?!<\/form>).)*Start the export.*?<\/form>/s) ?? []
  const fields = new FormData()
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? ''
    fields.append(read('name'), read('value').replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  }
  expect([...fields.keys()].some((name) => name.startsWith('$ACTION_'))).toBe(true)
  const send = () =>
    fetch(first.origin + EXPORTS, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...known(), cookie: who.cookie ?? '' },
      body: fields,
    })
  expect([(await send()).status, (await send()).status]).toEqual([303, 303])
  await until(async () => (await jobs(who))[0]?.status === 'finished')
  // Another one stands there since before.
  const made = (await jobs(who)).filter(({ rows }) => rows > 0)
  expect(made).toMatchObject([{ status: 'finished', rows: 300 }])
  const files = await Promise.all(
    [first.origin, second.origin].map(async (origin) => (await get(origin, `${EXPORTS}/${made[0]?.id}`, who)).text()),
  )
  expect(files[0]).toBe(files[1])
  expect(files[0]?.trim().split('\n')).toHaveLength(301)
  await second.server.stop()
}, 120_000)

test('limits count what all servers do, and a sign-in that was ended is ended on all of them', async () => {
  const second = await another()
  const who = visitor('viewer')
  const [user] = await first.scene.owner<{ id: number }[]>`select id from users where email = ${who.name}`
  const path = `/accounts/${AURORA}/devices/export?format=csv`
  expect((await get(first.origin, path, who)).status).toBe(200)
  await first.scene.owner`update rate_limits set attempts = 599 where key = ${`export:${user?.id}`}`
  expect((await get(second.origin, path, who)).status).toBe(200)
  for (const origin of [first.origin, second.origin]) {
    const refused = await get(origin, path, who)
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('600 exports in this hour')])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  await first.scene.owner`update sessions set ended_at = now() where user_id = ${user?.id ?? 0}`
  for (const origin of [first.origin, second.origin]) {
    const { status, headers } = await get(origin, `/accounts/${AURORA}/devices`, who)
    expect([status, headers.get('location')]).toEqual([307, expect.stringContaining('/sign-in')])
  }
  await second.server.stop()
}, 120_000)

test('what a server that is killed was making, and what waited, is made by the next one; what was cancelled is not', async () => {
  const { owner } = first.scene
  const [who, other] = [visitor('user'), visitor('va-admin')]
  const killed = await another()
  let release: () => void = () => undefined
  const held = owner.begin(async (tx) => {
    await tx`lock table devices in access exclusive mode`
    await new Promise<void>((done) => {
      release = done
    })
  })
  // The owner has one connection, and it holds the table: the states are looked at by another one.
  const looking = connectAs(first.scene.ownerUrl)
  const statuses = async () =>
    (
      await looking<{ status: string }[]>`select status from exports where user_id in
      (select id from users where email = any (${[who.name, other.name]})) order by created_at`
    ).map(({ status }) => status)
  await start(first.origin, who, crypto.randomUUID())
  await until(async () => (await statuses())[0] === 'running')
  await start(first.origin, who, crypto.randomUUID())
  await start(first.origin, other, crypto.randomUUID())
  killed.server.child.kill('SIGKILL')
  await killed.server.ended
  release()
  await held
  await looking.end()
  expect((await jobs(who)).map(({ status }) => status).sort()).toEqual(['running', 'waiting'])

  await owner`update exports set status = 'cancelled' where user_id = (select id from users where email = ${other.name})`
  // It is silent for longer than half a minute.
  await owner`update exports set told_at = now() - interval '1 minute' where status = 'running'`
  await owner`update pgboss.job set started_on = now() - interval '1 minute' where state = 'active'`
  const next = await another()
  await until(async () => (await jobs(who)).every(({ status }) => status === 'finished'))
  const made = await jobs(who)
  expect(made.map(({ rows }) => rows)).toEqual([300, 300])
  expect((await get(next.origin, `${EXPORTS}/${made[0]?.id}`, who)).status).toBe(200)

  const [cancelled] = await jobs(other)
  expect(cancelled?.status).toBe('cancelled')
  expect((await get(next.origin, `${EXPORTS}/${cancelled?.id}`, other)).status).toBe(404)
  await owner`update role_assignments set revoked_at = now() where user_id = (select id from users where email = ${who.name})`
  for (const { id } of made)
    for (const origin of [first.origin, next.origin])
      expect((await get(origin, `${EXPORTS}/${id}`, who)).status).toBe(404)
}, 180_000)
