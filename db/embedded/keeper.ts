/**
 * The process that keeps one embedded Postgres: it starts the server, lives while at least one owner is connected to
 * it, and stops the server when the last one has gone. An owner that is killed drops its connection, so no server is
 * ever left behind. Started by open-database.ts only: `keeper.ts FOLDER durable|fast`.
 */
import { randomBytes } from 'node:crypto'
import { openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { type Cluster, isReady, prepareCluster, SUPERUSER, startServer, stopServer } from './cluster'
import { freePort } from './free-port'
import { DATABASE_NAME, type KeeperState, serverUrl, stateFile } from './state'

const FIRST_OWNER_MS = 10_000

const [folder = '', mode] = process.argv.slice(2)
const cluster = await prepareCluster(folder)
// A server whose keeper was killed still holds the data folder.
await stopServer(cluster)

const port = await freePort()
const log = openSync(join(folder, 'server.log'), 'a')
const server = startServer(cluster, port, mode === 'durable', log)
let ended = false
server.on('exit', () => {
  ended = true
})
await ready(cluster)
await createDatabase()

const owners = new Set<Socket>()
const nonce = randomBytes(16).toString('hex')
const door = createServer((owner) => {
  owners.add(owner)
  owner.write(`${nonce}\n`)
  owner.on('data', () => leave(owner))
  owner.on('error', () => leave(owner))
  owner.on('close', () => leave(owner))
})
door.listen(0, '127.0.0.1', () => {
  const state: KeeperState = {
    keeperPort: (door.address() as AddressInfo).port,
    port,
    nonce,
    password: cluster.password,
  }
  // Renamed into place, so that nobody reads half of it.
  writeFileSync(`${stateFile(folder)}.new`, JSON.stringify(state), { mode: 0o600 })
  renameSync(`${stateFile(folder)}.new`, stateFile(folder))
})
server.on('exit', () => process.exit(1))
setTimeout(() => owners.size === 0 && shutDown(), FIRST_OWNER_MS)

/** The last owner is let go only after the server has ended, so that stopping can be waited for. */
function leave(owner: Socket): void {
  if (!owners.delete(owner)) return
  if (owners.size > 0) owner.destroy()
  else shutDown()
}

function shutDown(): void {
  rmSync(stateFile(folder), { force: true })
  door.close()
  server.removeAllListeners('exit')
  void stopServer(cluster).finally(() => process.exit(0))
}

async function ready(starting: Cluster): Promise<void> {
  while (!isReady(starting, port)) {
    if (ended) throw new Error(`Postgres did not start; see ${join(folder, 'server.log')}`)
    await sleep(10)
  }
}

async function createDatabase(): Promise<void> {
  const sql = postgres(serverUrl({ port, password: cluster.password }, SUPERUSER), {
    max: 1,
    onnotice: () => undefined,
  })
  const found = await sql`select 1 from pg_database where datname = ${DATABASE_NAME}`
  if (found.length === 0) await sql.unsafe(`create database ${DATABASE_NAME}`)
  await sql.end()
}
