import { NextRequest } from 'next/server'
import { GET, POST } from '@/app/api/auth/[...nextauth]/route'
import { sessionIdFromRequest } from '@/lib/auth'
import { inRequest } from './request-scope'
import { ORIGIN } from './server-settings'

/** Somebody with a cookie jar who uses the sign-in addresses as a browser does. */
export class Visitor {
  readonly jar = new Map<string, string>()

  constructor(private readonly headers: Record<string, string> = {}) {}

  get(path: string): Promise<Response> {
    return this.send(path, { method: 'GET' })
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Posts a form that carries next-auth's token, as the pages do. */
  async submit(path: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.get('/api/auth/csrf')).json()) as { csrfToken: string }
    return this.post(path, { csrfToken, ...fields })
  }

  /** Where sign-in leads. */
  async signIn(email: string, password: string, callbackUrl = '/'): Promise<string | null> {
    const answer = await this.submit('/api/auth/callback/credentials', { email, password, callbackUrl })
    return answer.headers.get('location')
  }

  async session(): Promise<{ user?: { name: string; email: string }; expires?: string }> {
    return (await this.get('/api/auth/session')).json()
  }

  /** What a page of this visitor takes for the session. */
  sessionId(): Promise<string | null> {
    return inRequest(this.request('/', { method: 'GET' }), sessionIdFromRequest)
  }

  private request(path: string, init: { method: string; body?: URLSearchParams }): NextRequest {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return new NextRequest(`${ORIGIN}${path}`, { ...init, headers: { ...this.headers, cookie } })
  }

  private async send(path: string, init: { method: string; body?: URLSearchParams }): Promise<Response> {
    const request = this.request(path, init)
    const params = Promise.resolve({ nextauth: request.nextUrl.pathname.split('/').slice(3) })
    const answer = await inRequest(request, () => (init.method === 'POST' ? POST : GET)(request, { params }))
    for (const line of answer.headers.getSetCookie()) this.keep(line)
    return answer
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    if (/max-age=0/i.test(line)) this.jar.delete(name)
    else this.jar.set(name, pair.slice(pair.indexOf('=') + 1))
  }
}
