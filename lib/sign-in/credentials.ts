import 'server-only'
import { sql, within } from '@/lib/access/database'
import { DEMO_PASSWORD } from '@/lib/demo/personas'
import { normalEmail } from '@/lib/email-address'
import { env } from '@/lib/env'
import { countAttempt, forgetOldAttempts } from './limits'
import { passwordMatches } from './passwords'

type Candidate = { id: number; password_hash: string | null; is_demo: boolean }

/**
 * The id of the person whose address and password these are, else null, with the same work and the same answer
 * whether the address is unknown, disabled or the password wrong. Throws TooManyAttempts.
 */
export async function checkCredentials(email: unknown, password: unknown, network: string): Promise<number | null> {
  const { DEMO } = env()
  const address = typeof email === 'string' ? normalEmail(email) : null
  const given = typeof password === 'string' ? password : ''
  const found = address === null ? undefined : await candidate(address)
  const isDemoPersona = DEMO && found?.is_demo === true
  await countAttempt({ email: address, network, isDemoPersona, isDemo: DEMO })
  const matches = isDemoPersona ? given === DEMO_PASSWORD : await passwordMatches(storedHash(found), given)
  if (!found || !matches) return null
  await forgetOldAttempts()
  return found.id
}

// A demo persona has no password of its own, so that outside of demo mode there is none that could fit.
function storedHash(found: Candidate | undefined): string | null {
  return found && !found.is_demo ? found.password_hash : null
}

async function candidate(email: string): Promise<Candidate | undefined> {
  const rows = await within(
    5_000,
    sql()<Candidate[]>`
      select id, password_hash, is_demo from users where email = ${email} and disabled_at is null`,
  )
  return rows[0]
}
