import 'server-only'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { deliveries as delivery, documents as document, orderLines as line } from '@/db/schema/orders'

// What came with lines of orders. `lines` says which: a condition of order_lines that keeps to what its reader may see.

/** The latest first. */
export const deliveriesOfLines = (reader: Reader, lines: SQL | undefined, most: number) =>
  reader
    .select({
      id: delivery.id,
      kind: delivery.kind,
      deliveredOn: delivery.deliveredOn,
      reference: delivery.reference,
      quantity: delivery.quantity,
      lineNumber: line.lineNumber,
      pid: line.pid,
    })
    .from(line)
    .innerJoin(delivery, and(eq(delivery.smartAccountId, line.smartAccountId), eq(delivery.orderLineId, line.id)))
    .where(lines)
    .orderBy(desc(sql`coalesce(${delivery.deliveredOn}, 'infinity')`), line.id, delivery.id)
    .limit(most)

export const documentsOfLines = (reader: Reader, lines: SQL | undefined, most: number) =>
  reader
    .select({
      id: document.id,
      kind: document.kind,
      title: document.title,
      bytes: document.bytes,
      sha256: document.sha256,
      lineNumber: line.lineNumber,
    })
    .from(line)
    .innerJoin(document, and(eq(document.smartAccountId, line.smartAccountId), eq(document.orderLineId, line.id)))
    .where(lines)
    .orderBy(line.id, document.id)
    .limit(most)
