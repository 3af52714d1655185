/** @jest-environment node */
import postgres from 'postgres'
import { devices } from '@/db/schema/devices'
import { sql } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Conflict, NotFound } from '@/lib/errors'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { seeded } from '../support/seeded'
import { serveWith } from '../support/server-settings'
import { onPage, viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

let database: TestDatabase
let owner: postgres.Sql
let admin: Viewer
let user: Viewer

const event: EventDraft = {
  type: 'devices.imported',
  subject: 'import',
  virtualAccountIds: [],
  detail: { devices: 1 },
}
const item = (subjectId: number): ChangeItem => ({
  subject: 'device',
  subjectId,
  before: { name: 'a' },
  after: { name: 'b' },
})
const counts = async () => {
  const [row] =
    await owner`select (select count(*)::int from events) as events, (select count(*)::int from change_sets) as sets,
    (select count(*)::int from change_items) as items`
  return row
}
const nothing = async () => ({ result: null, events: [event] as const })

beforeAll(async () => {
  serveWith({ DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' })
  database = await createTestDatabase(seeded({ devices: 400, now: now() }))
  serveWith({ DATABASE_URL: database.appUrl, DEMO: '1', DEMO_NOW: '2026-05-06T10:00:00Z' })
  owner = postgres(database.ownerUrl, { max: 4, onnotice: () => undefined })
  admin = await viewerOf(owner, 'admin@aurora.example', 'aurora.example')
  user = await viewerOf(owner, 'user@aurora.example', 'aurora.example')
}, 120_000)

afterAll(async () => {
  await Promise.all([owner.end(), sql().end()])
  await database.drop()
})

test('the change set, its items and its event are written together', async () => {
  const before = await counts()
  const changeSet = { kind: 'import' as const, summary: { devices: 2 }, items: [item(1), item(2)] }
  await expect(
    write(admin, { permission: 'import' }, async () => ({ result: 42, changeSet, events: [event] })),
  ).resolves.toBe(42)
  expect(await counts()).toEqual({
    events: before?.['events'] + 1,
    sets: before?.['sets'] + 1,
    items: before?.['items'] + 2,
  })
  const [last] =
    await owner`select * from events where smart_account_id = ${admin.account.id} order by seq desc limit 1`
  expect(last).toMatchObject({ actor_kind: 'person', actor_user_id: String(admin.id), type: 'devices.imported' })
  expect(await owner`select * from app.broken_events()`).toEqual([])
})

test('work that fails leaves nothing behind', async () => {
  const before = await counts()
  const failing = write(admin, { permission: 'import' }, async (tx) => {
    await tx.update(devices).set({ name: 'half done' })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await counts()).toEqual(before)
  expect(await owner`select 1 from devices where name = 'half done'`).toHaveLength(0)
})

test('without the permission nothing is written', async () => {
  const before = await counts()
  await expect(write(user, { permission: 'import' }, nothing)).rejects.toBeInstanceOf(NotFound)
  expect(await counts()).toEqual(before)
})

test('a role taken away is not used, even by somebody who was a viewer with it a moment ago', async () => {
  await owner`update role_assignments set revoked_at = now() where user_id = ${user.id}`
  await expect(write(user, { permission: 'assign' }, nothing)).rejects.toBeInstanceOf(NotFound)
  await owner`update role_assignments set revoked_at = null where user_id = ${user.id}`
})

test('taking a role away waits for the write that holds it', async () => {
  let revoked = false
  let revoking: Promise<unknown> = Promise.resolve()
  await write(user, { permission: 'assign' }, async () => {
    revoking = owner`update role_assignments set revoked_at = now() where user_id = ${user.id}`.then(() => {
      revoked = true
    })
    await new Promise((done) => setTimeout(done, 300))
    expect(revoked).toBe(false)
    return nothing()
  })
  await revoking
  expect(revoked).toBe(true)
  await owner`update role_assignments set revoked_at = null where user_id = ${user.id}`
})

test('fifty identical submissions are one change, one event and fifty equal answers', async () => {
  const before = await counts()
  const idempotency = { key: 'one form', request: { rows: 1 } }
  let runs = 0
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      write(admin, { permission: 'import', idempotency }, async () => {
        runs += 1
        return { result: { run: runs }, events: [event] }
      }),
    ),
  )
  expect(runs).toBe(1)
  expect(answers).toEqual(Array.from({ length: 50 }, () => ({ run: 1 })))
  expect((await counts())?.['events']).toBe(before?.['events'] + 1)
})

test('the same key with another request is a conflict', async () => {
  const options = (rows: number) => ({
    permission: 'import' as const,
    idempotency: { key: 'another form', request: { rows } },
  })
  await write(admin, options(1), nothing)
  await expect(write(admin, options(2), nothing)).rejects.toBeInstanceOf(Conflict)
})

test('whoever sees an account by support access leaves an event for it, and nobody else does', async () => {
  const used = async () =>
    owner`select e.actor_kind as kind, u.email, e.subject_id::int as access, e.detail from events e join users u on u.id = e.actor_user_id
    where type = 'support-access.used'`
  const page = '/accounts/aurora.example/devices'
  onPage(page)
  await viewerOf(owner, 'viewer@aurora.example', 'aurora.example')
  expect(await used()).toEqual([])
  const support = await viewerOf(owner, 'support@license-central.example', 'aurora.example')
  onPage(null)
  const left = { kind: 'support', email: support.email, access: support.support[0]?.id, detail: { page } }
  expect(await used()).toEqual([left])
})
