import 'server-only'
import type { CookiesOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'

/** What the cookie says: who, and by which sign-in. Whether that sign-in still holds is for the database to say. */
export type SessionClaim = { userId: number; sessionId: string }

/** Seconds from sign-in to the end of a session, whatever happens in between. */
export const SESSION_SECONDS = 12 * 60 * 60

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The cookies of sign-in. Under https they are bound to this host by their name (`__Host-`). */
export function signInCookies(origin: string): CookiesOptions {
  const secure = origin.startsWith('https:')
  const cookie = (name: string, maxAge?: number) => ({
    name: `${secure ? '__Host-' : ''}next-auth.${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure, ...(maxAge && { maxAge }) },
  })
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce.code_verifier', 900),
    state: cookie('state', 900),
    nonce: cookie('nonce', 900),
  }
}

/** Reads the value of the session cookie. Null for anything but a token that this server made and that still runs. */
export async function readSessionToken(value: string | undefined, secret: string): Promise<SessionClaim | null> {
  if (!value) return null
  const key = `${secret} ${value}`
  const known = opened.get(key)
  if (known && Date.now() < known.until) return known.claim
  try {
    const token = await decode({ token: value, secret })
    const claim = claimOf(token)
    if (claim && typeof token?.['exp'] === 'number') remember(key, { claim, until: token['exp'] * 1000 })
    return claim
  } catch {
    return null
  }
}

/**
 * Tokens that were opened here, the last ones: to derive the key and open a token costs as much as many a page, and each
 * request needs its token twice. It says only who asks: a session that was ended is found out by the database, as ever.
 */
const opened = new Map<string, { claim: SessionClaim; until: number }>()
const KEPT_TOKENS = 2_000

function remember(key: string, token: { claim: SessionClaim; until: number }): void {
  opened.delete(key)
  opened.set(key, token)
  const [oldest] = opened.keys()
  if (opened.size > KEPT_TOKENS && oldest !== undefined) opened.delete(oldest)
}

/** Null unless the claims have the shape that sign-in gives them. */
export function claimOf(token: Record<string, unknown> | null): SessionClaim | null {
  const { sub, sid } = token ?? {}
  if (typeof sub !== 'string' || typeof sid !== 'string') return null
  const userId = Number(sub)
  return Number.isSafeInteger(userId) && userId > 0 && UUID.test(sid) ? { userId, sessionId: sid } : null
}
