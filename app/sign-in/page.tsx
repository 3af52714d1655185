import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Notice } from '@/components/ui/feedback'
import { Rosette } from '@/components/ui/icon'
import { Mark } from '@/components/ui/mark'
import { personaGroups } from '@/lib/demo/personas'
import { env } from '@/lib/env'
import { formTokenOf } from '@/lib/sign-in/csrf'
import { nextPath } from '@/lib/sign-in/next-path'
import { signInCookies } from '@/lib/sign-in/session-cookie'
import { Personas } from './personas'
import { problemText } from './problems'
import './sign-in.css'
import { PasswordForm, SingleSignOnForm } from './sign-in-forms'

export const metadata: Metadata = { title: 'Sign in' }

type Parameters = Record<string, string | string[] | undefined>

export default async function SignInPage({ searchParams }: { searchParams: Promise<Parameters> }) {
  const { APP_ORIGIN, DEMO, OIDC_ISSUER, OIDC_NAME } = env()
  const parameters = await searchParams
  const names = signInCookies(APP_ORIGIN)
  const jar = await cookies()
  const error = one(parameters['error'])
  // After a failed attempt next-auth keeps in its cookie where the person was going.
  const wanted =
    one(parameters['next']) ?? one(parameters['callbackUrl']) ?? (error && jar.get(names.callbackUrl.name)?.value)
  const hidden = {
    csrfToken: formTokenOf(jar.get(names.csrfToken.name)?.value),
    callbackUrl: nextPath(wanted, APP_ORIGIN) ?? '/',
  }
  return (
    <div className="sign-in">
      <header className="sign-in-face">
        <Rosette />
        <p className="brand">
          <Mark />
          License Central
        </p>
        <p className="sign-in-claim">Every license, device, contract and order of your Smart Account, in one place.</p>
      </header>
      <main id="main" tabIndex={-1} className="sign-in-main">
        <section className="sign-in-box" aria-labelledby="sign-in-title">
          <h1 id="sign-in-title">Sign in</h1>
          {error ? (
            <Notice tone="bad" live>
              {problemText(error)}
            </Notice>
          ) : null}
          <PasswordForm hidden={hidden} />
          {OIDC_ISSUER ? <SingleSignOnForm hidden={hidden} name={OIDC_NAME} /> : null}
        </section>
        {DEMO ? <Personas hidden={hidden} groups={personaGroups} /> : null}
      </main>
    </div>
  )
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
