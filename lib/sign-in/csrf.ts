import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The value of next-auth's form-token cookie (`token|hash`): the one given when it is ours, else a new one.
 * A page cannot set a cookie, so the middleware sets this one before the sign-in form is drawn.
 */
export function formTokenCookie(given: string | undefined, secret: string): string {
  const [token = '', hash = ''] = given?.split('|') ?? []
  const expected = hashOf(token, secret)
  if (token && hash.length === expected.length && timingSafeEqual(Buffer.from(hash), Buffer.from(expected))) {
    return `${token}|${hash}`
  }
  const fresh = randomBytes(32).toString('hex')
  return `${fresh}|${hashOf(fresh, secret)}`
}

/** What a form sends as `csrfToken`. */
export function formTokenOf(cookie: string | undefined): string {
  return cookie?.split('|')[0] ?? ''
}

function hashOf(token: string, secret: string): string {
  return createHash('sha256').update(`${token}${secret}`).digest('hex')
}
