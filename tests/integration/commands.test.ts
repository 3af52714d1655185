import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type postgres from 'postgres'
import { connect } from '@/db/client'
import { publishHeads } from '@/lib/changes/heads'
import { exportKey, exportSigned } from '@/lib/changes/signed-export'
import { folderStore } from '@/lib/delivery/folder-store'
import { childEnvironment } from '@/lib/env'
import { decryptPak } from '@/lib/pak'
import { serverSecrets } from '@/scripts/own-secrets'
import { closeDemo, type DemoScene, openDemo } from '../support/demo-scene'
import { deviceFile, someDevice } from '../support/device-file'
import { viewerOf } from '../support/viewer'

jest.mock('@/lib/auth', () => jest.requireActual('../support/viewer'))

const AURORA = 'aurora.example'
const folder = mkdtempSync(join(tmpdir(), 'commands-'))

let demo: DemoScene
let owner: postgres.Sql
let account: number
beforeAll(async () => {
  demo = await openDemo(300, { withPaks: true })
  owner = demo.owner
  account = Number((await owner`select id from smart_accounts where domain = ${AURORA}`)[0]?.['id'])
}, 240_000)
afterAll(async () => {
  await closeDemo(demo)
  rmSync(folder, { recursive: true, force: true })
})

/** A command as an operator types it, on the demo database, with its exit code and what it said. */
function run(command: string, args: string[] = [], settings: Record<string, string> = {}) {
  const env = childEnvironment({
    ...{ DATABASE_OWNER_URL: demo.database.ownerUrl, DATABASE_URL: '', STORE_FOLDER: folder, NODE_ENV: 'production' },
    ...settings,
  })
  const child = spawn('npm', ['run', '--silent', command, '--', ...args], { env })
  return new Promise<{ code: number | null; said: string }>((done) => {
    const pieces: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => pieces.push(String(piece)))
    child.once('close', (code) => done({ code, said: pieces.join('') }))
  })
}

/** As somebody would who has the database and takes the triggers off. */
const silently = (change: (tx: postgres.TransactionSql) => Promise<unknown>) =>
  owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await change(tx)
  })

test('import takes devices into an account, and says no to what is no file of them', async () => {
  const device = someDevice('778800112233')
  const file = join(folder, 'devices.csv')
  writeFileSync(file, deviceFile([device]))
  const taken = await run('import', ['lc-devices', file, '--account', AURORA])
  expect(taken.said).toContain('1 added')
  expect(taken.code).toBe(0)
  const found =
    await owner`select pid from devices where smart_account_id = ${account} and serial_number = 'FOC778800112233'`
  expect(found).toEqual([{ pid: 'C9300-48P' }])
  writeFileSync(file, 'nothing of devices')
  const refused = await run('import', ['lc-devices', file, '--account', AURORA])
  expect(refused.code).not.toBe(0)
  expect(refused.said).not.toContain('    at ')
}, 60_000)

describe('events:verify', () => {
  test('says that all chains hold, in themselves and against what was written outside', async () => {
    const client = connect(demo.database.ownerUrl, { max: 1 })
    await publishHeads(client, folderStore(folder), '2026-05-06')
    await client.end()
    const { code, said } = await run('events:verify')
    expect(said).toMatch(/^\d+ events of \d+ Smart Accounts: every chain holds\.\n\d+ heads/)
    expect(code).toBe(0)
  }, 60_000)

  test.each([
    [
      'a changed row',
      2,
      (tx: postgres.TransactionSql) =>
        tx`update events set detail = '{"devices": 1}' where smart_account_id = ${account} and seq = 2`,
    ],
    [
      'a deleted row',
      4,
      (tx: postgres.TransactionSql) => tx`delete from events where smart_account_id = ${account} and seq = 3`,
    ],
    [
      'the last row deleted',
      'last',
      (tx: postgres.TransactionSql) =>
        tx`delete from events where smart_account_id = ${account} and seq = (select max(seq) from events where smart_account_id = ${account})`,
    ],
    [
      'an inserted row',
      'next',
      (tx: postgres.TransactionSql) => tx`
        insert into events (smart_account_id, seq, type, actor_kind, subject, virtual_account_ids, detail)
        select ${account}, max(seq) + 1, 'devices.imported', 'operator', 'import', '{}', '{}' from events where smart_account_id = ${account}`,
    ],
  ])(
    'names the account and the event of %s',
    async (_, which, tamper) => {
      const [last] = await owner<
        { seq: number }[]
      >`select max(seq)::int as seq from events where smart_account_id = ${account}`
      const seq = { last: last?.seq, next: (last?.seq ?? 0) + 1 }[which] ?? which
      const columns = (
        await owner<{ name: string }[]>`select column_name as name from information_schema.columns
        where table_name = 'events' and is_generated = 'NEVER' order by ordinal_position`
      )
        .map(({ name }) => name)
        .join(', ')
      await owner`create table kept_events as select * from events`
      await silently(tamper)
      const { code, said } = await run('events:verify')
      await silently(async (tx) => {
        await tx`delete from events`
        await tx.unsafe(`insert into events (${columns}) select ${columns} from kept_events`)
      })
      await owner`drop table kept_events`
      expect(said).toContain(`${AURORA}: event ${seq} is broken: `)
      expect(code).toBe(1)
    },
    60_000,
  )
})

test('events:verify-export says that an export is whole, and names what was altered in one', async () => {
  const answer = await exportSigned(await viewerOf(owner, 'admin@aurora.example', AURORA), { from: 1, to: 20 })
  const bytes = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))
  const file = join(folder, 'export.zip')
  writeFileSync(file, bytes)
  const fingerprint = exportKey()?.fingerprint ?? ''
  const whole = await run('events:verify-export', [file, fingerprint])
  expect(whole.said).toMatch(new RegExp(`^20 events of ${AURORA}, 1 to 20, exported .*: whole, unaltered, signed by`))
  expect(whole.code).toBe(0)
  const other = await run('events:verify-export', [file, 'SHA256:other'])
  expect([other.code, other.said]).toEqual([1, expect.stringContaining(`${file}: `)])
  bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)
  writeFileSync(file, bytes)
  const altered = await run('events:verify-export', [file, fingerprint])
  expect([altered.code, altered.said]).toEqual([
    1,
    expect.stringMatching(/event 1 cannot be read: it was altered|content of event 1 was altered/),
  ])
  writeFileSync(file, bytes.subarray(0, 400))
  const cut = await run('events:verify-export', [file, fingerprint])
  expect([cut.code, cut.said]).toEqual([1, expect.stringContaining('no zip that can be read')])
}, 60_000)

test('paks:rotate encrypts every PAK with the last key, and those with the first one can be taken away', async () => {
  const { PAK_KEYS } = serverSecrets()
  const key = randomBytes(32)
  const [before] = await owner<{ n: number }[]>`select count(*)::int as n from paks where key_id = 'k1'`
  expect(before?.n).toBeGreaterThan(0)
  const done = await run('paks:rotate', [], { PAK_KEYS: `${PAK_KEYS},k2:${key.toString('base64')}` })
  expect(done.said).toContain(`${before?.n} PAKs encrypted with the key k2; none is left with another one.`)
  expect(done.code).toBe(0)
  const rows = await owner<{ id: number; encrypted: Buffer; key: string; four: string }[]>`
    select id::int, encrypted, key_id as key, last_four as four from paks`
  const ring = { activeId: 'k2', keys: new Map([['k2', key]]) }
  expect(rows.every((row) => decryptPak(row.encrypted, row.key, row.id, ring).endsWith(row.four))).toBe(true)
  const again = await run('paks:rotate', [], { PAK_KEYS: `${PAK_KEYS},k2:${key.toString('base64')}` })
  expect(again.said).toContain('0 PAKs encrypted')
}, 60_000)
