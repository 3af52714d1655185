import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DATABASE_NAME, type KeeperState, serverUrl, stateFile } from './state'

/** An open hold on the embedded server; it runs while at least one hold is open anywhere. */
export type OpenDatabase = {
  /** The database `license_central`, for the superuser. */
  ownerUrl: string
  /** Lets go. The last one out waits until the server has ended. Safe to call twice. */
  stop(): Promise<void>
}

const STALE_LOCK_MS = 60_000

/**
 * Starts Postgres on `dataDir`, or joins the one that already runs there. `durable: false` is for tests: faster, and
 * not safe against a crash of the machine. A process that dies without `stop` is noticed and counts as gone.
 */
export async function openDatabase({
  dataDir,
  durable = true,
}: {
  dataDir: string
  durable?: boolean
}): Promise<OpenDatabase> {
  const folder = resolve(dataDir)
  mkdirSync(folder, { recursive: true })
  for (;;) {
    const joined = await joinKeeper(folder)
    if (joined) return joined
    if (takeLock(folder)) break
    await sleep(30)
  }
  try {
    return (await joinKeeper(folder)) ?? (await startKeeper(folder, durable))
  } finally {
    rmSync(lockFile(folder), { force: true })
  }
}

async function startKeeper(folder: string, durable: boolean): Promise<OpenDatabase> {
  const log = join(folder, 'keeper.log')
  const output = openSync(log, 'w', 0o600)
  const keeper = spawn(
    process.execPath,
    ['--import', 'tsx', resolve('db/embedded/keeper.ts'), folder, durable ? 'durable' : 'fast'],
    { detached: true, stdio: ['ignore', output, output], windowsHide: true },
  )
  let failed = false
  keeper.on('exit', () => {
    failed = true
  })
  keeper.unref()
  for (;;) {
    const joined = await joinKeeper(folder)
    if (joined) return joined
    if (failed) throw new Error(`The embedded database did not start.\n${readFileSync(log, 'utf8')}`)
    await sleep(15)
  }
}

/** Connects to the keeper that the state file names; undefined when there is none or it is not that one. */
async function joinKeeper(folder: string): Promise<OpenDatabase | undefined> {
  if (!existsSync(stateFile(folder))) return undefined
  const state = JSON.parse(readFileSync(stateFile(folder), 'utf8')) as KeeperState
  const socket = await greet(state)
  if (!socket) return undefined
  const gone = new Promise<void>((done) => socket.once('close', () => done()))
  return {
    ownerUrl: serverUrl(state, DATABASE_NAME),
    stop: () => {
      if (!socket.destroyed) socket.ref().write('leave\n')
      return gone
    },
  }
}

function greet({ keeperPort, nonce }: KeeperState): Promise<Socket | undefined> {
  return new Promise((done) => {
    const socket = connect(keeperPort, '127.0.0.1')
    const refuse = () => {
      socket.destroy()
      done(undefined)
    }
    socket.once('error', refuse)
    socket.once('close', refuse)
    socket.setTimeout(2000, refuse)
    socket.once('data', (greeting) => {
      if (greeting.toString().trim() !== nonce) return refuse()
      socket.removeAllListeners().setTimeout(0)
      socket.on('error', () => undefined).resume()
      // Holding a database does not by itself keep a process running.
      socket.unref()
      done(socket)
    })
  })
}

const lockFile = (folder: string) => join(folder, 'starting')

/** One process at a time starts a keeper; a lock whose maker died is taken over. */
function takeLock(folder: string): boolean {
  const file = lockFile(folder)
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (made !== undefined && (Date.now() - made > STALE_LOCK_MS || !isAlive(file))) rmSync(file, { force: true })
    return false
  }
}

function isAlive(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
