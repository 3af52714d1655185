import type { ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { type Cluster, prepareCluster, SUPERUSER, startServer, stopServer } from '@/db/embedded/cluster'
import { freePort } from '@/db/embedded/free-port'
import { DATABASE_NAME, serverUrl } from '@/db/embedded/state'
import { migrate } from '@/db/migrate'
import { ensureAppRole } from '@/scripts/app-role'
import { ownSecrets } from '@/scripts/own-secrets'

/** A Postgres server of a test's own. */
export type Server = { url: string; process: ChildProcess; owner: Sql; stop(): Promise<void> }

/** A migrated database on a server of its own, and a streaming replica of it; the addresses are for the server's role. */
export type Replicated = {
  primary: Server
  replica: Server
  appUrl: string
  replicaUrl: string
  close(): Promise<void>
}

/** `fill` gets the database before the replica is made of it. */
export async function openReplicated(fill: (ownerUrl: string) => Promise<unknown>): Promise<Replicated> {
  // Whoever runs Postgres must get to it, who may be nobody.
  const folder = mkdtempSync(join(tmpdir(), 'replicated-'))
  chmodSync(folder, 0o755)
  const cluster = await prepareCluster(folder)
  appendFileSync(join(cluster.data, 'postgresql.conf'), "wal_keep_size = '512MB'\n")
  const log = openSync(join(folder, 'primary.log'), 'a')
  const primary = await startOn(cluster, log)
  await migrate(primary.url)
  const appUrl = await ensureAppRole(primary.url, ownSecrets().APP_ROLE_PASSWORD)
  await fill(primary.url)
  const copy = await copyCluster(cluster, primary, join(folder, 'replica', 'cluster'))
  const replica = await startOn(copy, openSync(join(folder, 'replica.log'), 'a'))
  const replicaUrl = new URL(appUrl)
  replicaUrl.port = new URL(replica.url).port
  const close = async () => {
    await replica.stop()
    await primary.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { primary, replica, appUrl, replicaUrl: replicaUrl.href, close }
}

/** Resolves when the replica has everything that the database has now. */
export async function caughtUp({ primary, replica }: Replicated): Promise<void> {
  const [end] = await primary.owner`select pg_current_wal_insert_lsn()::text as position`
  for (let tries = 0; tries < 400; tries++) {
    const [row] = await replica.owner`select pg_last_wal_replay_lsn() >= ${end?.['position']}::pg_lsn as there`
    if (row?.['there']) return
    await sleep(25)
  }
  throw new Error('The replica does not follow.')
}

async function startOn(cluster: Cluster, log: number): Promise<Server> {
  const port = await freePort()
  const process = startServer(cluster, port, false, log)
  let hasEnded = false
  process.once('exit', () => {
    hasEnded = true
  })
  const addressOf = (database: string) => serverUrl({ port, password: cluster.password }, database)
  const first = postgres(addressOf(SUPERUSER), { max: 1, onnotice: () => undefined })
  const found = () => first`select 1 from pg_database where datname = ${DATABASE_NAME}`.catch(() => undefined)
  let databases = await found()
  while (!databases) {
    if (hasEnded) throw new Error(`Postgres did not start on ${cluster.data}.`)
    await sleep(50)
    databases = await found()
  }
  if (databases.length === 0) await first.unsafe(`create database ${DATABASE_NAME}`)
  await first.end()
  const url = addressOf(DATABASE_NAME)
  const owner = postgres(url, { max: 2, onnotice: () => undefined })
  const stop = async () => {
    await owner.end({ timeout: 1 })
    process.kill('SIGCONT')
    if (!hasEnded) await stopServer(cluster)
  }
  return { url, process, owner, stop }
}

/** A copy of a server that runs, made as its manual says (low-level API of base backups), to follow it by streaming. */
async function copyCluster(cluster: Cluster, { url, owner }: Server, data: string): Promise<Cluster> {
  const backup = await owner.reserve()
  await backup`select pg_backup_start('replica', fast => true)`
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const left = ['postmaster.pid', 'postmaster.opts']
  cpSync(cluster.data, data, {
    recursive: true,
    filter: (from) => !left.includes(from.slice(cluster.data.length + 1)) && !from.includes(join('pg_wal', '0000')),
  })
  const [ended] = await backup<{ labelfile: string }[]>`select labelfile from pg_backup_stop(wait_for_archive => false)`
  backup.release()
  const { port, password } = new URL(url)
  writeFileSync(join(data, 'backup_label'), ended?.labelfile ?? '')
  writeFileSync(join(data, 'standby.signal'), '')
  const primary = `host=127.0.0.1 port=${port} user=${SUPERUSER} password=${decodeURIComponent(password)}`
  appendFileSync(join(data, 'postgresql.conf'), `primary_conninfo = '${primary}'\nhot_standby_feedback = on\n`)
  chmodSync(data, 0o700)
  if (cluster.identity.user) {
    const { uid, gid } = cluster.identity.user
    for (const name of ['.', ...(readdirSync(data, { recursive: true }) as string[])])
      lchownSync(join(data, name), uid, gid)
  }
  return { ...cluster, data }
}
