import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportTab } from '@/app/accounts/[domain]/export-tab'
import { AT_ONCE, closeExports } from '@/lib/exporting/copy'
import { openFile } from '@/lib/exporting/files'
import { LARGE_ROWS } from '@/lib/exporting/formats'
import { listExports, startExport, takeExport } from '@/lib/exporting/jobs'
import { countExport, TooManyExports, takePlace } from '@/lib/exporting/limits'
import { ENDS, type Job, startQueue, stopQueue } from '@/lib/exporting/queue'
import { forgetExport, runExport } from '@/lib/exporting/run-job'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { serveWith } from '../support/server-settings'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
let demo: DemoScene
const viewer = (name: string) => viewerOf(demo.owner, `${name}@${AURORA}`, AURORA)

beforeAll(async () => {
  serveWith({ EXPORTS_FOLDER: mkdtempSync(join(tmpdir(), 'exports-')) })
  demo = await openDemo(300)
}, 120_000)
afterAll(async () => {
  await stopQueue()
  await closeExports()
  await closeDemo(demo)
})

test('an export is there for a day, and then neither its file nor its row', async () => {
  const who = await viewer('user')
  const id = await startExport(who, { tab: 'devices', search: '', format: 'csv', extent: 'shown' }, randomUUID())
  await runExport({ id, userId: who.id, domain: AURORA })
  const boss = await startQueue()
  const due = () => boss.fetch<Job>(ENDS)
  // The clock of the queue is the database's: what is left until then is made shorter instead.
  const pass = (time: string) =>
    demo.owner`update pgboss.job set start_after = start_after - ${time}::interval where name = ${ENDS} and data->>'id' = ${id}`
  await pass('23 hours 59 minutes')
  expect(await due()).toEqual([])
  expect(await takeExport(who, id)).toMatchObject({ id })
  await pass('1 minute')
  const [job] = await due()
  expect(job?.data).toEqual({ id, userId: who.id, domain: AURORA })
  if (job) await forgetExport(job.data)
  expect([await takeExport(who, id), await openFile(id), await listExports(who)]).toEqual([null, null, []])
})

describe('too many', () => {
  const take = () =>
    exportTab('devices')(new Request(`http://127.0.0.1:4000/accounts/${AURORA}/devices/export?format=csv`), {
      params: Promise.resolve({ domain: AURORA }),
    })

  test('downloads at once are refused by name and time, until one is over', async () => {
    await viewer('viewer')
    const places = Array.from({ length: AT_ONCE }, takePlace)
    const refused = await take()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    expect(await refused.text()).toContain('Too many exports are being made')
    places[0]?.()
    const taken = await take()
    expect([taken.status, (await taken.text()).trim().split('\n').length]).toEqual([200, 301])
    for (const give of places) give()
  })

  test('in an hour are refused until the next one; a refused one keeps no place', async () => {
    const who = await viewer('admin')
    await take().then((answer) => answer.text())
    await demo.owner`update rate_limits set attempts = 600 where key = ${`export:${who.id}`}`
    for (let times = 0; times < AT_ONCE + 1; times++) {
      const refused = await take()
      expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('600 exports in this hour')])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3600)
    }
    for (let times = 0; times < 20; times++) await countExport(who, LARGE_ROWS + 1)
    await expect(countExport(who, LARGE_ROWS + 1)).rejects.toThrow(TooManyExports)
    await expect(countExport(who, LARGE_ROWS + 1)).rejects.toThrow('20 large exports in this hour')
    expect((await viewer('va-user')).id).not.toBe(who.id)
    expect((await take()).status).toBe(200)
  })
})
