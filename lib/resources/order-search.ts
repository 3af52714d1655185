import 'server-only'
import { sql } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { orderLines as line, orders as o } from '@/db/schema/orders'
import { products as p } from '@/db/schema/products'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Search } from '@/lib/table/resource'
import { anywhere, foundBy, namedByFinder } from './text-search'

const LONG_ENOUGH = 3

/**
 * Finds orders by their numbers and the products of their lines, from three characters on by the serial numbers of their
 * assets too: lines and assets that the viewer sees, an asset by the line that it came with.
 */
export function searchOrders(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const linesWith = (where: ReturnType<typeof sql>) =>
    sql`${o.id} in (select ${line.orderId} from ${line} where ${inScope(viewer, line)} and ${where})`
  const assets = sql`select ${d.orderLineId} as id from ${d} where ${inScope(viewer, d)} and ${d.orderLineId} is not null
    and ${namedByFinder(viewer, pattern)}
    and ${d.serialNumber} ilike ${pattern}`
  const isLong = text.length >= LONG_ENOUGH
  return foundBy(
    viewer,
    { table: o, id: o.id, tenant: o.smartAccountId, virtualAccount: o.virtualAccountIds },
    [
      {
        byIndex: sql`${o.id} in (select app.find_orders(${viewer.account.id}, ${pattern}, ${COUNT_CAP + 1}))`,
        itself: sql`(${o.number} like ${pattern} or ${o.webOrderNumber} like ${pattern} or ${o.customerOrderNumber} ilike ${pattern})`,
      },
      linesWith(sql`${line.pid} = any (array(select pid from pids))`),
      ...(isLong ? [linesWith(sql`${line.id} = any (array(select id from assets))`)] : []),
    ],
    {
      names: sql`pids as materialized (select ${p.pid} as pid from ${p} where ${p.pid} ilike ${pattern})${isLong ? sql`, assets as materialized (${assets})` : sql``}`,
    },
  )
}
