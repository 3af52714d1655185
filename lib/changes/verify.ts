import 'server-only'
import { desc, eq, sql } from 'drizzle-orm'
import type { Client } from '@/db/client'
import { events } from '@/db/schema/changes'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'

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

/** The newest event of an account and the hash that holds all before it, as hexadecimal text. */
export type ChainHead = { seq: number; hash: string }
/** How far a chain holds, and the first event that does not fit. */
export type ChainPart = { verified: number; broken: number | null; problem: string | null }

/** Events that are verified at once: a fraction of a second. */
const PART = 5_000

/** The end of the account's chain; null where there is none, or the viewer does not see the whole account. */
export async function chainHead(viewer: Viewer): Promise<ChainHead | null> {
  if (viewer.scope.kind !== 'account') return null
  const [head] = await asUser(viewer, (reader) =>
    reader
      .select({ seq: events.seq, hash: sql<string>`encode(${events.hash}, 'hex')` })
      .from(events)
      .where(eq(events.smartAccountId, viewer.account.id))
      .orderBy(desc(events.seq))
      .limit(1),
  )
  return head ?? null
}

/** Verifies the part of the account's chain that follows the event `after`; null for whoever does not see the whole account. */
export async function verifyChainAfter(viewer: Viewer, after: number): Promise<ChainPart | null> {
  if (viewer.scope.kind !== 'account') return null
  const rows = await asUser(viewer, (reader) =>
    reader.execute(
      sql`select verified, broken, problem from app.verify_chain(${viewer.account.id}, ${after}, ${PART})`,
    ),
  )
  return (rows as unknown as ChainPart[])[0] ?? null
}
