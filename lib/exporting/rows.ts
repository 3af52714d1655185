import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '@/lib/access/viewer'
import { named, rowsIn } from '@/lib/table/filters'
import { listFor, sorted, stretches } from '@/lib/table/list'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import type { ExportColumn } from './columns'

/** All rows of a list in its order: what names the statement begins with ('' or `name as (…), `), and the select. */
export type ExportRows = { names: SQL; select: SQL }

/**
 * Every row that the pages of this list show together, in their order, by the same conditions (lib/table/list.ts). In
 * stretches that the index of its order gives without a sort, for whoever reads them along it (copy.ts).
 */
export function exportRows(
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  today: string,
  columns: readonly ExportColumn[],
): ExportRows {
  const list = listFor({ resource, viewer, query, today })
  const { key, tie, scope, found, search } = list
  const fields = sql.join(
    columns.map(({ name, value }) => sql`${value} as ${sql.identifier(name)}`),
    sql`, `,
  )
  if (search) {
    const order = sorted(sql`${key}`, sql`${tie ?? resource.id}`, sql`${resource.id}`, query.descending)
    const from = rowsIn(resource, scope, search)
    const select = sql`select ${fields} from ${from} where ${and(scope, found)} order by ${order} offset 0`
    return { names: named(search), select }
  }
  const pieces = stretches(list, false).map(
    ({ where, order }) =>
      sql`(select ${fields} from ${resource.table} where ${and(scope, found, where)} order by ${order} offset 0)`,
  )
  return { names: sql``, select: sql.join(pieces, sql` union all `) }
}
