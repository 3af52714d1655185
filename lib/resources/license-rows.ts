import 'server-only'
import { aliasedTable, and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { subscriptionLines, subscriptions } from '@/db/schema/contracts'
import { devices as d, licenseUse } from '@/db/schema/devices'
import { licenses as l, licenseTerms } from '@/db/schema/licenses'
import { documents, orderLines, orders } from '@/db/schema/orders'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'

/** How many devices, terms, documents and places are told; the page says when there are more. */
export const SHOWN_AT_MOST = 50

export type LicenseRow = typeof l.$inferSelect

export const holdingRow = (reader: Reader, viewer: Viewer, id: number): Promise<LicenseRow[]> =>
  reader
    .select()
    .from(l)
    .where(and(inScope(viewer, l), eq(l.id, id)))

const ofLicense = and(eq(l.smartAccountId, licenseTerms.smartAccountId), eq(l.id, licenseTerms.licenseId))
const ofTerm = and(
  eq(orderLines.smartAccountId, licenseTerms.smartAccountId),
  eq(orderLines.id, licenseTerms.orderLineId),
)
const ofLine = and(eq(orders.smartAccountId, orderLines.smartAccountId), eq(orders.id, orderLines.orderId))

/** A subscription is seen where one of its products is. */
const seenBy = (viewer: Viewer) =>
  viewer.scope.kind === 'account'
    ? undefined
    : sql`exists (select from ${subscriptionLines} where ${inScope(viewer, subscriptionLines)}
        and ${subscriptionLines.subscriptionId} = ${subscriptions.id})`

/** All terms, whatever their dates: compliance needs each. Subscription and order line as far as the viewer sees them. */
export const termsOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({
      id: licenseTerms.id,
      type: licenseTerms.type,
      quantity: licenseTerms.quantity,
      startDate: licenseTerms.startDate,
      endDate: licenseTerms.endDate,
      subscription: subscriptions.number,
      subscriptionId: subscriptions.id,
      order: orders.number,
      customerOrder: orders.customerOrderNumber,
      line: orderLines.lineNumber,
    })
    .from(licenseTerms)
    .innerJoin(l, ofLicense)
    .leftJoin(
      subscriptions,
      and(
        eq(subscriptions.smartAccountId, licenseTerms.smartAccountId),
        eq(subscriptions.id, licenseTerms.subscriptionId),
        seenBy(viewer),
      ),
    )
    .leftJoin(orderLines, and(ofTerm, inScope(viewer, orderLines)))
    .leftJoin(orders, ofLine)
    .where(and(inScope(viewer, l), eq(l.id, id)))
    .orderBy(sql`${licenseTerms.startDate} desc nulls last`, desc(licenseTerms.id))

/** Devices in scope that report use, one more than is shown. */
export const devicesUsing = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({
      id: d.id,
      name: d.name,
      serialNumber: d.serialNumber,
      instanceNumber: d.instanceNumber,
      pid: d.pid,
      quantity: licenseUse.quantity,
      source: licenseUse.source,
      reportedAt: licenseUse.reportedAt,
    })
    .from(licenseUse)
    .innerJoin(l, and(eq(l.smartAccountId, licenseUse.smartAccountId), eq(l.id, licenseUse.licenseId)))
    .innerJoin(d, and(eq(d.smartAccountId, licenseUse.smartAccountId), eq(d.id, licenseUse.deviceId)))
    .where(and(inScope(viewer, l), eq(l.id, id), inScope(viewer, d)))
    .orderBy(desc(licenseUse.quantity), d.id)
    .limit(SHOWN_AT_MOST + 1)

export const documentsOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .selectDistinct({
      id: documents.id,
      title: documents.title,
      kind: documents.kind,
      bytes: documents.bytes,
      sha256: documents.sha256,
      order: orders.number,
    })
    .from(licenseTerms)
    .innerJoin(l, ofLicense)
    .innerJoin(orderLines, and(ofTerm, inScope(viewer, orderLines)))
    .innerJoin(orders, ofLine)
    .innerJoin(
      documents,
      and(eq(documents.smartAccountId, orderLines.smartAccountId), eq(documents.orderLineId, orderLines.id)),
    )
    .where(and(inScope(viewer, l), eq(l.id, id)))
    .orderBy(documents.id)
    .limit(SHOWN_AT_MOST)

/** The same license where it has some to spare, in other Virtual Accounts that the viewer sees. */
export function elsewhere(reader: Reader, viewer: Viewer, id: number) {
  const other = aliasedTable(l, 'other')
  return reader
    .select({
      id: other.id,
      virtualAccountId: other.virtualAccountId,
      quantity: other.quantity,
      balance: other.balance,
    })
    .from(l)
    .innerJoin(
      other,
      and(
        inScope(viewer, other),
        eq(other.productId, l.productId),
        eq(other.name, l.name),
        eq(other.type, l.type),
        ne(other.id, l.id),
        sql`${other.balance} > 0`,
      ),
    )
    .where(and(inScope(viewer, l), eq(l.id, id)))
    .orderBy(desc(other.balance), other.id)
    .limit(SHOWN_AT_MOST)
}
