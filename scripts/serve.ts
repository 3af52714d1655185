import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { bootProblems } from './boot-checks'
import { type Running, startNode } from './run'

export type ServeOptions = {
  mode: 'start' | 'dev'
  port: number
  hostname: string
  /** Settings beside those of this process; they win. */
  environment?: Record<string, string>
  quiet?: boolean
}

/** Starts the web server after the checks that it must pass. Throws with every reason why it may not start. */
export async function serve({ mode, port, hostname, environment = {}, quiet = false }: ServeOptions): Promise<Running> {
  const env = childEnvironment({
    ...environment,
    NODE_ENV: mode === 'start' ? 'production' : 'development',
    PORT: String(port),
    HOSTNAME: hostname,
  })
  const problems = await bootProblems(serverSettingsOf(env))
  if (problems.length > 0)
    throw new Error(`The server does not start:\n${problems.map((text) => `  ${text}`).join('\n')}`)
  if (await answers(port, hostname)) {
    throw new Error(`Port ${port} of ${hostname} is in use. Choose another one: PORT=${port + 1} npm run …`)
  }
  const output = quiet ? 'ignore' : 'inherit'
  // A proxy sends a request on a connection that it holds to be open: it must be the first to close one (nginx after 60 s).
  const lasting = mode === 'start' ? ['--keepAliveTimeout', '65000'] : []
  return startNode('next/dist/bin/next', [mode, '--port', String(port), '--hostname', hostname, ...lasting], {
    env,
    stdio: ['ignore', output, 'inherit', 'ipc'],
    nodeFlags: ['--import', './scripts/end-with-parent.mjs'],
  })
}

/** Waits until the server answers; false when it ended before that. */
export async function untilAnswering(server: Running, port: number, hostname: string): Promise<boolean> {
  let ended = false
  void server.ended.then(() => {
    ended = true
  })
  while (!ended) {
    if (await answers(port, hostname)) return true
    await sleep(50)
  }
  return false
}

/** The address that people open for a server on this host and port. */
export function addressOf(hostname: string, port: number): string {
  const everywhere = hostname === '0.0.0.0' || hostname === '::'
  return `http://${everywhere ? 'localhost' : hostname}:${port}`
}

function answers(port: number, hostname: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, hostname === '0.0.0.0' || hostname === '::' ? 'localhost' : hostname)
    const finish = (answer: boolean) => () => {
      socket.destroy()
      done(answer)
    }
    socket.once('connect', finish(true)).once('error', finish(false)).setTimeout(1000, finish(false))
  })
}
