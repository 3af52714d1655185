import type { Sql } from 'postgres'

/** Ids of things by the domain of their account. */
export type Ids = Record<string, number[]>

/** The id of nothing. */
export const NOWHERE = 999_999_999

/** The rows (id, smart_account_id) of a query, by account. */
export async function byAccount(owner: Sql, query: string): Promise<Ids> {
  const rows = await owner.unsafe<{ domain: string; ids: number[] }[]>(
    `select a.domain, array_agg(t.id order by t.id) as ids from (${query}) t join smart_accounts a on a.id = t.smart_account_id group by 1`,
  )
  return Object.fromEntries(rows.map(({ domain, ids }) => [domain, ids.map(Number)]))
}

/** What to ask for in an account: `most` of its own, one of each other account, one that is nowhere. */
export const askedIn = (ids: Ids, domain: string, most = Number.POSITIVE_INFINITY): number[] => [
  ...(ids[domain] ?? []).slice(0, most),
  ...Object.entries(ids).flatMap(([other, some]) => (other === domain ? [] : some.slice(0, 1))),
  NOWHERE,
]
