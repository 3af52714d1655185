import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { orders as o } from '@/db/schema/orders'
import { inScope, NO_VIRTUAL_ACCOUNT, touches } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'

/** The scope of orders, as other tables have theirs: an order is seen where one of its lines is. */
export const orderScope = (viewer: Viewer): SQL =>
  inScope(viewer, { smartAccountId: o.smartAccountId, virtualAccountId: o.virtualAccountIds })

/**
 * How far an order is assigned, by those of its lines that the viewer sees and no others; `places` = the Virtual Accounts
 * of all of its lines. Whoever sees the whole account sees lines in no Virtual Account too.
 */
export function assignmentOf({ scope, virtualAccounts }: Viewer, places: SQL | AnyPgColumn): SQL {
  const defaults = virtualAccounts.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  const isWhole = scope.kind === 'account'
  const others = isWhole ? [] : scope.ids.filter((id) => !defaults.includes(id))
  const rest = `{${[NO_VIRTUAL_ACCOUNT, ...defaults].join(',')}}`
  const inOthers = isWhole ? sql`not (${places} <@ ${rest}::bigint[])` : touches(places, others)
  const inDefault = touches(places, defaults)
  const inNone = isWhole ? touches(places, [NO_VIRTUAL_ACCOUNT]) : sql`false`
  return sql`case when ${inOthers} then case when ${inDefault} or ${inNone} then 'partly' else 'assigned' end
    when ${inDefault} then 'default' else 'none' end`
}
