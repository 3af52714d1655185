import 'server-only'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { virtualAccountTags as tag, virtualAccounts as v } from '@/db/schema/accounts'
import { orderLines } from '@/db/schema/orders'
import { contractEndDays, deviceKinds, licenseTotals, subscriptionEndDays } from '@/db/schema/rollups'
import { asUser } from '@/lib/access/database'
import { inRollupScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { inTreeOrder, mayPlan } from './place-rules'

/** How many of each kind of asset are in a Virtual Account itself, without what is nested in it. */
export type Contents = Record<'devices' | 'licenses' | 'contracts' | 'subscriptions' | 'orderLines', number>

export type Place = {
  id: number
  parentId: number | null
  name: string
  description: string
  isDefault: boolean
  isRestricted: boolean
  preferredEndDate: string | null
  tags: Record<string, string>
  depth: number
  contents: Contents
  /** Whether the viewer may rename, move, set and delete it. */
  isPlanned: boolean
}

const KINDS = ['devices', 'licenses', 'contracts', 'subscriptions', 'orderLines'] as const

/** The Virtual Accounts that the viewer sees, as a tree, with what is in them. */
export function placesOf(viewer: Viewer): Promise<Place[]> {
  return asUser(viewer, async (reader) => {
    const ids = viewer.virtualAccounts.map(({ id }) => id)
    const [rows, tags, contents] = await Promise.all([
      reader
        .select()
        .from(v)
        .where(and(eq(v.smartAccountId, viewer.account.id), inArray(v.id, ids))),
      reader
        .select()
        .from(tag)
        .where(and(eq(tag.smartAccountId, viewer.account.id), inArray(tag.virtualAccountId, ids)))
        .orderBy(tag.name),
      contentsOf(reader, viewer, ids),
    ])
    return inTreeOrder(
      rows.map((row) => ({
        ...{ id: row.id, parentId: row.parentId, name: row.name, description: row.description },
        ...{ isDefault: row.isDefault, preferredEndDate: row.preferredEndDate },
        isRestricted: row.accessLevel === 'restricted',
        tags: Object.fromEntries(
          tags.filter((one) => one.virtualAccountId === row.id).map((one) => [one.name, one.value]),
        ),
        contents: contents(row.id),
        isPlanned: mayPlan(viewer, row.parentId),
      })),
    )
  })
}

async function contentsOf(reader: Reader, viewer: Viewer, ids: readonly number[]): Promise<(id: number) => Contents> {
  const rollup = (
    kind: (typeof KINDS)[number],
    table: typeof deviceKinds | typeof licenseTotals | typeof contractEndDays | typeof subscriptionEndDays,
  ) => {
    const scope = inRollupScope(
      viewer,
      { smartAccountId: table.smartAccountId, virtualAccountId: table.virtualAccountId },
      ids,
    )
    return sql`select ${kind}::text as kind, ${table.virtualAccountId} as place, sum(${table.n})::bigint as n from ${table} where ${scope} group by 2`
  }
  const lines = sql`select 'orderLines', ${orderLines.virtualAccountId}, count(*) from ${orderLines}
    where ${orderLines.smartAccountId} = ${viewer.account.id} and ${inArray(orderLines.virtualAccountId, [...ids])} group by 2`
  const parts: SQL[] = [
    rollup('devices', deviceKinds),
    rollup('licenses', licenseTotals),
    rollup('contracts', contractEndDays),
    rollup('subscriptions', subscriptionEndDays),
    lines,
  ]
  const rows = (await reader.execute(sql.join(parts, sql` union all `))) as unknown as {
    kind: (typeof KINDS)[number]
    place: number
    n: number
  }[]
  return (id) => {
    const of = (kind: (typeof KINDS)[number]) => rows.find((row) => row.place === id && row.kind === kind)?.n ?? 0
    return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Contents
  }
}

export const totalOf = (contents: Contents): number => KINDS.reduce((sum, kind) => sum + contents[kind], 0)
