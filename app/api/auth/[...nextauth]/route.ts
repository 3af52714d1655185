import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { clientNetwork } from '@/lib/access/client-network'
import { authOptions } from '@/lib/auth'
import { env } from '@/lib/env'
import { elsewherePage } from '@/lib/sign-in/elsewhere-page'
import { readSessionToken, signInCookies } from '@/lib/sign-in/session-cookie'
import { personOfSession } from '@/lib/sign-in/sessions'

type Context = { params: Promise<{ nextauth: string[] }> }

// The rest of next-auth is closed: what updates a session from the client, and what writes a client's text to the log.
const open: Record<string, readonly string[]> = {
  GET: ['csrf', 'providers', 'session', 'signin', 'signout', 'callback', 'error'],
  POST: ['signin', 'signout', 'callback'],
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth
  if (!open[request.method]?.includes(action)) return new Response('Not found', { status: 404 })
  const { APP_ORIGIN, NEXTAUTH_SECRET, TRUSTED_PROXY_HOPS } = env()
  const cookie = request.cookies.get(signInCookies(APP_ORIGIN).sessionToken.name)?.value
  const claim = await readSessionToken(cookie, NEXTAUTH_SECRET)
  if (action === 'session') return sessionAnswer(claim?.sessionId)
  const visitor = {
    network: clientNetwork(request.headers.get('x-forwarded-for'), TRUSTED_PROXY_HOPS),
    userAgent: request.headers.get('user-agent'),
    sessionId: claim?.sessionId ?? null,
  }
  const answer: Response = await NextAuth(request, context, authOptions(visitor))
  return request.method === 'POST' ? elsewherePage(answer, APP_ORIGIN) : answer
}

/** Who is signed in, from the database: next-auth would believe the token, and sign out when the database is away. */
async function sessionAnswer(sessionId: string | undefined): Promise<Response> {
  try {
    const person = sessionId ? await personOfSession(sessionId) : null
    if (!person) return Response.json({})
    const { name, email, expiresAt } = person
    return Response.json({ user: { name, email }, expires: expiresAt.toISOString() })
  } catch {
    return Response.json(
      { message: 'The database is not available.' },
      { status: 503, headers: { 'retry-after': '5' } },
    )
  }
}

export { handle as GET, handle as POST }
