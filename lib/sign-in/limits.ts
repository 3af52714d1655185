import 'server-only'
import { sql, within } from '@/lib/access/database'

/** Too many attempts to sign in, from one address of a person or from one network. */
export class TooManyAttempts extends Error {}

const WINDOW_SECONDS = 15 * 60
const PER_ADDRESS = 5
const PER_NETWORK = 50
// Whoever shows the demo changes from persona to persona, and everybody who does comes from the same machine.
const PER_DEMO_PERSONA = 100
const PER_DEMO_NETWORK = 2_000

type Attempt = { email: string | null; network: string; isDemoPersona: boolean; isDemo: boolean }

/** Counts an attempt, right or wrong, before anything is compared. Throws TooManyAttempts. */
export async function countAttempt({ email, network, isDemoPersona, isDemo }: Attempt): Promise<void> {
  const perAddress = isDemoPersona ? PER_DEMO_PERSONA : PER_ADDRESS
  const perNetwork = isDemo ? PER_DEMO_NETWORK : PER_NETWORK
  const [allowed] = await within(
    5_000,
    sql()<{ network: boolean; address: boolean }[]>`
      select app.take_attempt(${`sign-in-network:${network}`}, ${perNetwork}, ${WINDOW_SECONDS}) as network,
        ${email === null} or app.take_attempt(${`sign-in:${email}`}, ${perAddress}, ${WINDOW_SECONDS}) as address`,
  )
  if (!allowed?.network || !allowed.address) throw new TooManyAttempts()
}

/** Counts hold addresses and networks: they are not kept longer than they are of use. */
export async function forgetOldAttempts(): Promise<void> {
  await within(5_000, sql()`delete from rate_limits where window_start < now() - interval '1 day'`)
}
