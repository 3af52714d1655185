import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type postgres from 'postgres'
import { closeExports } from '@/lib/exporting/copy'
import { openFile } from '@/lib/exporting/files'
import { cancelExport, listExports, startExport, takeExport, type Wanted } from '@/lib/exporting/jobs'
import { EXPORTS, stopQueue } from '@/lib/exporting/queue'
import { runExport } from '@/lib/exporting/run-job'
import { readExport, streamTable } from '@/lib/exporting/table-export'
import { startExportWorker } from '@/lib/exporting/worker'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { serveWith } from '../support/server-settings'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

// What happens while a file is written.
let meanwhile: () => Promise<unknown> = async () => undefined
jest.mock('@/lib/exporting/files', () => {
  const real = jest.requireActual('@/lib/exporting/files')
  return { ...real, openPart: (...of: unknown[]) => meanwhile().then(() => real.openPart(...of)) }
})

const AURORA = 'aurora.example'
const folder = mkdtempSync(join(tmpdir(), 'exports-'))
let demo: DemoScene
let owner: postgres.Sql

beforeAll(async () => {
  serveWith({ EXPORTS_FOLDER: folder })
  demo = await openDemo(300)
  owner = demo.owner
}, 120_000)
afterAll(async () => {
  await stopQueue()
  await closeExports()
  await closeDemo(demo)
})
afterEach(() => owner`update exports set status = 'cancelled' where status in ('waiting', 'running')`)

const viewer = (email: string) => viewerOf(owner, email, AURORA)
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  ...{ tab: 'devices', search: '', format: 'csv', extent: 'shown' },
  ...more,
})
const jobOf = (id: string, userId: number) => ({ id, userId, domain: AURORA })
const statusOf = async (id: string) => {
  const [row] = await owner<{ status: string; rows: string; bytes: string | null }[]>`
    select status, rows_written as rows, bytes from exports where id = ${id}`
  return row
}
async function until(what: () => Promise<boolean>) {
  for (let tries = 0; tries < 200; tries++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('It did not happen.')
}

test.each(['csv', 'jsonl', 'xlsx'] as const)('a job makes the same file as a download at once: %s', async (format) => {
  const who = await viewer('va-admin@aurora.example')
  const id = await startExport(who, wanted({ format, search: 'coverage=covered&page=3' }), randomUUID())
  await runExport(jobOf(id, who.id))
  const [mine] = await listExports(who)
  const made = await readExport(who, 'devices', { coverage: 'covered' })
  expect(mine).toMatchObject({ id, status: 'finished', rowsWritten: made.rows, rowsExpected: made.rows })
  expect(mine?.fileName).toBe(`aurora.example-devices-2026-05-06.${format}`)
  const file = await buffer((await openFile(id))?.body ?? Readable.from([]))
  expect(file.length).toBe(mine?.bytes)
  const direct = await buffer(await streamTable(who, made, format, 'shown'))
  if (format === 'xlsx') expect(Math.abs(direct.length - file.length)).toBeLessThan(2_000)
  else expect(file.equals(direct)).toBe(true)
  expect(await takeExport(who, id)).toMatchObject({ id })
  const events =
    await owner`select type, detail from events where type like 'exports.%' and actor_user_id = ${who.id} order by seq desc limit 2`
  expect(events.map(({ type }) => type)).toEqual(['exports.fetched', 'exports.started'])
  expect(events[0]?.['detail']).toMatchObject({ format, rows: made.rows })
  const other = await viewer('admin@aurora.example')
  expect([await takeExport(other, id), await listExports(other)]).toEqual([null, []])
})

test('the same form sent twice starts one export; a fourth one at once is refused', async () => {
  const who = await viewer('user@aurora.example')
  const key = randomUUID()
  expect(await startExport(who, wanted(), key)).toBe(await startExport(who, wanted(), key))
  await startExport(who, wanted(), randomUUID())
  await startExport(who, wanted(), randomUUID())
  await expect(startExport(who, wanted(), randomUUID())).rejects.toThrow('3 exports under way')
  await expect(startExport(who, wanted({ search: 'coverage=blue' }), randomUUID())).rejects.toThrow('“blue”')
  const [{ n = 0 } = {}] = await owner<{ n: number }[]>`
    select count(*)::int as n from pgboss.job where name = ${EXPORTS} and data->>'userId' = ${String(who.id)}`
  expect(n).toBe(3)
})

test('a cancelled export leaves no file, before it is run and after', async () => {
  const who = await viewer('viewer@aurora.example')
  const id = await startExport(who, wanted(), randomUUID())
  await cancelExport(who, id)
  await runExport(jobOf(id, who.id))
  expect([await statusOf(id), await openFile(id)]).toMatchObject([{ status: 'cancelled' }, null])

  const second = await startExport(who, wanted(), randomUUID())
  await runExport(jobOf(second, who.id))
  expect((await statusOf(second))?.status).toBe('finished')
  await cancelExport(who, second)
  expect([await takeExport(who, second), await openFile(second)]).toEqual([null, null])
  await expect(cancelExport(await viewer('admin@aurora.example'), id)).rejects.toThrow('no such export')
})

test('whose role has gone, or is narrower, gets nothing', async () => {
  const who = await viewer('va-admin@aurora.example')
  const take = (set: string) =>
    owner.unsafe(`update role_assignments set ${set} where user_id = ${who.id} and revoked_at is null`)
  const waiting = await startExport(who, wanted(), randomUUID())
  const ready = await startExport(who, wanted(), randomUUID())
  await runExport(jobOf(ready, who.id))
  expect((await statusOf(ready))?.status).toBe('finished')

  await take('includes_nested = false')
  const narrower = await viewer('va-admin@aurora.example')
  expect([await takeExport(narrower, ready), await openFile(ready)]).toEqual([null, null])
  await take('includes_nested = true')

  const narrowed = await startExport(who, wanted(), randomUUID())
  meanwhile = () => take('includes_nested = false')
  await runExport(jobOf(narrowed, who.id))
  expect([(await statusOf(narrowed))?.status, await openFile(narrowed)]).toEqual(['cancelled', null])
  meanwhile = async () => undefined
  await take('includes_nested = true')

  await take(`expires_at = '2026-05-01'`)
  await runExport(jobOf(waiting, who.id))
  expect([(await statusOf(waiting))?.status, await openFile(waiting)]).toEqual(['waiting', null])
  await take('expires_at = null')
})

test('what a server that was killed has begun is made by the next one, and its pieces are listed nowhere', async () => {
  const who = await viewer('admin@aurora.example')
  const id = await startExport(who, wanted(), randomUUID())
  const run = randomUUID()
  writeFileSync(join(folder, `${id}.${run}.part`), 'half a file')
  await owner`update exports set status = 'running', run = ${run}, rows_written = 7, told_at = now() - interval '1 minute' where id = ${id}`
  await owner`update pgboss.job set state = 'active', started_on = now() - interval '1 minute'
    where name = ${EXPORTS} and data->>'id' = ${id}`
  expect([await takeExport(who, id), await openFile(id)]).toEqual([null, null])

  startExportWorker()
  await until(async () => (await statusOf(id))?.status === 'finished')
  expect(await statusOf(id)).toMatchObject({ status: 'finished', rows: '300' })
  expect(await takeExport(who, id)).toMatchObject({ id })

  // The queue goes on: another one is taken as it comes.
  const next = await startExport(who, wanted({ tab: 'events', format: 'xlsx' }), randomUUID())
  await until(async () => (await statusOf(next))?.status === 'finished')
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([`${id}.${run}.part`])
}, 60_000)
