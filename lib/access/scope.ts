import 'server-only'
import { and, eq, is, type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, PgArray } from 'drizzle-orm/pg-core'
import type { Viewer } from './viewer'

type Scoped = { smartAccountId: AnyPgColumn; virtualAccountId: AnyPgColumn }

/** A rollup counts what is in no Virtual Account under 0, and the whole Smart Account under -1. */
export const NO_VIRTUAL_ACCOUNT = 0
export const WHOLE_ACCOUNT = -1

/** Whether a row touches any number of Virtual Accounts, as an event or an order does, instead of being in one. */
export const isSet = (virtualAccountId: AnyPgColumn | null) =>
  virtualAccountId !== null && is(virtualAccountId, PgArray)

type Place = SQL | AnyPgColumn

/** Ids as one parameter, however many: each as its own would make another statement, and a list to build for every row. */
const listOf = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`
const isOneOf = (place: Place, ids: readonly number[]): SQL =>
  ids.length === 1 ? sql`${place} = ${ids[0]}` : sql`${place} = any (${listOf(ids)})`

/** Of what touches Virtual Accounts: what touches one of these (0 = what touches none, or has a part that is in none). */
export function touches(virtualAccountIds: SQL | AnyPgColumn, ids: readonly number[]): SQL {
  const any = sql`${virtualAccountIds} && ${listOf(ids)}`
  return ids.includes(NO_VIRTUAL_ACCOUNT) ? sql`(${any} or ${virtualAccountIds} = '{}')` : any
}

/**
 * What is in one of the Virtual Accounts named by id or `none`, or touches one of them. That something of theirs touches a
 * place which they do not see, nobody is to find out. `place` is where the column stands.
 */
export function inPlaces(viewer: Viewer, column: AnyPgColumn | null, place: Place, values: readonly string[]): SQL {
  const ids = values.map((value) => (value === 'none' ? NO_VIRTUAL_ACCOUNT : Number(value)))
  const isSeen = (id: number) =>
    id === NO_VIRTUAL_ACCOUNT ? viewer.scope.kind === 'account' : viewer.virtualAccounts.some((va) => va.id === id)
  if (isSet(column)) return touches(place, ids.filter(isSeen))
  return sql`(${isOneOf(place, ids)}${ids.includes(NO_VIRTUAL_ACCOUNT) ? sql` or ${place} is null` : sql``})`
}

/** The Virtual Account of a row as text, `none` for none; a row for each that the viewer sees where there are several. */
export function placeKey(viewer: Viewer, column: AnyPgColumn | null, place: Place): SQL {
  if (!isSet(column))
    return sql`case when ${place} is null or ${place} = ${NO_VIRTUAL_ACCOUNT} then 'none' else ${place}::text end`
  return sql`unnest(${placesSeen(viewer, place)})`
}

/** Of what touches Virtual Accounts: those of them that the viewer sees, as a list of text, `none` for none. */
export function placesSeen({ scope }: Viewer, place: Place): SQL {
  const mine = scope.kind === 'account' ? sql`` : sql`where ${touches(sql`array[v]`, scope.ids)}`
  const name = sql`case when v = ${NO_VIRTUAL_ACCOUNT} then 'none' else v::text end`
  return sql`case when ${place} = '{}' then '{none}' else array(select distinct ${name} from unnest(${place}) v ${mine}) end`
}

/**
 * The rows of a table of assets that the viewer sees, or the events that touch what they see. Always SQL, never
 * undefined: a scope that is absent is a leak. Of what is in no Virtual Account by its nature (null) only who sees the
 * whole account sees anything. `checked`: no index is asked for several Virtual Accounts. Row-level security asks it for
 * them already, and an index of facets that is asked twice looks for each pair of them.
 */
export function inScope(
  viewer: Viewer,
  { smartAccountId, virtualAccountId }: Scoped | (Omit<Scoped, 'virtualAccountId'> & { virtualAccountId: null }),
  way: 'sought' | 'checked' = 'sought',
): SQL {
  const account = sql`${smartAccountId} = ${viewer.account.id}`
  if (viewer.scope.kind === 'account') return account
  if (!virtualAccountId) return sql`false`
  if (isSet(virtualAccountId)) return sql`(${account} and ${touches(virtualAccountId, viewer.scope.ids)})`
  const place = way === 'checked' && viewer.scope.ids.length > 1 ? sql`${virtualAccountId} + 0` : virtualAccountId
  return sql`(${account} and ${isOneOf(place, viewer.scope.ids)})`
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
  if (isSet(virtualAccountId)) return sql`${and(account, mine && touches(virtualAccountId, mine))}`
  if (!mine) return sql`${and(account, eq(virtualAccountId, WHOLE_ACCOUNT))}`
  return mine.length > 0 ? sql`${and(account, isOneOf(virtualAccountId, mine))}` : sql`false`
}
