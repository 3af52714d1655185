import 'server-only'
import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { devices as d } from '@/db/schema/devices'
import { products as p } from '@/db/schema/products'
import { deviceProducts as dp } from '@/db/schema/rollups'
import { inRollupScope, inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, FOUND_CAP, type Search } from '@/lib/table/resource'

/** As a range: one plan for all texts reads it by its index, and row-level security lets that be read first. */
const beginsWith = (column: AnyPgColumn, text: string) =>
  sql`(${column} ~>=~ ${text} and ${column} ~<~ ${`${text}\u{10ffff}`})`

/**
 * What a text finds: names and numbers of the device itself, and the products that carry it in PID or description. What
 * is named is run once a statement, and rows are reached from it, whatever the planner expects of a text it cannot see.
 */
export function searchDevices(viewer: Viewer, text: string): Search {
  const escaped = text.replace(/[\\%_]/g, '\\$&')
  const isShort = text.length < 3
  const pattern = isShort ? `${escaped.toUpperCase()}%` : `%${escaped}%`
  const [matching, itself] = isShort
    ? [
        sql`${p.pid} like ${pattern}`,
        sql`(${beginsWith(d.serialNumber, text.toUpperCase())} or ${beginsWith(d.name, text.toLowerCase())})`,
      ]
    : [
        sql`(${p.pid} ilike ${pattern} or ${p.description} ilike ${pattern})`,
        sql`(${sql.join(
          [d.serialNumber, d.name, d.contractNumber, d.salesOrderNumber, d.instanceNumber].map(
            (column) => sql`${column} ilike ${pattern}`,
          ),
          sql` or `,
        )})`,
      ]
  const groups = sql`select id from words`
  const single = sql`select id from singles`
  // The finder goes by its policy alone. Where it names many, those in the viewer's scope are counted.
  const howMany =
    viewer.scope.kind === 'account'
      ? sql`count(*)`
      : sql`case when count(*) <= ${COUNT_CAP} then count(*)
          else (select count(*) from ${d} where ${inScope(viewer, d)} and ${d.id} = any (array(${single}))) end`
  const isCut = sql`((select count(*) from singles) > ${FOUND_CAP})`
  return {
    names: sql`matching as materialized (select ${p.id} as id from ${p} where ${matching}),
      words as materialized (select ${dp.productId} as id, sum(${dp.n})::bigint as n from ${dp}
        where ${inRollupScope(viewer, dp)} and ${dp.productId} = any (array(select id from matching)) and ${dp.n} <> 0 group by 1),
      singles as materialized (select app.find_devices(${viewer.account.id}, ${pattern}, ${isShort}, ${FOUND_CAP + 1}) as id),
      singles_seen as materialized (select ${howMany} as n from singles)`,
    ids: sql`select x.id from words cross join lateral (select ${d.id} from ${d}
        where ${d.smartAccountId} = ${viewer.account.id} and ${d.productId} = words.id offset 0) x
      union ${single}`,
    // Each part of a short one has an index, by which all are found where the first do not come soon.
    where: isShort
      ? sql`(${d.productId} = any (array(${groups})) or ${itself})`
      : sql`(${d.productId} in (${groups}) or ${d.id} in (${single}) or ${isCut} and ${itself})`,
    rollup: sql`select greatest((select sum(n) from words), (select n from singles_seen))`,
    groups,
    single,
    isCut,
  }
}
