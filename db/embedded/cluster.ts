import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binariesFolder, copyBinaries, linkLibraries } from './binaries'
import { type Identity, postgresIdentity, reachableByOthers } from './identity'

export const SUPERUSER = 'postgres'

/** A Postgres data folder made ready to start: where its programs and files are, and who it runs as. */
export type Cluster = { native: string; data: string; password: string; identity: Identity }

/** Finds or makes (initdb, once) the cluster of `folder`. */
export async function prepareCluster(folder: string): Promise<Cluster> {
  mkdirSync(folder, { recursive: true })
  const known = join(homeOf(folder) ?? folder, 'cluster')
  const identity = postgresIdentity(statSync(known, { throwIfNoEntry: false })?.uid)
  const home = homeOf(folder) ?? chooseHome(folder, identity)
  const cluster: Cluster = {
    native: chooseBinaries(home, identity),
    data: join(home, 'cluster'),
    password: passwordOf(folder),
    identity,
  }
  if (!existsSync(cluster.data)) await initialize(cluster, home)
  return cluster
}

/** Starts the server on a port of 127.0.0.1. `durable: false` gives up crash safety for speed: tests only. */
export function startServer(cluster: Cluster, port: number, durable: boolean, log: number): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${bufferMegabytes()}MB`,
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // A client that was killed lets go of its locks within a second.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '1s' }),
    ...(durable ? {} : FOR_TESTS),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command, ...args] = [...cluster.identity.prefix, program(cluster, 'postgres'), '-D', cluster.data, ...flags]
  return spawn(command as string, args, { stdio: ['ignore', log, log], cwd: cluster.data, ...cluster.identity.user })
}

/** With few rows a statement takes far longer to plan than to run: a test plans it once for a connection. */
const FOR_TESTS = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
  plan_cache_mode: 'force_generic_plan',
}

/** An eighth of the machine's memory, which the server takes as it is used: what a large account reads fits in 2 GB. */
const bufferMegabytes = () => Math.min(2048, Math.max(128, Math.floor(totalmem() / 2 ** 23)))

/** True once the server takes connections on this port; a server that was killed leaves a file that says so of another. */
export function isReady(cluster: Cluster, port: number): boolean {
  const status = join(cluster.data, 'postmaster.pid')
  const lines = existsSync(status) ? readFileSync(status, 'utf8').split('\n') : []
  return lines[3] === String(port) && lines[7]?.trim() === 'ready'
}

/** Stops whatever server runs on the cluster, also one left behind by a killed process; nothing to stop is fine. */
export async function stopServer(cluster: Cluster): Promise<void> {
  if (!existsSync(join(cluster.data, 'postmaster.pid'))) return
  await run(cluster, 'pg_ctl', ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '30']).catch(() => undefined)
}

async function initialize(cluster: Cluster, home: string): Promise<void> {
  const unfinished = join(home, 'cluster.new')
  const passwordFile = join(home, 'cluster.password')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
  if (cluster.identity.user) {
    const { uid, gid } = cluster.identity.user
    chownSync(unfinished, uid, gid)
    chownSync(passwordFile, uid, gid)
  }
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    await run(cluster, 'initdb', ['-D', unfinished, '--no-sync', '--no-instructions', ...locale, ...access])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, cluster.data)
}

function run(cluster: Cluster, name: 'initdb' | 'pg_ctl', args: string[]) {
  const [command, ...rest] = [...cluster.identity.prefix, program(cluster, name), ...args]
  return promisify(execFile)(command as string, rest, {
    cwd: cluster.data.replace(/cluster$/, ''),
    ...cluster.identity.user,
  })
}

function program(cluster: Cluster, name: string): string {
  return join(cluster.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function chooseBinaries(home: string, identity: Identity): string {
  const native = binariesFolder()
  const reachable = !identity.user || reachableByOthers(native)
  return linkLibraries(native) && reachable ? native : copyBinaries(native, home)
}

// Where another user runs Postgres and cannot reach the data folder, the cluster lives outside it and is noted in it.
function chooseHome(folder: string, identity: Identity): string {
  if (!identity.user || reachableByOthers(folder)) return folder
  const home = mkdtempSync(join(existsSync('/var/lib') ? '/var/lib' : tmpdir(), 'license-central-'))
  chownSync(home, identity.user.uid, identity.user.gid)
  writeFileSync(join(folder, 'home'), home)
  return home
}

function homeOf(folder: string): string | undefined {
  const note = join(folder, 'home')
  const home = existsSync(note) ? readFileSync(note, 'utf8') : undefined
  return home && existsSync(home) ? home : undefined
}

function passwordOf(folder: string): string {
  const file = join(folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
