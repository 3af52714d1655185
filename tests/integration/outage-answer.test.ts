import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql as drizzle } from 'drizzle-orm'
import { readAs } from '@/db/client'
import { asUser, sql, within } from '@/lib/access/database'
import { outage } from '@/lib/access/outage'
import { guardAnswer } from '@/lib/access/outage-answer'
import { Unavailable } from '@/lib/errors'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { serveWith } from '../support/server-settings'

type Work = (response: ServerResponse) => Promise<unknown>

let work: Work
const onStart = (message: unknown) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
  guardAnswer(request, response)
}
const server = createServer((_, response) => void work(response))
let origin: string
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  serveWith({ DATABASE_URL: database.appUrl })
  subscribe('http.server.request.start', onStart)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  unsubscribe('http.server.request.start', onStart)
  await new Promise((done) => server.close(done))
  await within(5_000, sql()`select 1`)
  await sleep(200)
  await sql().end()
  await database.drop()
})

const ask = async (next: Work, headers: Record<string, string> = { accept: 'text/html' }, path = '/') => {
  work = next
  const answer = await fetch(origin + path, { headers, redirect: 'manual' })
  return {
    status: answer.status,
    retry: answer.headers.get('retry-after'),
    headers: answer.headers,
    body: await answer.text(),
  }
}
/** As a page does whose data cannot be had: the failure is drawn somehow, and sent. */
const lost = async () => {
  await within(1_000, Promise.reject(Object.assign(new Error('lost'), { code: 'ECONNREFUSED' }))).catch((error) => {
    expect(error).toBeInstanceOf(Unavailable)
  })
}

test.each<[string, (response: ServerResponse) => void]>([
  ['by its head', (response) => response.writeHead(500, { 'content-encoding': 'gzip' }).end('<table>')],
  ['by its body', (response) => response.setHeader('etag', '"x"').end('<table>')],
  ['in pieces', (response) => response.write('<table>') && response.end('</table>')],
  ['as a redirect', (response) => response.writeHead(307, { location: '/sign-in' }).end()],
])('a page that failed is answered with 503, however it is sent: %s', async (_, send) => {
  const { status, retry, body, headers } = await ask(async (response) => {
    await lost()
    response.setHeader('x-kept', '1')
    send(response)
  })
  expect([status, retry, headers.get('x-kept'), headers.get('location')]).toEqual([503, '5', '1', null])
  expect(body).toContain('The data could not be loaded')
  expect(body).not.toContain('<table')
})

test('scripts get a plain text', async () => {
  const { status, body, headers } = await ask(async (response) => lost().then(() => response.end('x')), {
    'next-action': 'x',
  })
  expect([status, headers.get('content-type'), body]).toEqual([
    503,
    'text/plain; charset=utf-8',
    'The data could not be reached. Nothing is lost. Try again in a few seconds.\n',
  ])
})

test('what does not fail is sent as it is, beside one that does; so is what was on its way before', async () => {
  const well = await ask(async (response) => response.writeHead(201, { 'x-page': '1' }).end('<table>'))
  expect([well.status, well.headers.get('x-page'), well.body]).toEqual([201, '1', '<table>'])
  const begun = await ask(async (response) => {
    response.write('first ')
    await lost()
    response.end('second')
  })
  expect([begun.status, begun.body]).toEqual([200, 'first second'])
  const slow: Work = async (response) => {
    if (response.req.url === '/bad') await lost()
    else await sleep(50)
    response.end('done')
  }
  const [good, bad] = await Promise.all([ask(slow, {}, '/good'), ask(slow, {}, '/bad')])
  expect([good.status, bad.status]).toEqual([200, 503])
})

test('probes speak for themselves', async () => {
  const { status, body } = await ask(
    async (response) => lost().then(() => response.writeHead(503).end('{}')),
    {},
    '/api/ready',
  )
  expect([status, body]).toEqual([503, '{}'])
})

const looks = (isThere: boolean) => async () => isThere
const nothing = () => undefined

test('who waits is told as soon as the database is found to be away, whatever time there was', async () => {
  const { status } = await ask(async (response) => {
    const waiting = within(30_000, new Promise(nothing)).catch((error) => error)
    // A look that is under way is everybody's.
    while (await outage().suspect(looks(false), nothing)) await sleep(5)
    expect(await waiting).toBeInstanceOf(Unavailable)
    while (!(await outage().suspect(looks(true), nothing))) await sleep(5)
    response.end('<table>')
  })
  expect(status).toBe(503)
})

test('who has waited for the database once does not wait as long again', async () => {
  const slowly = () => asUser({ id: 0 }, (reader) => reader.execute(drizzle`select pg_sleep(8)`))
  let [first, second] = [0, 0]
  const answer = await ask(async (response) => {
    const begun = performance.now()
    await slowly().catch(() => undefined)
    first = performance.now() - begun
    await slowly().catch(() => undefined)
    second = performance.now() - begun - first
    response.end('<table>')
  })
  expect(answer.status).toBe(503)
  expect(first).toBeGreaterThan(4_000)
  expect(second).toBeLessThan(3_000)
}, 20_000)

test("what stands in the pool's line is not begun when nobody waits for it any more", async () => {
  const most = sql().options.max
  const begun: string[] = []
  const work = async (name: string) => begun.push(name)
  const asked = (milliseconds: number, name: string) =>
    within(milliseconds, (wanted) =>
      readAs(
        sql(),
        { userId: null, now: new Date() },
        wanted(() => work(name)),
      ),
    )
  const busy = Array.from({ length: most }, () => sql()`select pg_sleep(1.5)`.execute())
  await expect(asked(300, 'given up')).rejects.toBeInstanceOf(Unavailable)
  await asked(10_000, 'waited for')
  await Promise.all(busy)
  expect(begun).toEqual(['waited for'])
})
