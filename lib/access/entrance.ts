import 'server-only'
import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env, isDevelopment } from '@/lib/env'
import { movedTo } from '@/lib/legacy-links/links'
import { OLD_LINK_COOKIE, tellsNow } from '@/lib/legacy-links/notice'
import { badRequest, gone, isTableFile, linkOf } from '@/lib/paths'
import { badParameters } from '@/lib/resources/all'
import { linkHolds } from '@/lib/sharing/link'
import { formTokenCookie } from '@/lib/sign-in/csrf'
import { nextPath } from '@/lib/sign-in/next-path'
import { readSessionToken, signInCookies } from '@/lib/sign-in/session-cookie'
import { PLACE_COOKIES, placeIn, VIEW_COOKIE, viewOf, writeView } from './last-view'
import { loopbackOrigin } from './loopback'
import { outage } from './outage'
import { outageAnswer } from './outage-answer'
import { honestHeaders, isPrivate, refusalOf } from './request-guard'
import { contentSecurityPolicy, securityHeaders } from './response-headers'

const PLAIN = { 'content-type': 'text/plain; charset=utf-8' }
const VIEW_SECONDS = 180 * 24 * 60 * 60

/** What happens to a request before it reaches a page: refused, sent elsewhere, or let in with honest headers. */
export async function enter(request: NextRequest): Promise<Response> {
  const site = { origin: env().APP_ORIGIN, isDevelopment: isDevelopment() }
  const nonce = randomBytes(16).toString('base64')
  const isAlwaysThere = /^\/(_next\/static\/|icon\.svg$|api\/(health|ready)$)/.test(request.nextUrl.pathname)
  const isAsset = request.nextUrl.pathname.startsWith('/_next/static/')
  const answer =
    outage().isAway && !isAlwaysThere
      ? awayAnswer(request)
      : isAsset && request.method === 'GET'
        ? NextResponse.next()
        : await answerTo(request, nonce, site)
  for (const [name, value] of securityHeaders(nonce, site, isAsset)) answer.headers.set(name, value)
  // To pack what may be a million rows on the way would take longer than to make them.
  if (isTableFile(request.nextUrl.pathname)) answer.headers.set('cache-control', 'no-store, no-transform')
  return answer
}

function awayAnswer({ headers }: NextRequest): NextResponse {
  const { body, ...init } = outageAnswer(headers)
  return new NextResponse(body, init)
}

async function answerTo(
  request: NextRequest,
  nonce: string,
  site: { origin: string; isDevelopment: boolean },
): Promise<NextResponse> {
  const { method, headers, nextUrl } = request
  const { pathname } = nextUrl
  const cookies = signInCookies(site.origin)
  const claim = await readSessionToken(request.cookies.get(cookies.sessionToken.name)?.value, env().NEXTAUTH_SECRET)
  const isSignedIn = claim !== null

  const refusal = refusalOf({ method, pathname, headers, isSignedIn }, site.origin)
  if (refusal) return new NextResponse(`${refusal.message}\n`, { status: refusal.status })
  if (method === 'OPTIONS') return new NextResponse(null, { status: 204, headers: { allow: 'GET, HEAD, POST' } })
  const known = isPage(pathname) ? loopbackOrigin(headers.get('host'), site.origin) : null
  if (known) return onTo(`${known}${pathname}${nextUrl.search}`)
  const moved = movedTo({ pathname, search: nextUrl.searchParams }, env().LEGACY_LINKS)
  if (moved) return toMoved(request, moved)
  if (!isSignedIn && isPrivate(pathname)) return toSignIn(request)
  // A page cannot answer 410: of links that open nothing nobody learns more than that.
  const link = linkOf(pathname)
  if (link !== null && (method === 'GET' || method === 'HEAD') && !(await linkHolds(link)))
    return NextResponse.rewrite(new URL(gone(), nextUrl))
  // A page cannot answer 400, so a route does.
  if (badParameters(pathname, nextUrl.searchParams).length > 0)
    return NextResponse.rewrite(new URL(badRequest(pathname + nextUrl.search), nextUrl))

  const passed = honestHeaders(headers)
  passed.set('content-security-policy', contentSecurityPolicy(nonce, site))
  passed.set('x-nonce', nonce)
  passed.set('x-page', pathname)
  return pathname === '/sign-in' || pathname === '/sign-out'
    ? withFormToken(request, passed, isSignedIn)
    : rememberingView(request, passed, isSignedIn)
}

function isPage(pathname: string): boolean {
  return !/^\/(api|_next)\//.test(pathname)
}

// Not a redirect: Next takes all names of this machine for one and would send the browser to where it is.
function onTo(address: string): NextResponse {
  const headers = { refresh: `0; url=${address}`, 'content-type': 'text/html; charset=utf-8' }
  return new NextResponse('<!doctype html><title>License Central</title>', { headers })
}

/** The page that it leads to asks once to update the bookmark: the cookie remembers whether it has. */
function toMoved(request: NextRequest, moved: string): NextResponse {
  const answer = NextResponse.redirect(new URL(moved, request.nextUrl), 308)
  if (!request.cookies.has(OLD_LINK_COOKIE)) answer.cookies.set(OLD_LINK_COOKIE, 'followed', keptCookie())
  return answer
}

const keptCookie = () => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: env().APP_ORIGIN.startsWith('https:'),
  maxAge: VIEW_SECONDS,
})

function toSignIn({ nextUrl }: NextRequest): NextResponse {
  const next = nextPath(`${nextUrl.pathname}${nextUrl.search}`)
  const target = new URL('/sign-in', nextUrl)
  if (next) target.searchParams.set('next', next)
  return NextResponse.redirect(target, 303)
}

/** The sign-in and sign-out forms need next-auth's token: the page finds it among the cookies of its request. */
function withFormToken(request: NextRequest, passed: Headers, isSignedIn: boolean): NextResponse {
  const { APP_ORIGIN, NEXTAUTH_SECRET } = env()
  const { headers } = request
  const { name, options } = signInCookies(APP_ORIGIN).csrfToken
  const given = request.cookies.get(name)?.value
  const value = formTokenCookie(given, NEXTAUTH_SECRET)
  // Only a document brings a new token. Pages that look ahead ask many times at once when a sign-in has ended: each answer
  // would bring its own, and the last one would not be the form's. Next loads the document instead, as of every plain text.
  if (value !== given && headers.get('sec-fetch-dest') === 'empty')
    return new NextResponse('You are signed out. Reload the page to sign in.\n', { headers: PLAIN })
  request.cookies.set(name, value)
  passed.set('cookie', headers.get('cookie') ?? '')
  const answer = NextResponse.next({ request: { headers: passed } })
  if (value !== given) answer.cookies.set(name, value, options)
  if (!isSignedIn && request.nextUrl.pathname === '/sign-out') {
    answer.headers.set('clear-site-data', '"cache", "storage"')
    for (const name of [VIEW_COOKIE, ...Object.values(PLACE_COOKIES)]) answer.cookies.delete(name)
  }
  return answer
}

function rememberingView(request: NextRequest, passed: Headers, isSignedIn: boolean): NextResponse {
  const asksNow = isSignedIn && tellsNow(request.cookies.get(OLD_LINK_COOKIE)?.value, request)
  if (asksNow) passed.set('x-moved', '1')
  const answer = NextResponse.next({ request: { headers: passed } })
  if (asksNow) answer.cookies.set(OLD_LINK_COOKIE, 'told', keptCookie())
  if (!isSignedIn || request.method !== 'GET') return answer
  const { pathname, search } = request.nextUrl
  const view = viewOf(pathname)
  const place = placeIn(pathname, search)
  const remember = (name: string, value: string) => {
    if (request.cookies.get(name)?.value !== value) answer.cookies.set(name, value, keptCookie())
  }
  if (view) remember(VIEW_COOKIE, writeView(view))
  if (place) remember(PLACE_COOKIES[place.kind], place.address)
  return answer
}
