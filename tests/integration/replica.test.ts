import { text } from 'node:stream/consumers'
import { eq, sql as query } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { devices } from '@/db/schema/devices'
import { seed } from '@/db/seed/seed'
import { asUser, sql } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { closeExports, copyAs } from '@/lib/exporting/copy'
import { tables } from '@/lib/resources/all'
import { loadTable } from '@/lib/table/load'
import { bootProblems } from '@/scripts/boot-checks'
import { caughtUp, openReplicated, type Replicated } from '../support/replicated'
import { serveWith } from '../support/server-settings'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
let pair: Replicated
let device: number

beforeAll(async () => {
  serveWith({ DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' })
  pair = await openReplicated((ownerUrl) => seed({ ownerUrl, devices: 300, now: now() }))
  serveWith({ DATABASE_URL: pair.appUrl, DATABASE_REPLICA_URL: pair.replicaUrl })
  const [row] = await pair.primary.owner<{ id: number }[]>`
    select min(d.id)::int as id from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = ${AURORA}`
  device = row?.id ?? 0
}, 180_000)
afterAll(async () => {
  await closeExports()
  await sql().end()
  await pair.close()
})

const viewer = (name: string) => viewerOf(pair.primary.owner, `${name}@aurora.example`, AURORA)
const onReplica = (reader: Reader) =>
  reader.execute(query`select pg_is_in_recovery() as yes`).then(([row]) => row?.['yes'])
/** What a viewer is told of the device, and whether by the replica. */
const told = (who: Viewer) =>
  asUser(who, async (reader) => {
    const [row] = await reader.select({ text: devices.description }).from(devices).where(eq(devices.id, device))
    return { text: row?.text, byReplica: await onReplica(reader) }
  })
const rewrite = (who: Viewer, description: string) =>
  write(who, { permission: 'import' }, async (tx) => {
    await tx.update(devices).set({ description }).where(eq(devices.id, device))
    const event = {
      type: 'devices.imported',
      subject: 'import',
      virtualAccountIds: [],
      detail: { devices: 1 },
    } as const
    return { result: null, events: [event] }
  })
const pause = () => pair.replica.owner`select pg_wal_replay_pause()`
const resume = () => pair.replica.owner`select pg_wal_replay_resume()`
/** A server knows of its own writes; another one knows what the database tells it. */
const asAnotherServer = () => {
  delete (globalThis as { licenseCentralReplica?: unknown }).licenseCentralReplica
}
beforeEach(() => jest.spyOn(console, 'error').mockImplementation())
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('what a viewer reads comes from the replica, and is what the database itself tells', async () => {
  await caughtUp(pair)
  expect(await bootProblems({ DATABASE_URL: pair.appUrl, DATABASE_REPLICA_URL: pair.replicaUrl, DEMO: true })).toEqual(
    [],
  )
  for (const name of ['admin', 'va-user', 'viewer']) {
    const who = await viewer(name)
    await caughtUp(pair)
    expect(await told(who)).toMatchObject({ byReplica: true })
    const { writes: _, ...withoutReplica } = who
    for (const resource of Object.values(tables)) {
      const pages = [who, withoutReplica as Viewer].map((one) => loadTable(one, resource, {}, '/'))
      const [read, itself] = await Promise.all(pages)
      expect(read).toEqual(itself)
    }
  }
  const admin = await viewer('admin')
  await caughtUp(pair)
  expect(await text(await copyAs(admin, 'copy (select pg_is_in_recovery()) to stdout'))).toBe('t\n')
  const { writes: _, ...fromItself } = admin
  expect(await text(await copyAs(fromItself, 'copy (select pg_is_in_recovery()) to stdout'))).toBe('f\n')
  // Whose scope row-level security alone tells is read from the database itself: what is taken back is gone at once.
  expect(await asUser({ id: admin.id }, onReplica)).toBe(false)
})

test('who wrote sees it at once on every server, others may see the state before, for some seconds', async () => {
  const [writer, other] = [await viewer('admin'), await viewer('viewer')]
  const before = await told(other)
  await caughtUp(pair)
  await pause()
  expect(await told(writer)).toEqual({ ...before, byReplica: true })
  await rewrite(writer, 'A new description')
  const theirs = { text: 'A new description', byReplica: false }
  expect(await told(writer)).toEqual(theirs)
  expect(await told(await viewer('admin'))).toEqual(theirs)
  expect(await text(await copyAs(writer, 'copy (select pg_is_in_recovery()) to stdout'))).toBe('f\n')
  expect(await told(other)).toEqual({ ...before, byReplica: true })
  asAnotherServer()
  const elsewhere = await viewer('admin')
  expect(await told(elsewhere)).toEqual(theirs)

  // The other one is not told an old state for long.
  await viewer('viewer')
  await sleep(5_200)
  expect(await told(await viewer('viewer'))).toEqual(theirs)

  await resume()
  await caughtUp(pair)
  expect(await told(await viewer('admin'))).toEqual({ ...theirs, byReplica: true })
  expect(await told(await viewer('viewer'))).toEqual({ ...theirs, byReplica: true })
})

test('a transaction that was not committed counts as no write', async () => {
  const writer = await viewer('user')
  await caughtUp(pair)
  await pause()
  const failing = write(writer, { permission: 'export' }, () => Promise.reject(new Error('It is not written.')))
  await expect(failing).rejects.toThrow('It is not written.')
  expect(await told(await viewer('user'))).toMatchObject({ byReplica: true })
  await resume()
})

test('what is derived for a new day is not read where the day before is', async () => {
  await viewer('viewer')
  await pair.primary.owner`update smart_accounts set day = day - 1 where domain = ${AURORA}`
  await caughtUp(pair)
  await pause()
  expect(await told(await viewer('viewer'))).toMatchObject({ byReplica: false })
  await resume()
  await caughtUp(pair)
  expect(await told(await viewer('viewer'))).toMatchObject({ byReplica: true })
})

test('a replica that breaks in the middle is not noticed', async () => {
  const who = await viewer('viewer')
  await caughtUp(pair)
  const places: unknown[] = []
  const found = await asUser(who, async (reader) => {
    const isReplica = await onReplica(reader)
    places.push(isReplica)
    if (isReplica)
      await pair.replica
        .owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'license_central_app'`
    const [row] = await reader.select({ text: devices.description }).from(devices).where(eq(devices.id, device))
    return row?.text
  })
  expect([places, found]).toEqual([[true, false], 'A new description'])
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining('replica: it is not read from for 2 s'))
  // It rests for a moment, and is read from again.
  expect(await told(who)).toMatchObject({ byReplica: false })
  await sleep(2_100)
  expect(await told(who)).toMatchObject({ byReplica: true })
})

test('pages go on while the replica hangs, and when it is gone', async () => {
  const who = await viewer('admin')
  const backends = await pair.replica.owner<{ pid: number }[]>`
    select pid from pg_stat_activity where usename = 'license_central_app'`
  for (const { pid } of backends) process.kill(pid, 'SIGSTOP')
  pair.replica.process.kill('SIGSTOP')
  const began = performance.now()
  expect(await told(who)).toMatchObject({ text: 'A new description' })
  expect(performance.now() - began).toBeLessThan(8_000)
  pair.replica.process.kill('SIGKILL')
  for (const { pid } of backends) process.kill(pid, 'SIGKILL')
  const again = performance.now()
  for (let times = 0; times < 30; times++) {
    expect(await told(await viewer('admin'))).toMatchObject({ byReplica: false })
    await sleep(100)
  }
  expect(performance.now() - again).toBeLessThan(20_000)
})
