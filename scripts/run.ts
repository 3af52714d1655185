import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { startedByNpm } from '@/lib/env'

/** A program that a script started; `ended` gives its exit code, 1 when a signal ended it. */
export type Running = { child: ChildProcess; ended: Promise<number>; stop(): Promise<number> }

const KILL_AFTER_MS = 35_000

/** Starts a program. Ctrl-C reaches it by itself; `stop` asks it to end and waits, killing it after 35 seconds. */
export function start(command: string, args: string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const ended = new Promise<number>((done) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      done(1)
    })
    child.once('exit', (code) => done(code ?? 1))
  })
  const stop = () => {
    child.kill('SIGTERM')
    const last = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    return ended.finally(() => clearTimeout(last))
  }
  return { child, ended, stop }
}

/** Starts a JavaScript program of an installed package, such as `next/dist/bin/next`. */
export function startNode(
  program: string,
  args: string[],
  { nodeFlags = [], ...options }: SpawnOptions & { nodeFlags?: string[] } = {},
): Running {
  return start(process.execPath, [...nodeFlags, resolve('node_modules', program), ...args], options)
}

/**
 * Runs `work` until it ends or somebody ends the script, and cleans up in both cases. A second Ctrl-C does not cut the
 * cleaning short. Exits with the code that `work` gives; a thrown error is one plain sentence and code 1.
 */
export async function main(work: (cleanup: (task: () => Promise<unknown>) => void) => Promise<number>): Promise<never> {
  const tasks: (() => Promise<unknown>)[] = []
  let ending: Promise<unknown> | undefined
  const cleanUp = () => {
    ending ??= tasks.reduceRight((before, task) => before.then(task, task), Promise.resolve() as Promise<unknown>)
    return ending
  }
  const interrupted = new Promise<number>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => done(signal === 'SIGINT' ? 130 : 143))
    }
    endWithNpm(() => done(143))
  })
  let code = 1
  try {
    code = await Promise.race([work((task) => tasks.push(task)), interrupted])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  await cleanUp().catch((error) => console.error(error))
  process.exit(code)
}

// npm that is killed tells nobody: the script looks whether it is still there, and ends when it is not.
function endWithNpm(end: () => void): void {
  if (process.platform === 'win32' || !startedByNpm()) return
  const asked = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(process.ppid)], { encoding: 'utf8' })
  if (asked.status !== 0) return
  const [parent = '', name = ''] = asked.stdout.trim().split(/\s+/)
  const npm = name.endsWith('sh') ? Number(parent) : process.ppid
  setInterval(() => isAlive(npm) || end(), 1000).unref()
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
