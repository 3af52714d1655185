import { GET as health } from '@/app/api/health/route'
import { GET as ready } from '@/app/api/ready/route'
import { sql } from '@/lib/access/database'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { type Way, wayTo } from '../support/frozen-network'
import { serveWith } from '../support/server-settings'

let database: TestDatabase
let way: Way

beforeAll(async () => {
  database = await createTestDatabase()
  const url = new URL(database.appUrl)
  way = await wayTo(url.hostname, Number(url.port))
  url.hostname = '127.0.0.1'
  url.port = String(way.port)
  serveWith({ DATABASE_URL: url.href })
}, 60_000)
afterAll(async () => {
  await sql().end({ timeout: 1 })
  await way.stop()
  await database.drop()
})

test('ready says no within a second while the database does not answer, and yes again afterwards', async () => {
  expect((await ready()).status).toBe(200)

  way.freeze()
  for (let probe = 0; probe < 3; probe++) {
    const start = performance.now()
    const answer = await ready()
    expect(performance.now() - start).toBeLessThan(1000)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ status: 'unavailable', reason: 'The database does not answer.' })
  }
  expect(health().status).toBe(200)

  way.thaw()
  expect((await ready()).status).toBe(200)
})
