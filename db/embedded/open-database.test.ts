import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { openDatabase } from './open-database'

const dataDir = mkdtempSync(join(tmpdir(), 'embedded-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const open = () => openDatabase({ dataDir, durable: false })

/** Whether a server listens at the address. */
function answers(url: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}

test('holds share one server, which ends with the last of them', async () => {
  const [one, two] = await Promise.all([open(), open()])
  expect(one.ownerUrl).toBe(two.ownerUrl)
  await one.stop()
  expect(await answers(two.ownerUrl)).toBe(true)
  await two.stop()
  expect(await answers(two.ownerUrl)).toBe(false)
}, 30_000)

test('data stays, and the password is for the owner of the files only', async () => {
  const first = await open()
  const sql = postgres(first.ownerUrl, { max: 1 })
  await sql`create table kept as select 42 as answer`
  await sql.end()
  await first.stop()

  const second = await open()
  const again = postgres(second.ownerUrl, { max: 1 })
  expect(await again`select answer from kept`).toEqual([{ answer: 42 }])
  await again.end()
  for (const file of ['password', 'keeper.json']) expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
  await second.stop()
}, 30_000)

test('an owner that is killed leaves no server behind', async () => {
  const script = `import('./db/embedded/open-database.ts').then(async ({ openDatabase }) => {
    const { ownerUrl } = await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    console.log(ownerUrl)
    setInterval(() => {}, 1000)
  })`
  const owner = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((done) => owner.stdout.once('data', (text) => done(String(text).trim())))
  expect(await answers(url)).toBe(true)
  owner.kill('SIGKILL')
  for (let tries = 0; tries < 50 && (await answers(url)); tries++) await sleep(100)
  expect(await answers(url)).toBe(false)
}, 30_000)
