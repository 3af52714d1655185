import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { orderLines as line, orders as o } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { orderScope } from '@/lib/resources/order-scope'
import { MOST_CHOSEN } from './send-schema'

/** What of an order somebody may share, to choose from. */
export type Sharable = {
  number: string
  customerOrderNumber: string | null
  /** All of the order, with what is not in it yet; else all of its lines that are theirs. */
  isWhole: boolean
  lines: { id: number; text: string; hint: string }[]
  assets: { id: number; text: string; hint: string }[]
  /** There are more lines or assets than can be chosen here. */
  isCut: boolean
}

/** What the viewer may share of an order; null where they see none of it, or may share nothing of it. */
export function loadSharable(viewer: Viewer, number: string): Promise<Sharable | null> {
  return asUser(viewer, async (reader) => {
    const [order] = await reader
      .select({ id: o.id, number: o.number, customerOrderNumber: o.customerOrderNumber })
      .from(o)
      .where(and(orderScope(viewer), eq(o.number, number)))
    if (!order) return null
    const ofOrder = and(inScope(viewer, line), eq(line.orderId, order.id))
    const [lines, assets] = await Promise.all([
      reader
        .select({
          ...{ id: line.id, lineNumber: line.lineNumber, pid: line.pid, description: line.description },
          ...{ quantity: line.quantity, place: line.virtualAccountId },
        })
        .from(line)
        .where(ofOrder)
        .orderBy(asc(line.id))
        .limit(MOST_CHOSEN + 1),
      reader
        .select({
          ...{ id: d.id, serialNumber: d.serialNumber, instanceNumber: d.instanceNumber, pid: d.pid },
          ...{ place: d.virtualAccountId, lineNumber: line.lineNumber, linePlace: line.virtualAccountId },
        })
        .from(d)
        .innerJoin(line, and(ofOrder, sql`${line.id} = ${d.orderLineId}`))
        .where(inScope(viewer, d))
        .orderBy(asc(d.id))
        .limit(MOST_CHOSEN + 1),
    ])
    const isMine = (...places: (number | null)[]) => can(viewer, 'orders.share', places)
    const mine = lines.filter(({ place }) => isMine(place))
    if (mine.length === 0) return null
    return {
      ...{ number: order.number, customerOrderNumber: order.customerOrderNumber, isWhole: isMine(null) },
      lines: mine.slice(0, MOST_CHOSEN).map(({ id, lineNumber, pid, description, quantity }) => ({
        ...{ id, text: `${lineNumber} · ${pid}`, hint: `${quantity.toLocaleString('en-US')} × ${description}` },
      })),
      assets: assets
        .filter(({ place, linePlace }) => isMine(place, linePlace))
        .slice(0, MOST_CHOSEN)
        .map(({ id, serialNumber, instanceNumber, pid, lineNumber }) => ({
          ...{ id, text: serialNumber ?? `Instance ${instanceNumber}`, hint: `${pid}, line ${lineNumber}` },
        })),
      isCut: lines.length > MOST_CHOSEN || assets.length > MOST_CHOSEN,
    }
  })
}
