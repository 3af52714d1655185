import { setTimeout as sleep } from 'node:timers/promises'

/** One request and its answer; times in ms of performance.now(). */
export type Visit = { path: string; at: number; ms: number; status: number; isClear: boolean; isSignOut: boolean }

const GIVEN_UP_MS = 30_000

/** Asks as a browser does. `isClear`: 503 with Retry-After and the plain page, and nothing of a table in it. */
export async function visit(origin: string, path: string, cookie: string): Promise<Visit> {
  const at = performance.now()
  try {
    const answer = await fetch(origin + path, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
      signal: AbortSignal.timeout(GIVEN_UP_MS),
    })
    const body = await answer.text()
    return {
      ...{ path, at, ms: performance.now() - at, status: answer.status },
      isClear:
        answer.headers.get('retry-after') !== null && body.includes('could not be loaded') && !body.includes('<table'),
      isSignOut: /sign-(in|out)/.test(answer.headers.get('location') ?? ''),
    }
  } catch {
    return { path, at, ms: performance.now() - at, status: 0, isClear: false, isSignOut: false }
  }
}

/** So many visits a second, one page after the other, whatever becomes of those before, until `stop`. */
export function visiting(origin: string, paths: readonly string[], cookie: string, perSecond: number) {
  const visits: Promise<Visit>[] = []
  let isOver = false
  let open = 0
  let most = 0
  const going = (async () => {
    for (let n = 0; !isOver; n++) {
      most = Math.max(most, ++open)
      visits.push(visit(origin, paths[n % paths.length] ?? '/', cookie).finally(() => open--))
      await sleep(1000 / perSecond)
    }
  })()
  return {
    async stop(): Promise<{ visits: Visit[]; mostOpen: number }> {
      isOver = true
      await going
      return { visits: await Promise.all(visits), mostOpen: most }
    },
  }
}
