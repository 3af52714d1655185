import 'server-only'
import { sql, within } from '@/lib/access/database'
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
  await countAttempt({ email: address, network, isDemoPersona: found?.is_demo === true && DEMO, isDemo: DEMO })
  // Everybody knows the password of demo people: outside of demo mode they have none.
  const stored = found && (DEMO || !found.is_demo) ? found.password_hash : null
  if (!(await passwordMatches(stored, given)) || !found) return null
  await forgetOldAttempts()
  return found.id
}

async function candidate(email: string): Promise<Candidate | undefined> {
  const rows = await within(
    5_000,
    sql()<Candidate[]>`
      select id, password_hash, is_demo from users where email = ${email} and disabled_at is null`,
  )
  return rows[0]
}
