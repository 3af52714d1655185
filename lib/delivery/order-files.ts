import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { documents as document, orderLines as line, orders as o } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { orderTerms } from '@/lib/resources/order-rows'
import { orderScope } from '@/lib/resources/order-scope'
import { documentsNamed, fileColumns, filesFrom, type OrderFile } from './file-columns'

/** The files of one order that somebody may download. */
export type OrderFiles = { orderId: number; number: string; files: OrderFile[] }

/** More than that are not read at once. */
export const FILES_AT_MOST = 5_000

/** What a name in an address means of an order in the Account View; null where the viewer may download nothing by it. */
export async function filesOfOrder(viewer: Viewer, number: string, name: string): Promise<OrderFiles | null> {
  const found = await asUser(viewer, (reader) => readFiles(reader, viewer, number, name))
  if (!found) return null
  const files = found.files.filter(({ kind, virtualAccountId }) =>
    can(viewer, 'documents.download', kind === 'terms' ? undefined : [virtualAccountId]),
  )
  return files.length > 0 ? { ...found, files } : null
}

async function readFiles(reader: Reader, viewer: Viewer, number: string, name: string): Promise<OrderFiles | null> {
  const [[order], documents, terms] = await Promise.all([
    reader
      .select({ id: o.id })
      .from(o)
      .where(and(orderScope(viewer), eq(o.number, number))),
    reader
      .select(fileColumns)
      .from(line)
      .innerJoin(document, and(eq(document.smartAccountId, line.smartAccountId), eq(document.orderLineId, line.id)))
      .where(
        and(
          inScope(viewer, line),
          sql`${line.orderId} = (select ${o.id} from ${o} where ${orderScope(viewer)} and ${o.number} = ${number})`,
          documentsNamed(name),
        ),
      )
      .orderBy(line.id, document.id)
      .limit(FILES_AT_MOST),
    orderTerms(reader, viewer, number),
  ])
  if (!order) return null
  return {
    orderId: order.id,
    number,
    files: filesFrom(name, documents, terms),
  }
}
