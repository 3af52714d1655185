import 'server-only'
import { sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { orderStatuses } from '@/db/schema/enums'
import { orders as o } from '@/db/schema/orders'
import type { MaskedPak } from '@/lib/paks/queries'
import type { StatusView } from '@/lib/resources/device-facts'
import { type TermsVersion, withoutKey } from '@/lib/resources/legal-terms'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { assetsPage, countsOf, deliveriesOf, documentsOf, licensesOf, linesPage, paksOf, termsOf } from './opened-rows'

/**
 * What is opened of one order to somebody: all of it, some lines with all that hangs on them, single assets of others.
 * Nothing else of the order is told, in no total either.
 */
export type Opened = {
  accountId: number
  orderId: number
  isWhole: boolean
  lineIds: readonly number[]
  assets: readonly { lineId: number; deviceId: number }[]
}

export type OpenedLine = {
  id: number
  lineNumber: string
  pid: string
  description: string
  state: StatusView
  /** Null where only assets of the line are opened: how many it has besides is not told. */
  quantity: number | null
  /** Assets of it that are opened. */
  assets: number
}

/** An order as far as it was opened. */
export type OpenedOrder = {
  number: string
  orderedOn: string
  /** Null unless the whole order is opened. */
  customerOrderNumber: string | null
  webOrderNumber: string | null
  lines: { rows: OpenedLine[]; total: number; page: number }
  assets: { rows: Awaited<ReturnType<typeof assetsPage>>; total: number; page: number }
  licenses: (Awaited<ReturnType<typeof licensesOf>>[number] & { typeText: string })[]
  deliveries: Awaited<ReturnType<typeof deliveriesOf>>
  documents: Awaited<ReturnType<typeof documentsOf>>
  terms: TermsVersion[]
  paks: MaskedPak[]
}

/** Which part of long lists to show, from 1. */
export type Parts = { lines: number; assets: number }
export const FIRST_PARTS: Parts = { lines: 1, assets: 1 }

/** A part as an address names it; the first one where it names none. */
export const partOf = (value: string | readonly string[] | undefined): number =>
  typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1

/** What a share that is not made yet would open. `items` are of no account where the level is the order. */
export function wouldOpen(
  place: Pick<Opened, 'accountId' | 'orderId'>,
  level: 'order' | 'lines' | 'assets',
  items: readonly { lineId: number; deviceId?: number | null }[],
): Opened {
  return {
    ...place,
    isWhole: level === 'order',
    lineIds: level === 'lines' ? [...new Set(items.map(({ lineId }) => lineId))] : [],
    assets: level === 'assets' ? items.flatMap(({ lineId, deviceId }) => (deviceId ? [{ lineId, deviceId }] : [])) : [],
  }
}

/**
 * Reads what is opened of an order, under the row security of whoever reads: the User View, the page behind a mail's
 * link, and the review before a share is sent all show this and nothing else. Null where there is no such order.
 */
export async function readOpened(
  reader: Reader,
  opened: Opened,
  parts: Parts = FIRST_PARTS,
): Promise<OpenedOrder | null> {
  const [[head], [counts], lines, assets, owned, deliveries, documents, terms, paks] = await Promise.all([
    headOf(reader, opened),
    countsOf(reader, opened),
    linesPage(reader, opened, parts.lines),
    assetsPage(reader, opened, parts.assets),
    licensesOf(reader, opened),
    deliveriesOf(reader, opened),
    documentsOf(reader, opened),
    termsOf(reader, opened),
    paksOf(reader, opened),
  ])
  if (!head || !counts || counts.lines === 0) return null
  const { customerOrderNumber, webOrderNumber, ...told } = head
  return {
    ...told,
    customerOrderNumber: opened.isWhole ? customerOrderNumber : null,
    webOrderNumber: opened.isWhole ? webOrderNumber : null,
    lines: {
      rows: lines.map(({ status, ...line }) => ({ ...line, state: stateOf(status) })),
      total: counts.lines,
      page: parts.lines,
    },
    assets: { rows: assets, total: counts.assets, page: parts.assets },
    licenses: owned.map((license) => ({ ...license, typeText: licenses.columns.type.words[license.type] })),
    deliveries,
    documents,
    terms: terms.map(withoutKey),
    paks,
  }
}

const headOf = (reader: Reader, { accountId, orderId }: Opened) =>
  reader
    .select({
      number: o.number,
      orderedOn: o.orderedOn,
      customerOrderNumber: o.customerOrderNumber,
      webOrderNumber: o.webOrderNumber,
    })
    .from(o)
    .where(sql`${o.smartAccountId} = ${accountId} and ${o.id} = ${orderId}`)

export function stateOf(status: (typeof orderStatuses)[number]): StatusView {
  const { words, tones } = orders.columns.status
  return { text: words[status], tone: tones[status] }
}
