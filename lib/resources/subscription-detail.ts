import 'server-only'
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { subscriptionLines as line, subscriptions as s } from '@/db/schema/contracts'
import { licenses as l, licenseTerms as t } from '@/db/schema/licenses'
import { orders as o, orderLines as ordered } from '@/db/schema/orders'
import { subscriptionSkus } from '@/db/schema/rollups'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { besideIn, countLines, LINES_AT_MOST, type ListPlace, reasonsOf, termOf } from './agreement-detail'
import { withoutKey } from './legal-terms'
import { orderTerms } from './order-rows'
import { orderScope } from './order-scope'

export type SubscriptionDetail = NonNullable<Awaited<ReturnType<typeof loadSubscription>>>

/**
 * A subscription by its id with the lines that the viewer sees, and `chosen`, the one that it was opened from; null
 * where they see none of it.
 */
export function loadSubscription(viewer: Viewer, id: number, place?: ListPlace) {
  return asUser(viewer, async (reader) => {
    const lineId = place?.line ?? null
    const [[subscription], lines, [chosen], suites, [began]] = await Promise.all([
      reader
        .select()
        .from(s)
        .where(and(eq(s.smartAccountId, viewer.account.id), eq(s.id, id))),
      linesOf(reader, viewer, id),
      lineId === null ? [] : linesOf(reader, viewer, id, eq(line.id, lineId)),
      suitesOf(reader, viewer, id),
      firstOrderOf(reader, viewer, id),
    ])
    if (!subscription || (lineId !== null && !chosen)) return null
    const { number } = subscription
    const [total, reasons, beside, papers] = await Promise.all([
      countLines(reader, viewer, subscriptionSkus, number),
      reasonsOf(reader, viewer, subscriptionSkus, number),
      besideIn(reader, viewer, place, id),
      papersOf(reader, viewer, began?.number),
    ])
    if (total === 0 && viewer.scope.kind !== 'account') return null
    return {
      ...subscription,
      chosen: chosen ?? null,
      lines,
      total,
      suites,
      /** By which order it began, as far as the viewer sees that, with the terms of then and of now. */
      papers,
      term: termOf(subscription),
      reasons,
      beside,
    }
  })
}

const linesOf = (reader: Reader, viewer: Viewer, id: number, where?: SQL) =>
  reader
    .select({
      id: line.id,
      sku: line.sku,
      description: line.description,
      architecture: line.architecture,
      quantity: line.quantity,
      suite: line.suite,
      virtualAccountId: line.virtualAccountId,
      startDate: line.startDate,
      endDate: line.endDate,
      source: line.source,
      asOf: line.asOf,
    })
    .from(line)
    .where(and(inScope(viewer, line), eq(line.subscriptionId, id), where))
    .orderBy(line.id)
    .limit(LINES_AT_MOST)

/** The suites of an Enterprise Agreement, by what of them the viewer sees. */
const suitesOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({
      suite: line.suite,
      growthAllowance: line.growthAllowance,
      products: sql<number>`count(*)::int`,
      quantity: sql<number>`sum(${line.quantity})::int`,
      added: sql<string>`min(${line.startDate})::text`,
    })
    .from(line)
    .where(and(inScope(viewer, line), eq(line.subscriptionId, id), isNotNull(line.suite)))
    .groupBy(line.suite, line.growthAllowance)
    .orderBy(line.suite)

/** The terms of an order; null where there are none. */
async function papersOf(reader: Reader, viewer: Viewer, order: string | undefined) {
  const terms = order === undefined ? [] : await orderTerms(reader, viewer, order)
  return order === undefined || terms.length === 0 ? null : { order, terms: terms.map(withoutKey) }
}

/** The first order that brought licenses of it, by a line and a license that the viewer sees. */
const firstOrderOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({ number: o.number })
    .from(t)
    .innerJoin(l, and(inScope(viewer, l), eq(l.id, t.licenseId)))
    .innerJoin(ordered, and(inScope(viewer, ordered), eq(ordered.id, t.orderLineId)))
    .innerJoin(o, and(orderScope(viewer), eq(o.id, ordered.orderId)))
    .where(and(eq(t.smartAccountId, viewer.account.id), eq(t.subscriptionId, id)))
    .orderBy(o.orderedOn, o.id)
    .limit(1)
