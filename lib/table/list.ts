import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import { literal } from '@/db/literal'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { underFilters } from './filters'
import type { TableQuery } from './parse'
import type { Resource } from './resource'

/** A list as a viewer asks for it. `today` decides what the bands mean. */
export type Ask = { resource: Resource; viewer: Viewer; query: TableQuery; today: string }

export type List = ReturnType<typeof listFor>

/** The same as SQL: in order of a key, where rows share it of what ties them, then of the id. */
export function listFor({ resource, viewer, query, today }: Ask) {
  const { columns, id, tenant, virtualAccount } = resource
  return {
    resource,
    query,
    key: columns[query.sort]?.column ?? id,
    tie: columns[query.sort]?.tie?.column,
    scope: inScope(viewer, { smartAccountId: tenant, virtualAccountId: virtualAccount }),
    found: underFilters(resource, viewer, query, today),
    search: query.q ? resource.search(viewer, query.q) : undefined,
  }
}

/** The whole order of a list. Null comes last both ways. */
export const sorted = (key: SQL, tie: SQL, id: SQL, descending: boolean) =>
  descending ? sql`${key} desc nulls last, ${tie} desc, ${id} desc` : sql`${key} asc nulls last, ${tie} asc, ${id} asc`

/** After the key: what ties rows, and their id, both the same way. */
export const tied = ({ resource: { id }, tie }: List, way: SQL) =>
  tie ? sql`${tie} ${way}, ${id} ${way}` : sql`${id} ${way}`

/** As the index (smart_account_id, key, tie, id) gives it: null is the last forwards, and the first backwards. */
export const indexOrder = (list: List, isUp: boolean) =>
  isUp
    ? sql`${list.key} asc nulls last, ${tied(list, sql`asc`)}`
    : sql`${list.key} desc nulls first, ${tied(list, sql`desc`)}`

/** Rows that the index gives one after the other. */
type Stretch = { where: SQL | undefined; order: SQL }

/** A list as stretches that the index gives without a sort; `reversed` gives it from its end. */
export function stretches(list: List, reversed: boolean): Stretch[] {
  const { key, query } = list
  const order = indexOrder(list, query.descending === reversed)
  if (!query.descending || key.notNull) return [{ where: undefined, order }]
  const known = { where: sql`${key} is not null`, order }
  const unknown = { where: sql`${key} is null`, order }
  return reversed ? [unknown, known] : [known, unknown]
}

/** Whole rows in scope, stretch after stretch, no more of them than `depth`. */
export function walked({ resource, scope }: List, pieces: readonly Stretch[], depth: number): SQL {
  const cut = sql`limit ${literal(depth)}`
  const each = pieces.map(
    ({ where, order }) => sql`(select * from ${resource.table} where ${and(scope, where)} order by ${order} ${cut})`,
  )
  return each[1] ? sql`(select * from (${sql.join(each, sql` union all `)}) w ${cut})` : sql`${each[0]}`
}
