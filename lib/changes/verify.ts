import 'server-only'
import type { Client } from '@/db/client'

/** The first event of an account that does not fit into its chain, and why. */
export type BrokenEvent = { domain: string; seq: number; problem: string }

export type ChainReport = { accounts: number; events: number; broken: BrokenEvent[] }

/** Checks the event chains of all accounts, on the owner's connection: the server's role may not. */
export async function verifyChains(client: Client): Promise<ChainReport> {
  const broken = await client<BrokenEvent[]>`
    select a.domain, b.seq, b.problem from app.broken_events() b join smart_accounts a on a.id = b.smart_account_id order by a.domain`
  const [counted] = await client<{ accounts: number; events: number }[]>`
    select count(distinct smart_account_id) as accounts, count(*) as events from events`
  return { accounts: counted?.accounts ?? 0, events: counted?.events ?? 0, broken: [...broken] }
}
