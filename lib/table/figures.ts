import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { inRollupScope, inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import type { Resource } from './resource'

/** One figure of the answer: a total, a facet's value, or a stretch of the sort order. */
export type CountRow = {
  part: string
  value: string | null
  n: number
  tie: number | null
  before: number
  start: number
}

/** The order of the columns that every part of the statement has. */
export const figures = (part: SQL, value: SQL, n: SQL) =>
  sql`${part} as part, ${value} as value, ${n} as n, null::bigint as tie, 0::bigint as before, 0::bigint as start`

/** How many rows the viewer sees, whatever the filters. */
export function countedWhole(
  { rollups: [rollup], table, tenant, virtualAccount, name }: Resource,
  viewer: Viewer,
): SQL {
  if (!rollup)
    return sql`select count(*) as n from ${table} where ${inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount })}`
  const { account: smartAccountId, va: virtualAccountId } = rollup.dims
  if (!smartAccountId || !virtualAccountId) throw new Error(`${name} has no rollup to count from.`)
  const scope = inRollupScope(viewer, { smartAccountId, virtualAccountId })
  return sql`select coalesce(sum(${rollup.n}), 0)::bigint as n from ${rollup.table} where ${scope}`
}

/** The same, asked. */
export async function countWhole(reader: Reader, resource: Resource, viewer: Viewer): Promise<number> {
  const [row] = await reader.execute(countedWhole(resource, viewer))
  return Number(row?.['n'] ?? 0)
}

/** The part of it that is about all rows. */
export const ALL = '#all'

/** How many rows there are without filters, as one figure beside others. */
export const wholePart = (resource: Resource, viewer: Viewer): SQL =>
  sql`select ${figures(sql`${ALL}::text`, sql`null::text`, sql`n`)} from (${countedWhole(resource, viewer)}) w`
