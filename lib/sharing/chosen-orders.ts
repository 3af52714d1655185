import 'server-only'
import { and, asc, sql } from 'drizzle-orm'
import { orders as o } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import { NO_VIRTUAL_ACCOUNT, touches } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { type ChosenRows, chosenIds } from '@/lib/resources/chosen-rows'
import { orderScope } from '@/lib/resources/order-scope'

/** More are not shown at once: each is shared by itself. */
export const ORDERS_AT_MOST = 50

export type ChosenOrder = { number: string; customerOrderNumber: string | null; orderedOn: string }

/** Of the orders that somebody chose in the list those that they may share something of, one more than are shown at most. */
export function sharableOrders(viewer: Viewer, rows: ChosenRows): Promise<ChosenOrder[]> {
  const places = [
    ...(can(viewer, 'orders.share', [null]) ? [NO_VIRTUAL_ACCOUNT] : []),
    ...viewer.virtualAccounts.filter(({ id }) => can(viewer, 'orders.share', [id])).map(({ id }) => id),
  ]
  return asUser(viewer, (reader) =>
    reader
      .select({ number: o.number, customerOrderNumber: o.customerOrderNumber, orderedOn: o.orderedOn })
      .from(o)
      .where(
        and(orderScope(viewer), touches(o.virtualAccountIds, places), sql`${o.id} in (${chosenIds(viewer, rows)})`),
      )
      .orderBy(asc(o.number))
      .limit(ORDERS_AT_MOST + 1),
  )
}
