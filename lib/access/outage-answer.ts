import type { IncomingMessage, ServerResponse } from 'node:http'
import { AWAY } from '@/lib/errors'
import { type Outcome, outage } from './outage'

/** Seconds after which to try again. */
const RETRY_AFTER = 5

// By hand and alone: it must need nothing that may be away too.
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>The data could not be loaded · License Central</title>
<style>
  :root { color-scheme: light dark; --ink: light-dark(#231a29, #f0ebf2); --accent: light-dark(#6b2a70, #dba6df) }
  body { margin: 0; font: 0.9375rem/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#f6f4f7, #16121a) }
  header { padding: 1rem 2rem; background: light-dark(#2b1930, #1b1120); color: #f7f1f8; font-weight: 650 }
  main { max-width: 40rem; margin: 10vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
  a { color: var(--accent); font-weight: 600 }
</style></head><body><header>License Central</header><main id="main"><h1>The data could not be loaded</h1>
<p>The database does not answer at the moment. Nothing is lost, and you are still signed in. Try again in a few seconds.</p>
<p><a href="">Try again</a></p></main></body></html>`

/** The answer while the database is away: a plain page, or a plain text to scripts, which show it themselves. */
export function outageAnswer(headers: Headers): { status: 503; headers: Record<string, string>; body: string } {
  const isScript =
    headers.has('next-action') || headers.has('rsc') || !(headers.get('accept') ?? '*/*').includes('html')
  return {
    status: 503,
    headers: {
      'retry-after': String(RETRY_AFTER),
      'cache-control': 'no-store',
      'content-type': isScript ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8',
    },
    body: isScript ? AWAY : PAGE,
  }
}

/** What tells of the page that was being drawn, and is not sent. */
const OF_THE_PAGE =
  /^(content-(type|length|encoding|disposition|range)|transfer-encoding|etag|link|location|vary|set-cookie|x-action-.*|x-nextjs-.*|repr-digest|accept-ranges)$/

/**
 * A page cannot answer 503: when it finds that the database is away, Next has its own answer for that. So every answer is
 * looked at when its first byte is to leave, and where the database failed the request, the plain answer leaves instead.
 */
export function guardAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (/^\/api\/(health|ready)(\?|$)/.test(request.url ?? '')) return
  const outcome: Outcome = { isUnavailable: false }
  outage().begin(outcome)
  const { writeHead, write, end } = response
  let isReplaced = false
  const replaces = () => {
    if (isReplaced || !outcome.isUnavailable || response.headersSent) return isReplaced
    isReplaced = true
    for (const name of response.getHeaderNames()) if (OF_THE_PAGE.test(name)) response.removeHeader(name)
    const answer = outageAnswer(
      new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    )
    response.statusCode = answer.status
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
    end.call(response, answer.body, 'utf8')
    return true
  }
  type Call = (...given: unknown[]) => unknown
  const dropped = (given: unknown[]) => {
    const done = given.at(-1)
    if (typeof done === 'function') process.nextTick(done as () => void)
  }
  Object.assign(response, {
    writeHead(...given: unknown[]) {
      // The plain answer writes its own head by this too.
      if (isReplaced ? response.headersSent : replaces()) return response
      return (writeHead as Call).apply(response, isReplaced ? [503] : given)
    },
    write(...given: unknown[]) {
      if (!replaces()) return (write as Call).apply(response, given)
      dropped(given)
      return true
    },
    end(...given: unknown[]) {
      if (!replaces()) return (end as Call).apply(response, given)
      dropped(given)
      return response
    },
  })
}
