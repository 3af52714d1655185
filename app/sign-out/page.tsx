import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { sessionIdFromRequest } from '@/lib/auth'
import { env } from '@/lib/env'
import { formTokenOf } from '@/lib/sign-in/csrf'
import { signInCookies } from '@/lib/sign-in/session-cookie'
import { SubmitAtOnce } from './submit-at-once'

export const metadata: Metadata = { title: 'Sign out' }

export default async function SignOutPage() {
  const isSignedIn = (await sessionIdFromRequest()) !== null
  return (
    <main id="main" tabIndex={-1} className="page">
      {isSignedIn ? (
        <Question />
      ) : (
        <Empty
          kind="nothing"
          icon="sign-out"
          level={1}
          title="You are signed out"
          actions={
            <LinkButton href="/sign-in" look="primary">
              Sign in again
            </LinkButton>
          }
        >
          Nothing of your account stays in this browser.
        </Empty>
      )}
    </main>
  )
}

async function Question() {
  const cookie = (await cookies()).get(signInCookies(env().APP_ORIGIN).csrfToken.name)?.value
  // Who comes from a page of this site has asked to sign out already. Who comes from elsewhere is asked.
  const hasAsked = (await headers()).get('sec-fetch-site') === 'same-origin'
  return (
    <Empty
      kind="nothing"
      icon="sign-out"
      level={1}
      title="Sign out?"
      actions={
        <form id="sign-out" method="post" action="/api/auth/signout">
          <input type="hidden" name="csrfToken" value={formTokenOf(cookie)} />
          <input type="hidden" name="callbackUrl" value="/sign-out" />
          <Button type="submit" look="primary">
            Sign out
          </Button>
        </form>
      }
    >
      This ends your session in this browser.
      {hasAsked ? <SubmitAtOnce form="sign-out" /> : null}
    </Empty>
  )
}
