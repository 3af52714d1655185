import { readFileSync } from 'node:fs'
import { freePort } from '@/db/embedded/free-port'
import { serverSecrets } from '../own-secrets'
import type { Running } from '../run'
import { serve, untilAnswering } from '../serve'
import { PERSONAS } from './viewers'

export type Cleanup = (task: () => Promise<unknown>) => void
export type Server = { address: string; process: Running }

export const HOSTNAME = '127.0.0.1'

/** The production server on a database of the bench. */
export async function serveProduct(appUrl: string, cleanup: Cleanup): Promise<Server> {
  const port = await freePort()
  const address = `http://${HOSTNAME}:${port}`
  const environment = { ...serverSecrets(), DATABASE_URL: appUrl, NEXTAUTH_URL: address, DEMO: '1' }
  const running = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  cleanup(running.stop)
  if (!(await untilAnswering(running, port, HOSTNAME))) throw new Error('The production server did not answer.')
  return { address, process: running }
}

/** Signs in as the form does and opens the page at `path`; gives the cookies that a browser holds then. */
export async function signIn(address: string, path = '/'): Promise<string> {
  const jar = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair)
    }
    return answer
  }
  const cookie = () => [...jar.values()].join('; ')
  const csrf = keep(await fetch(`${address}/api/auth/csrf`))
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const fields = { csrfToken, email: PERSONAS.account, password: 'demo', callbackUrl: address }
  keep(
    await fetch(`${address}/api/auth/callback/credentials`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { cookie: cookie(), origin: address },
      redirect: 'manual',
    }),
  )
  const page = keep(await fetch(`${address}${path}`, { headers: { cookie: cookie() }, redirect: 'manual' }))
  await page.body?.cancel()
  return cookie()
}

/** A process and all that it has started. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return [pid, ...children.flatMap((id) => family(Number(id)))]
}

/** Milliseconds of CPU that a server and its children have used; the kernel counts in hundredths of a second. */
export const cpuOf = ({ child }: Running): number =>
  family(child.pid ?? 0).reduce((sum, pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return sum + (user + system) * 10
  }, 0)

/** Megabytes of memory that a server and its children hold. */
export const memoryOf = ({ child }: Running): number =>
  family(child.pid ?? 0).reduce((sum, pid) => {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return sum + Number(kilobytes) / 1024
  }, 0)
