import 'server-only'
import { cookies, headers } from 'next/headers'
import type { AuthOptions, Profile } from 'next-auth'
import credentialsProvider from 'next-auth/providers/credentials'
import { env } from './env'
import { checkCredentials } from './sign-in/credentials'
import { type Identity, userOfIdentity } from './sign-in/identities'
import { TooManyAttempts } from './sign-in/limits'
import { nextPath } from './sign-in/next-path'
import { oidcProvider } from './sign-in/oidc-provider'
import { claimOf, readSessionToken, SESSION_SECONDS, type SessionClaim, signInCookies } from './sign-in/session-cookie'
import { endSession, openSession } from './sign-in/sessions'

/** Who asks to be signed in: for the limits and for the list of a person's sessions. */
export type Visitor = { network: string; userAgent: string | null; sessionId: string | null }

/** The session that the request's cookie names, else null. Whether it still runs is for the database to say. */
export async function sessionIdFromRequest(): Promise<string | null> {
  const { APP_ORIGIN, NEXTAUTH_SECRET } = env()
  const { name } = signInCookies(APP_ORIGIN).sessionToken
  const claim = await readSessionToken((await cookies()).get(name)?.value, NEXTAUTH_SECRET)
  return claim?.sessionId ?? null
}

/** The address of the page that the request asks for, without its parameters, as the middleware passes it on. */
export async function pageOfRequest(): Promise<string | null> {
  return (await headers()).get('x-page')
}

/** Whether the page is the one that asks to update a bookmark: the middleware says so, once. */
export async function cameByOldLink(): Promise<boolean> {
  return (await headers()).has('x-moved')
}

/** The settings of next-auth for one request. The token holds the person's id and the session's, and nothing else. */
export function authOptions(visitor: Visitor): AuthOptions {
  const { APP_ORIGIN, NEXTAUTH_SECRET } = env()
  let opened: SessionClaim | undefined
  return {
    secret: NEXTAUTH_SECRET,
    cookies: signInCookies(APP_ORIGIN),
    pages: { signIn: '/sign-in', signOut: '/sign-out', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    jwt: { maxAge: SESSION_SECONDS },
    providers: [passwordProvider(visitor), ...oidcProvider()],
    logger: { error: logError, warn: () => undefined, debug: () => undefined },
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${nextPath(url, baseUrl) ?? signedOutPath(url, baseUrl) ?? '/'}`,
      async signIn({ user, account, profile }) {
        try {
          const userId = account?.type === 'oauth' ? await userOfIdentity(identityOf(profile)) : Number(user.id)
          if (!userId) return false
          if (visitor.sessionId) await endSession(visitor.sessionId)
          opened = { userId, sessionId: await openSession(userId, visitor.userAgent) }
          return true
        } catch (error) {
          logError('SIGN_IN_FAILED', error)
          return '/sign-in?error=Unavailable'
        }
      },
      // Nothing is taken from `session`, which is what a client may send along.
      jwt({ token }) {
        const claim = opened ?? claimOf(token)
        if (!claim) throw new Error('The token has no session.')
        return { sub: String(claim.userId), sid: claim.sessionId }
      },
    },
    events: {
      async signOut({ token }) {
        const claim = claimOf(token)
        if (claim) await endSession(claim.sessionId)
      },
    },
  }
}

function passwordProvider({ network }: Visitor) {
  return credentialsProvider({
    credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
    async authorize(given) {
      try {
        const userId = await checkCredentials(given?.email, given?.password, network)
        return userId === null ? null : { id: String(userId) }
      } catch (error) {
        // The message becomes part of an address: a code, never what went wrong inside.
        if (error instanceof TooManyAttempts) throw new Error('TooManyAttempts')
        logError('SIGN_IN_FAILED', error)
        throw new Error('Unavailable')
      }
    },
  })
}

/** After sign-out the way leads to the page that says so, which is no place to go to after sign-in. */
function signedOutPath(url: string, baseUrl: string): string | null {
  return url === '/sign-out' || url === `${baseUrl}/sign-out` ? '/sign-out' : null
}

function identityOf(profile: Profile | undefined): Identity {
  const claims = (profile ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null)
  const issuer = text('iss')
  const subject = text('sub')
  if (!issuer || !subject) throw new Error('The provider names no issuer or subject.')
  return { issuer, subject, email: text('email'), emailVerified: claims['email_verified'] === true, name: text('name') }
}

function logError(code: string, metadata: unknown): void {
  const cause = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error
  const message = cause instanceof Error ? cause.message : ''
  console.error(JSON.stringify({ at: new Date().toISOString(), level: 'error', code, message: message.slice(0, 500) }))
}
