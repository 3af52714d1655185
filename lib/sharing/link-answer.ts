import 'server-only'
import { clientNetwork } from '@/lib/access/client-network'
import { env } from '@/lib/env'
import { sharedLink } from '@/lib/paths'
import { linkCookie } from './link'

/** Back to the page of a link; with a session the browser is let in. */
export function linkAnswer(token: string, search: string, session?: string): Response {
  const headers = new Headers({ location: `${sharedLink(token)}${search}` })
  if (session) {
    const { name, value, path, maxAge, secure } = linkCookie(token, session)
    const flags = `Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    headers.set('set-cookie', `${name}=${value}; ${flags}`)
  }
  return new Response(null, { status: 303, headers })
}

export const networkOf = (request: Request): string =>
  clientNetwork(request.headers.get('x-forwarded-for'), env().TRUSTED_PROXY_HOPS)
