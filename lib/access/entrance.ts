import 'server-only'
import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env, isDevelopment } from '@/lib/env'
import { movedTo } from '@/lib/legacy-links/links'
import { badRequest } from '@/lib/paths'
import { badParameters } from '@/lib/resources/all'
import { formTokenCookie } from '@/lib/sign-in/csrf'
import { nextPath } from '@/lib/sign-in/next-path'
import { readSessionToken, signInCookies } from '@/lib/sign-in/session-cookie'
import { VIEW_COOKIE, viewOf, writeView } from './last-view'
import { loopbackOrigin } from './loopback'
import { honestHeaders, isPrivate, refusalOf } from './request-guard'
import { contentSecurityPolicy, securityHeaders } from './response-headers'

const VIEW_SECONDS = 180 * 24 * 60 * 60

/** What happens to a request before it reaches a page: refused, sent elsewhere, or let in with honest headers. */
export async function enter(request: NextRequest): Promise<Response> {
  const site = { origin: env().APP_ORIGIN, isDevelopment: isDevelopment() }
  const nonce = randomBytes(16).toString('base64')
  const isAsset = request.nextUrl.pathname.startsWith('/_next/static/')
  const answer = isAsset && request.method === 'GET' ? NextResponse.next() : await answerTo(request, nonce, site)
  for (const [name, value] of securityHeaders(nonce, site, isAsset)) answer.headers.set(name, value)
  return answer
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
  const moved = movedTo(pathname)
  if (moved) return NextResponse.redirect(new URL(moved, nextUrl), 308)
  if (!isSignedIn && isPrivate(pathname)) return toSignIn(request)
  // A page cannot answer 400, so a route does.
  if (badParameters(pathname, nextUrl.searchParams).length > 0)
    return NextResponse.rewrite(new URL(badRequest(pathname + nextUrl.search), nextUrl))

  const passed = honestHeaders(headers)
  passed.set('content-security-policy', contentSecurityPolicy(nonce, site))
  passed.set('x-nonce', nonce)
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

function toSignIn({ nextUrl }: NextRequest): NextResponse {
  const next = nextPath(`${nextUrl.pathname}${nextUrl.search}`)
  const target = new URL('/sign-in', nextUrl)
  if (next) target.searchParams.set('next', next)
  return NextResponse.redirect(target, 303)
}

/** The sign-in and sign-out forms need next-auth's token: the page finds it among the cookies of its request. */
function withFormToken(request: NextRequest, passed: Headers, isSignedIn: boolean): NextResponse {
  const { APP_ORIGIN, NEXTAUTH_SECRET } = env()
  const { name, options } = signInCookies(APP_ORIGIN).csrfToken
  const given = request.cookies.get(name)?.value
  const value = formTokenCookie(given, NEXTAUTH_SECRET)
  request.cookies.set(name, value)
  passed.set('cookie', request.headers.get('cookie') ?? '')
  const answer = NextResponse.next({ request: { headers: passed } })
  if (value !== given) answer.cookies.set(name, value, options)
  if (!isSignedIn && request.nextUrl.pathname === '/sign-out') {
    answer.headers.set('clear-site-data', '"cache", "storage"')
    answer.cookies.delete(VIEW_COOKIE)
  }
  return answer
}

function rememberingView(request: NextRequest, passed: Headers, isSignedIn: boolean): NextResponse {
  const answer = NextResponse.next({ request: { headers: passed } })
  const view = isSignedIn && request.method === 'GET' ? viewOf(request.nextUrl.pathname) : null
  if (view && request.cookies.get(VIEW_COOKIE)?.value !== writeView(view)) {
    const secure = env().APP_ORIGIN.startsWith('https:')
    const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure, maxAge: VIEW_SECONDS }
    answer.cookies.set(VIEW_COOKIE, writeView(view), options)
  }
  return answer
}
