import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type postgres from 'postgres'
import { type Client, connect } from '@/db/client'
import { compareHeads, publishHeads } from '@/lib/changes/heads'
import { exportKey, exportSigned } from '@/lib/changes/signed-export'
import { unzipped } from '@/lib/changes/unzipped'
import { verifyChains } from '@/lib/changes/verify'
import { verifyExport } from '@/lib/changes/verify-export'
import { folderStore } from '@/lib/delivery/folder-store'
import { withoutRoles } from '../matrix/question'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const folder = mkdtempSync(join(tmpdir(), 'heads-'))
const objects = folderStore(folder)

let demo: DemoScene
let owner: postgres.Sql
let client: Client
let account: number

beforeAll(async () => {
  demo = await openDemo(500)
  owner = demo.owner
  client = connect(demo.database.ownerUrl, { max: 1 })
  const [row] = await owner<{ id: number }[]>`select id::int from smart_accounts where domain = ${AURORA}`
  account = row?.id ?? 0
}, 120_000)
afterAll(async () => {
  await client.end()
  await closeDemo(demo)
  rmSync(folder, { recursive: true, force: true })
})

/** As somebody would who has the database and takes the triggers off; all of it is undone. */
async function behindTheBack(work: (tx: postgres.TransactionSql) => Promise<unknown>, look: () => Promise<void>) {
  await owner`create table if not exists kept_events as select * from events`
  await owner`create table if not exists kept_items as select * from change_items`
  const silently = async (change: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await change(tx)
    })
  await silently(work)
  try {
    await look()
  } finally {
    const columns = await owner<{ name: string }[]>`select column_name as name from information_schema.columns
      where table_name = 'events' and is_generated = 'NEVER' order by ordinal_position`
    const list = columns.map(({ name }) => name).join(', ')
    await silently(async (tx) => {
      await tx`delete from events`
      await tx.unsafe(`insert into events (${list}) select ${list} from kept_events`)
      await tx`delete from change_items`
      await tx`insert into change_items select * from kept_items`
    })
  }
}
const broken = async () => (await verifyChains(client)).broken

test('what is added to the items of a change set, changed or taken away is found and named', async () => {
  const [set] = await owner<{ id: number; seq: number }[]>`select change_set_id as id, min(seq)::int as seq from events
    where smart_account_id = ${account} and change_set_id is not null group by 1 order by 2 limit 1`
  const told = [{ domain: AURORA, seq: set?.seq, problem: 'the items of its change set were altered' }]
  const look = async () => expect((await broken()).map((row) => ({ ...row, seq: Number(row.seq) }))).toEqual(told)
  const mine = owner`smart_account_id = ${account} and change_set_id = ${set?.id ?? 0}`
  await behindTheBack(
    (tx) => tx`insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, after)
    values (${account}, ${set?.id ?? 0}, 999999, 'device', 1, '{}')`,
    look,
  )
  await behindTheBack((tx) => tx`update change_items set after = '{"x": 1}' where ${mine} and position = 1`, look)
  await behindTheBack((tx) => tx`delete from change_items where ${mine} and position = 1`, look)
  expect(await broken()).toEqual([])
})

test('an event that is put in between, with a hash of its own, is found and named', async () => {
  await behindTheBack(
    async (tx) => {
      await tx`update events set seq = seq + 100000 where smart_account_id = ${account} and seq >= 3`
      await tx`update events set seq = seq - 99999 where smart_account_id = ${account} and seq >= 100000`
      await tx`insert into events (smart_account_id, seq, type, actor_kind, subject, virtual_account_ids, detail, previous_hash)
      select ${account}, 3, 'devices.imported', 'operator', 'import', '{}', '{}', hash from events where smart_account_id = ${account} and seq = 2`
      await tx`update events e set hash = app.event_hash(e) where smart_account_id = ${account} and seq = 3`
    },
    async () => {
      expect((await broken()).map(({ domain, seq }) => [domain, Number(seq)])).toEqual([[AURORA, 4]])
    },
  )
})

test('nobody truncates, and the server writes by insert only', async () => {
  await expect(owner`truncate events cascade`).rejects.toMatchObject({ code: '42501' })
  await expect(owner`truncate change_items`).rejects.toMatchObject({ code: '42501' })
  const rights = await owner<{ table: string; right: string }[]>`select table_name as table, privilege_type as right
    from information_schema.role_table_grants where grantee = 'license_central_app' and table_name in ('events', 'change_sets', 'change_items') order by 1, 2`
  expect(rights.map(({ table, right }) => `${table} ${right}`)).toEqual(
    ['change_items', 'change_sets', 'events'].flatMap((table) => [`${table} INSERT`, `${table} SELECT`]),
  )
})

test('a chain that is made anew as a whole, or loses its end, does not fit the heads that were written outside', async () => {
  expect(await publishHeads(client, objects, '2026-05-06')).toBeGreaterThan(2)
  expect(await publishHeads(client, objects, '2026-05-06')).toBeNull()
  expect(await compareHeads(client, objects)).toMatchObject({ days: 1, broken: [] })
  const look = async () => {
    expect(await broken()).toEqual([])
    const found = (await compareHeads(client, objects)).broken
    expect(found).toEqual([
      {
        domain: AURORA,
        seq: expect.anything(),
        problem: expect.stringMatching(/written outside of the database on 2026-05-06/),
      },
    ])
  }
  await behindTheBack(async (tx) => {
    await tx`update events set note = 'never was' where smart_account_id = ${account} and seq = 2`
    const rows = await tx<
      { seq: number }[]
    >`select seq::int from events where smart_account_id = ${account} and seq >= 2 order by seq`
    for (const { seq } of rows) {
      await tx`update events set previous_hash = (select hash from events where smart_account_id = ${account} and seq = ${seq - 1})
        where smart_account_id = ${account} and seq = ${seq}`
      await tx`update events e set hash = app.event_hash(e) where smart_account_id = ${account} and seq = ${seq}`
    }
  }, look)
  await behindTheBack(
    (tx) =>
      tx`delete from events where smart_account_id = ${account} and seq = (select max(seq) from events where smart_account_id = ${account})`,
    look,
  )
  expect((await compareHeads(client, objects)).broken).toEqual([])
})

describe('a signed export', () => {
  const exported = async (email: string, from: number, to: number) =>
    exportSigned(await viewerOf(owner, email, AURORA), { from, to })
  const files = async () =>
    unzipped(Buffer.from((await (await exported('admin@aurora.example', 2, 6))?.arrayBuffer()) ?? new ArrayBuffer(0)))

  test('verifies without a database, with the key that the page shows', async () => {
    const { manifest, problems } = verifyExport(await files(), exportKey()?.fingerprint)
    expect(problems).toEqual([])
    expect(manifest).toMatchObject({ account: AURORA, from: 2, to: 6, count: 5 })
    const [event] =
      await owner`select detail, subject from events where type = 'events.exported' and smart_account_id = ${account} order by seq desc limit 1`
    expect(event).toMatchObject({ detail: { from: 2, to: 6 } })
  })

  test.each([
    ['a changed event', 'events.jsonl', (text: string) => text.replace('Kind', 'Kinb'), /altered|not those/],
    ['an event less', 'events.jsonl', (text: string) => text.slice(text.indexOf('\n') + 1), /not those|stands where/],
    ['another manifest', 'manifest.json', (text: string) => text.replace('"to": 6', '"to": 5'), /signature/],
    ['another signature', 'manifest.sig', () => Buffer.alloc(64).toString('base64'), /signature/],
  ])('%s is found', async (_, name, change, problem) => {
    const all = await files()
    all.set(name, Buffer.from(change(all.get(name)?.toString() ?? '')))
    expect(verifyExport(all, exportKey()?.fingerprint).problems.join()).toMatch(problem)
  })

  test('of a chain that was made anew and signed by somebody else is known by its key', async () => {
    expect(verifyExport(await files(), 'SHA256:other').problems.join()).toMatch(/another one/)
  })

  test('is for who sees the whole account', async () => {
    expect(await exported('va-admin@aurora.example', 1, 5)).toBeNull()
    expect(await exported('admin@aurora.example', 900_000, 900_005)).toBeNull()
    const admin = await viewerOf(owner, 'admin@aurora.example', AURORA)
    expect(await exportSigned(withoutRoles(admin), { from: 1, to: 5 })).toBeNull()
  })

  test('ends with the last event of the account, however many another one has', async () => {
    const admin = await viewerOf(owner, 'admin@borealis.example', 'borealis.example')
    const [last] = await owner<{ own: number; most: number }[]>`
      select max(seq) filter (where smart_account_id = ${admin.account.id})::int as own, max(seq)::int as most from events`
    const zip = await (await exportSigned(admin, { from: 1, to: 9_000 }))?.arrayBuffer()
    const { manifest } = verifyExport(unzipped(Buffer.from(zip ?? new ArrayBuffer(0))))
    expect(manifest).toMatchObject({ account: 'borealis.example', to: last?.own, count: last?.own })
    expect(last?.most).toBeGreaterThan(last?.own ?? 0)
  })

  test('is verified by the command, offline', async () => {
    const file = join(folder, 'export.zip')
    const answer = await exported('viewer@aurora.example', 1, 9_000)
    writeFileSync(file, Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0)))
    const { problems, manifest } = verifyExport(unzipped(readFileSync(file)))
    expect([problems, manifest.sha256]).toEqual([
      [],
      createHash('sha256')
        .update(unzipped(readFileSync(file)).get('events.jsonl') ?? '')
        .digest('hex'),
    ])
  })
})
