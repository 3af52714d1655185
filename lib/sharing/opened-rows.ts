import 'server-only'
import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { devices as d } from '@/db/schema/devices'
import type { licenseTypes, orderStatuses } from '@/db/schema/enums'
import { documents as document, orderLines as line, orders as order } from '@/db/schema/orders'
import { products as product } from '@/db/schema/products'
import { fileColumns } from '@/lib/delivery/file-columns'
import { type MaskedPak, paksOfOpened } from '@/lib/paks/queries'
import { type StoredTerms, termsFor } from '@/lib/resources/legal-terms'
import { deliveriesOfLines, documentsOfLines } from '@/lib/resources/line-papers'
import type { Opened } from './opened'

/** How many lines, and how many assets, stand on a page. */
export const PART = 250
/** How many licenses, deliveries and documents are told; the page says when there are more. */
export const SHOWN_AT_MOST = 500

/** Ids as one parameter, however many. */
const idList = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`

/** Lines that are opened with all that hangs on them. */
const inFull = ({ accountId, orderId, isWhole, lineIds }: Opened): SQL =>
  sql`(${and(
    eq(line.smartAccountId, accountId),
    eq(line.orderId, orderId),
    isWhole ? undefined : sql`${line.id} = any (${idList(lineIds)})`,
  )})`

/** Lines that are shown: those, and the ones that shared assets are on. */
const shown = (opened: Opened): SQL =>
  sql`(${and(
    eq(line.smartAccountId, opened.accountId),
    eq(line.orderId, opened.orderId),
    opened.isWhole
      ? undefined
      : sql`${line.id} = any (${idList([...opened.lineIds, ...opened.assets.map(({ lineId }) => lineId)])})`,
  )})`

/** Assets that are opened: shared one by one, or with their line. */
const assetsIn = (opened: Opened): SQL =>
  sql`(${and(
    eq(d.smartAccountId, opened.accountId),
    or(
      sql`${d.id} = any (${idList(opened.assets.map(({ deviceId }) => deviceId))})`,
      sql`${d.orderLineId} in (select ${line.id} from ${line} where ${inFull(opened)})`,
    ),
  )})`

export const countsOf = async (reader: Reader, opened: Opened) =>
  (await reader.execute(sql`select (select count(*)::int from ${line} where ${shown(opened)}) as lines,
    (select count(*)::int from ${d} where ${assetsIn(opened)}) as assets`)) as unknown as {
    lines: number
    assets: number
  }[]

type LineRow = {
  id: number
  lineNumber: string
  pid: string
  description: string
  status: (typeof orderStatuses)[number]
  quantity: number | null
  assets: number
}

export const linesPage = async (reader: Reader, opened: Opened, page: number) =>
  (await reader.execute(sql`
    select ${line.id} as id, ${line.lineNumber} as "lineNumber", ${line.pid} as pid, ${line.description} as description,
      ${line.status} as status, case when ${inFull(opened)} then ${line.quantity} end as quantity,
      (select count(*)::int from ${d} where ${assetsIn(opened)} and ${d.orderLineId} = ${line.id}) as assets
    from ${line} where ${shown(opened)} order by ${line.id} limit ${PART} offset ${(page - 1) * PART}`)) as unknown as LineRow[]

export const assetsPage = (reader: Reader, opened: Opened, page: number) =>
  reader
    .select({
      id: d.id,
      serialNumber: d.serialNumber,
      instanceNumber: d.instanceNumber,
      pid: d.pid,
      description: d.description,
      lineNumber: line.lineNumber,
    })
    .from(d)
    .leftJoin(line, and(shown(opened), eq(line.id, d.orderLineId)))
    .where(assetsIn(opened))
    .orderBy(d.id)
    .limit(PART)
    .offset((page - 1) * PART)

type LicenseRow = {
  id: number
  name: string
  sku: string
  type: (typeof licenseTypes)[number]
  quantity: number
  startDate: string | null
  endDate: string | null
  lineNumber: string
}

/** What was bought with lines that are opened in full, each as it was bought. */
export const licensesOf = async (reader: Reader, opened: Opened): Promise<LicenseRow[]> => {
  if (!opened.isWhole && opened.lineIds.length === 0) return []
  return (await reader.execute(sql`
    select x.id, x.name, x.sku, x.type, x.quantity, x.start_date::text as "startDate", x.end_date::text as "endDate", ${line.lineNumber} as "lineNumber"
    from app.line_licenses(${opened.accountId}, array(select ${line.id} from ${line} where ${inFull(opened)})) x
    join ${line} on ${inFull(opened)} and ${line.id} = x.order_line_id
    order by ${line.id}, x.id limit ${SHOWN_AT_MOST + 1}`)) as unknown as LicenseRow[]
}

export const deliveriesOf = (reader: Reader, opened: Opened) =>
  deliveriesOfLines(reader, inFull(opened), SHOWN_AT_MOST + 1)

export const documentsOf = (reader: Reader, opened: Opened) =>
  documentsOfLines(reader, inFull(opened), SHOWN_AT_MOST + 1)

/** Their files, with where the bytes are: for the store alone. `which` of them, else all. */
export const documentFilesOf = (reader: Reader, opened: Opened, which: SQL | undefined, most: number) =>
  reader
    .select(fileColumns)
    .from(line)
    .innerJoin(document, and(eq(document.smartAccountId, line.smartAccountId), eq(document.orderLineId, line.id)))
    .where(and(inFull(opened), which))
    .orderBy(asc(line.id), asc(document.id))
    .limit(most)

/** General Terms and the Offer Descriptions of what those lines are: in force on the day of the order, and at present. */
export const termsOf = (reader: Reader, opened: Opened): Promise<StoredTerms[]> =>
  termsFor(
    reader,
    sql`(select ${product.family} from ${line} join ${product} on ${product.id} = ${line.productId} where ${inFull(opened)})`,
    sql`(select ${order.orderedOn} from ${order} where ${eq(order.smartAccountId, opened.accountId)} and ${eq(order.id, opened.orderId)})`,
  )

/** The PAKs of those lines. */
export const paksOf = (reader: Reader, opened: Opened): Promise<MaskedPak[]> =>
  paksOfOpened(reader, opened.accountId, sql`select ${line.id} from ${line} where ${inFull(opened)}`)
