/** A request as the guard sees it: before Next has parsed anything of it. */
export type Incoming = { method: string; pathname: string; headers: Headers; isSignedIn: boolean }

/** Why a request goes no further. */
export type Refusal = { status: 401 | 403 | 405 | 411 | 413; message: string }

const MEGABYTE = 1024 * 1024
const UPLOADS = /^\/accounts\/[^/]+\/administration\/imports(\/|$)/
const PRIVATE = /^\/(accounts|my|moved)(\/|$)/

/** Whether a page needs a sign-in. Only a courtesy: who sees what is decided where rows are read. */
export function isPrivate(pathname: string): boolean {
  return PRIVATE.test(pathname)
}

/** Refuses what no page of the product sends. `origin` is the configured one, never taken from the request. */
export function refusalOf(incoming: Incoming, origin: string): Refusal | null {
  if (['GET', 'HEAD', 'OPTIONS'].includes(incoming.method)) return null
  if (incoming.method !== 'POST') return { status: 405, message: 'This method is not used here.' }
  return foreign(incoming.headers, origin) ?? tooLarge(incoming) ?? unsigned(incoming)
}

function foreign(headers: Headers, origin: string): Refusal | null {
  const site = headers.get('sec-fetch-site')
  if (headers.get('origin') === origin && (site === null || site === 'same-origin')) return null
  return { status: 403, message: 'This request does not come from this site.' }
}

function tooLarge({ headers, pathname }: Incoming): Refusal | null {
  const most = UPLOADS.test(pathname) ? 30 * MEGABYTE : MEGABYTE
  const length = headers.get('content-length')
  if (headers.has('transfer-encoding') || (length !== null && !/^\d{1,15}$/.test(length))) {
    return { status: 411, message: 'Say the length of the request.' }
  }
  return Number(length) > most ? { status: 413, message: 'The request is too large.' } : null
}

/** What Next would take for a server action is decoded before any code of ours runs: not for everybody. */
function unsigned({ headers, pathname, isSignedIn }: Incoming): Refusal | null {
  if (isSignedIn) return null
  const type = headers.get('content-type')?.trim().toLowerCase() ?? ''
  const isAction = headers.has('next-action') || type.startsWith('multipart/')
  return isAction || isPrivate(pathname) ? { status: 401, message: 'Sign in first.' } : null
}

// Request ids pass: the development server finds by them the page that an answer is for, and nothing else reads them.
const FORGEABLE =
  /^(x-forwarded-host|forwarded|x-original-url|x-original-host|x-rewrite-url|x-host|x-http-method-override|x-nonce|x-page|x-moved|content-security-policy(-report-only)?|x-middleware-.*|x-nextjs-(?!(html-)?request-id$).*|x-matched-path|x-invoke-.*)$/

/** The request's headers without those by which a client could speak for a proxy, for Next or for this server. */
export function honestHeaders(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => !FORGEABLE.test(name)))
}
