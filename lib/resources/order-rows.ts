import 'server-only'
import { and, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { devices as d } from '@/db/schema/devices'
import { licenses as l, licenseTerms as term } from '@/db/schema/licenses'
import {
  deliveryContacts as contacts,
  orderLines as line,
  orders as o,
  orderShares as shares,
} from '@/db/schema/orders'
import { products as p } from '@/db/schema/products'
import { knowsAll } from '@/lib/access/reason-rows'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { type StoredTerms, termsFor } from './legal-terms'
import { deliveriesOfLines, documentsOfLines } from './line-papers'
import { assignmentOf, orderScope } from './order-scope'
import type { assignments } from './order-words'

/** How many lines, and how many assets, deliveries and documents, an order tells; the page says when there are more. */
export const LINES_AT_MOST = 200
export const SHOWN_AT_MOST = 50

/** The order of a number, where the viewer sees one of its lines. */
const orderOf = (viewer: Viewer, number: string): SQL =>
  sql`(select ${o.id} from ${o} where ${orderScope(viewer)} and ${o.number} = ${number})`

/** Its lines in scope: all that is told of an order hangs on them. */
const ofOrder = (viewer: Viewer, number: string) =>
  and(inScope(viewer, line), sql`${line.orderId} = ${orderOf(viewer, number)}`)

export const orderRow = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({ order: o, assignment: sql<(typeof assignments)[number]>`${assignmentOf(viewer, o.virtualAccountIds)}` })
    .from(o)
    .where(and(orderScope(viewer), eq(o.number, number)))

export const linesOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({
      id: line.id,
      lineNumber: line.lineNumber,
      pid: line.pid,
      description: line.description,
      quantity: line.quantity,
      status: line.status,
      virtualAccountId: line.virtualAccountId,
    })
    .from(line)
    .where(ofOrder(viewer, number))
    .orderBy(line.id)
    .limit(LINES_AT_MOST)

/** How many lines, and in which Virtual Accounts they are. */
export const placesOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({ virtualAccountId: line.virtualAccountId, n: sql<number>`count(*)::int` })
    .from(line)
    .where(ofOrder(viewer, number))
    .groupBy(line.virtualAccountId)

/** Devices of the order by product, as Devices lists them: those that name it, whatever line they came with. */
export const assetCounts = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({ pid: d.pid, n: sql<number>`count(*)::int` })
    .from(d)
    .where(and(inScope(viewer, d), eq(d.salesOrderNumber, number)))
    .groupBy(d.pid)

export const assetsOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({
      id: d.id,
      name: d.name,
      serialNumber: d.serialNumber,
      instanceNumber: d.instanceNumber,
      pid: d.pid,
      virtualAccountId: d.virtualAccountId,
      lineNumber: line.lineNumber,
    })
    .from(d)
    .leftJoin(line, and(ofOrder(viewer, number), eq(line.id, d.orderLineId)))
    .where(and(inScope(viewer, d), eq(d.salesOrderNumber, number)))
    .orderBy(d.id)
    .limit(SHOWN_AT_MOST)

/** Licenses in scope that a line bought terms of. */
export const licensesOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .selectDistinct({ id: l.id, name: l.name, lineId: line.id })
    .from(line)
    .innerJoin(term, and(eq(term.smartAccountId, line.smartAccountId), eq(term.orderLineId, line.id)))
    .innerJoin(l, and(inScope(viewer, l), eq(l.id, term.licenseId)))
    .where(ofOrder(viewer, number))
    .orderBy(line.id, l.id)
    .limit(LINES_AT_MOST)

export const deliveriesOf = (reader: Reader, viewer: Viewer, number: string) =>
  deliveriesOfLines(reader, ofOrder(viewer, number), SHOWN_AT_MOST + 1)

export const documentsOf = (reader: Reader, viewer: Viewer, number: string) =>
  documentsOfLines(reader, ofOrder(viewer, number), SHOWN_AT_MOST + 1)

/** General Terms, and the Offer Descriptions of what its lines are: in force on its day, and at present. */
export function orderTerms(reader: Reader, viewer: Viewer, number: string): Promise<StoredTerms[]> {
  const families = sql`(select ${p.family} from ${line} join ${p} on ${p.id} = ${line.productId} where ${ofOrder(viewer, number)})`
  const ordered = sql`(select ${o.orderedOn} from ${o} where ${orderScope(viewer)} and ${o.number} = ${number})`
  return termsFor(reader, families, ordered)
}

/** Order Based Access in force to anything of the order. */
export const sharesOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({ email: shares.email, level: shares.level, expiresAt: shares.expiresAt })
    .from(shares)
    .where(
      and(
        eq(shares.smartAccountId, viewer.account.id),
        sql`${shares.orderId} = ${orderOf(viewer, number)}`,
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, now())),
        knowsAll(viewer) ? undefined : or(eq(shares.email, viewer.email), eq(shares.sentBy, viewer.id)),
      ),
    )
    .orderBy(shares.email, shares.id)

export const contactsOf = (reader: Reader, viewer: Viewer, number: string) =>
  reader
    .select({ email: contacts.email, name: contacts.name })
    .from(contacts)
    .where(
      and(
        eq(contacts.smartAccountId, viewer.account.id),
        sql`${contacts.orderId} = ${orderOf(viewer, number)}`,
        knowsAll(viewer) ? undefined : eq(contacts.email, viewer.email),
      ),
    )
    .orderBy(contacts.email)
