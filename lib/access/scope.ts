import 'server-only'
import { and, arrayOverlaps, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Viewer } from './viewer'

type Scoped = { smartAccountId: AnyPgColumn; virtualAccountId: AnyPgColumn }

/** A rollup counts what is in no Virtual Account under 0, and the whole Smart Account under -1. */
export const NO_VIRTUAL_ACCOUNT = 0
export const WHOLE_ACCOUNT = -1

/** The rows of a table of assets that the viewer sees. Always SQL, never undefined: a scope that is absent is a leak. */
export function inScope(viewer: Viewer, { smartAccountId, virtualAccountId }: Scoped): SQL {
  const account = sql`${smartAccountId} = ${viewer.account.id}`
  if (viewer.scope.kind === 'account') return account
  return sql`(${account} and ${inArray(virtualAccountId, [...viewer.scope.ids])})`
}

/**
 * The cells of a rollup that add up to what the viewer sees; with `only`, to what they see in those Virtual Accounts
 * (0 = in none). Ids outside of the scope add nothing.
 */
export function inRollupScope(
  viewer: Viewer,
  { smartAccountId, virtualAccountId }: Scoped,
  only?: readonly number[],
): SQL {
  const account = eq(smartAccountId, viewer.account.id)
  const mine = viewer.scope.kind === 'account' ? only : viewer.scope.ids.filter((id) => !only || only.includes(id))
  if (!mine) return sql`${and(account, eq(virtualAccountId, WHOLE_ACCOUNT))}`
  return mine.length > 0 ? sql`${and(account, inArray(virtualAccountId, [...mine]))}` : sql`false`
}

/** The events of the account that touch what the viewer sees. */
export function inEventScope(
  viewer: Viewer,
  { smartAccountId, virtualAccountIds }: { smartAccountId: AnyPgColumn; virtualAccountIds: AnyPgColumn },
): SQL {
  const account = sql`${smartAccountId} = ${viewer.account.id}`
  if (viewer.scope.kind === 'account') return account
  return sql`(${account} and ${arrayOverlaps(virtualAccountIds, [...viewer.scope.ids])})`
}
