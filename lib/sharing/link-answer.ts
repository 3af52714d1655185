import 'server-only'
import { clientNetwork } from '@/lib/access/client-network'
import { env } from '@/lib/env'
import { sharedLink } from '@/lib/paths'
import { isLetIn, linkCookie, linkHolds } from './link'

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

/**
 * What is answered instead of something behind a link that is not open: to a browser that no code let in, or not any more,
 * the way to the code; 404 to others; 410 where the link itself opens nothing, whatever the reason.
 */
export async function noAnswer(token: string, session: string | undefined): Promise<Response> {
  const said = (status: number, text: string) =>
    new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  if (!(await linkHolds(token))) return said(410, 'Nothing is open here.')
  return (await isLetIn(token, session)) ? said(404, 'There is nothing of this name.') : linkAnswer(token, '')
}

export const networkOf = (request: Request): string =>
  clientNetwork(request.headers.get('x-forwarded-for'), env().TRUSTED_PROXY_HOPS)
