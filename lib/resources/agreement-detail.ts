import 'server-only'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { contractSkus, subscriptionSkus } from '@/db/schema/rollups'
import { type Reason, type Reasons, reasonSources, reasonsFor } from '@/lib/access/reasons'
import { inRollupScope, inScope, NO_VIRTUAL_ACCOUNT, WHOLE_ACCOUNT } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { rowAddress } from '@/lib/table/href'
import { neighbours } from '@/lib/table/neighbours'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { bandOf, expiry } from './product-lines'

/** How many lines are told; the page leads to all of them. */
export const LINES_AT_MOST = 50

/** The list that a contract or subscription was opened from; `line` is the product, where the list has one row for each. */
export type ListPlace = { resource: Resource; query: TableQuery; line: number | null }

/** The last part of the addresses of the rows before and after. */
export type Beside = { previous: string | null; next: string | null }

/** How far the term of a contract or subscription has come; `share` of it has passed, 0 to 1. */
export type Term = { start: string; end: string; daysLeft: number; share: number; status: string; tone: Tone }
type Tone = 'good' | 'warn' | 'bad'
type Skus = typeof contractSkus | typeof subscriptionSkus

/** The rows beside a product, or beside `agreement` where the list has one row for each contract or subscription. */
export async function besideIn(
  reader: Reader,
  viewer: Viewer,
  place: ListPlace | undefined,
  agreement: number,
): Promise<Beside> {
  const id = place?.resource.rowParam ? place.line : agreement
  if (!place || id === null) return { previous: null, next: null }
  const { resource, query } = place
  const { previous, next } = await neighbours(reader, resource, viewer, query, today(), id)
  const ids = [previous, next].filter((other) => other !== null)
  if (ids.length === 0) return { previous: null, next: null }
  const scope = inScope(viewer, { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount })
  const rows = (await reader.execute(sql`select ${resource.id} as id, ${resource.address ?? resource.id} as address
    from ${resource.table} where ${scope} and ${resource.id} in (${sql.join(
      ids.map((other) => sql`${other}`),
      sql`, `,
    )})`)) as unknown as { id: number; address: unknown }[]
  const addressOf = (other: number | null) => {
    const row = rows.find((found) => Number(found.id) === Number(other))
    return row ? rowAddress(resource, row.address, row.id) : null
  }
  return { previous: addressOf(previous), next: addressOf(next) }
}

/** The lines in the viewer's scope, from the rollup. */
export async function countLines(reader: Reader, viewer: Viewer, skus: Skus, number: string): Promise<number> {
  const [row] = await reader
    .select({ n: sql<number>`coalesce(sum(${skus.n}), 0)::int` })
    .from(skus)
    .where(and(inRollupScope(viewer, skus), eq(skus.number, number)))
  return row?.n ?? 0
}

/** Who sees any of the lines that the viewer sees, each way once. */
export async function reasonsOf(reader: Reader, viewer: Viewer, skus: Skus, number: string): Promise<Reasons> {
  const places = await reader
    .selectDistinct({ id: skus.virtualAccountId })
    .from(skus)
    .where(and(inScope(viewer, skus), eq(skus.number, number), ne(skus.n, 0), ne(skus.virtualAccountId, WHOLE_ACCOUNT)))
  return reasonsIn(
    reader,
    viewer,
    places.map(({ id }) => (id === NO_VIRTUAL_ACCOUNT ? null : id)),
  )
}

/** Who sees anything in these Virtual Accounts (null = in none), each way once; none = only the whole account does. */
export async function reasonsIn(reader: Reader, viewer: Viewer, places: readonly (number | null)[]): Promise<Reasons> {
  const ids = places.length > 0 ? places : [null]
  const sources = reasonSources(reader, viewer)
  const all = await Promise.all(
    ids.map((virtualAccountId) => reasonsFor(reader, viewer, { deviceId: null, virtualAccountId }, sources)),
  )
  const ways = new Map<string, Reason>()
  for (const reason of all.flatMap(({ list }) => list))
    ways.set([reason.person?.email, reason.by, reason.through].join(' '), reason)
  return { list: [...ways.values()], isWhole: all.every(({ isWhole }) => isWhole) }
}

export function termOf({ startDate, endDate }: { startDate: string; endDate: string }): Term {
  const at = (date: string) => Date.parse(date) / 86_400_000
  const daysLeft = at(endDate) - at(today())
  const length = Math.max(1, at(endDate) - at(startDate))
  const { label, tone } = expiry.bands[bandOf(daysLeft)]
  const share = Math.min(1, Math.max(0, (at(today()) - at(startDate)) / length))
  return { start: startDate, end: endDate, daysLeft, share, status: label, tone }
}
