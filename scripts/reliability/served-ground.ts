import { readFileSync } from 'node:fs'
import { freePort } from '@/db/embedded/free-port'
import { assignmentPlan } from '@/lib/paths'
import { DOMAIN } from '@/scripts/bench/viewers'
import { serve, untilAnswering } from '@/scripts/serve'
import { post } from '@/tests/matrix/served/acting'
import type { Ground } from './ground'
import { signIn } from './sign-in'

const HOSTNAME = '127.0.0.1'
const FIRST_ANSWER_MS = 60_000

/** What somebody is told who submits a plan: that it was carried out, or why not; `lost` where no answer came. */
export type Told = { kind: 'done' } | { kind: 'refused'; problems: string[] } | { kind: 'lost'; why: string }

/** The production server on the ground, in a process of its own. */
export type ServedGround = {
  /** Submits a plan as the button of its review does. */
  submit(email: string, plan: number): Promise<Told>
  /** `kill -9`: nothing of it is ended in order. */
  kill(): Promise<void>
  stop(): Promise<unknown>
}

/** Starts it and waits for its first right answer, so that what is measured then is not its start. */
export async function serveGround({ owner, settings }: Ground): Promise<ServedGround> {
  const port = await freePort()
  const origin = `http://${HOSTNAME}:${port}`
  const environment = { ...settings, NEXTAUTH_URL: origin, EXPORT_JOBS: '0' }
  const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  if (!(await untilAnswering(server, port, HOSTNAME))) throw new Error('The server ended before it answered.')
  await untilReady(origin)
  const action = actionId('applyAssignment')
  return {
    async submit(email, plan) {
      const path = assignmentPlan(DOMAIN, plan)
      const sent = { path, args: [DOMAIN, plan, { problems: [] }], form: {} }
      try {
        const cookie = await signIn(owner, email, settings['NEXTAUTH_SECRET'] ?? '')
        const { status, leadsTo, value } = await post(origin, action, sent, { cookie })
        if (leadsTo === path) return { kind: 'done' }
        const { problems } = (value ?? {}) as { problems?: string[] }
        return problems ? { kind: 'refused', problems } : { kind: 'lost', why: `${status} ${leadsTo}` }
      } catch (error) {
        return { kind: 'lost', why: String(error) }
      }
    },
    async kill() {
      server.child.kill('SIGKILL')
      await server.ended
    },
    stop: server.stop,
  }
}

async function untilReady(origin: string): Promise<void> {
  for (const until = performance.now() + FIRST_ANSWER_MS; performance.now() < until; ) {
    const isReady = await fetch(`${origin}/api/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
  }
  throw new Error('The server was not ready in time.')
}

/** The id of a server action in the build, by its name in the sources. */
function actionId(name: string): string {
  const text = readFileSync('.next/server/server-reference-manifest.json', 'utf8')
  const { node } = JSON.parse(text) as { node: Record<string, { exportedName: string }> }
  const [id] = Object.entries(node).find(([, { exportedName }]) => exportedName === name) ?? []
  if (!id) throw new Error(`The build has no action ${name}.`)
  return id
}
