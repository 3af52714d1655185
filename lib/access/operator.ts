import 'server-only'
import { eq } from 'drizzle-orm'
import { type Client, readAs } from '@/db/client'
import { smartAccounts } from '@/db/schema/accounts'
import { now } from '@/lib/clock'

/** A command run by whoever operates the installation, on the owner's connection, in one account. No person. */
export type Operator = {
  readonly kind: 'operator'
  client: Client
  account: { id: number; domain: string; day: string }
}

/** @throws Error when there is no such account; its words are for the terminal. */
export async function operatorIn(client: Client, domain: string): Promise<Operator> {
  const found = await readAs(client, { userId: null, now: now() }, (reader) =>
    reader
      .select({ id: smartAccounts.id, domain: smartAccounts.domain, day: smartAccounts.day })
      .from(smartAccounts)
      .where(eq(smartAccounts.domain, domain.toLowerCase())),
  )
  const [account] = found
  if (!account) throw new Error(`There is no Smart Account with the domain ${domain}.`)
  return { kind: 'operator', client, account }
}
