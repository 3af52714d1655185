import 'server-only'
import type { Reader } from '@/db/client'
import { asUser } from '@/lib/access/database'
import type { Reason, Reasons } from '@/lib/access/reasons'
import { pathOf } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { type MaskedPak, paksOfOrder } from '@/lib/paks/queries'
import { readDate, readValue } from '@/lib/table/cells'
import type { TableQuery } from '@/lib/table/parse'
import type { Column } from '@/lib/table/resource'
import { type Beside, besideIn, reasonsIn } from './agreement-detail'
import type { FactView, StatusView } from './device-facts'
import { type Happening, historyOf } from './history'
import { type TermsVersion, withoutKey } from './legal-terms'
import {
  assetCounts,
  assetsOf,
  contactsOf,
  deliveriesOf,
  documentsOf,
  licensesOf,
  linesOf,
  orderRow,
  orderTerms,
  placesOf,
  sharesOf,
} from './order-rows'
import { holds } from './order-words'
import { orders } from './orders'

type OrderRow = Awaited<ReturnType<typeof orderRow>>[number]
type Placed<T> = Omit<T, 'virtualAccountId'> & { place: string }
type LineRow = Awaited<ReturnType<typeof linesOf>>[number]
type AssetRow = Awaited<ReturnType<typeof assetsOf>>[number]

export type OrderLine = Placed<LineRow> & {
  state: StatusView
  /** Devices of this order with its product that the viewer sees. */
  devices: number
  licenses: { id: number; name: string }[]
}

export type OrderDetail = {
  id: number
  number: string
  summary: string
  statuses: StatusView[]
  hold: (typeof holds)[keyof typeof holds] | null
  facts: FactView[]
  source: string
  lines: OrderLine[]
  /** How many lines the viewer sees. */
  total: number
  /** The Virtual Accounts of those lines, null = none. */
  sharedFrom: (number | null)[]
  assets: { rows: Placed<AssetRow>[]; total: number }
  deliveries: Awaited<ReturnType<typeof deliveriesOf>>
  documents: Awaited<ReturnType<typeof documentsOf>>
  terms: TermsVersion[]
  paks: MaskedPak[]
  history: Happening[]
  reasons: Reasons
  beside: Beside
}

const shareLabels = {
  order: 'Order Based Access to the order',
  lines: 'Order Based Access to some lines',
  assets: 'Order Based Access to single assets',
}

/**
 * An order by its number, with those of its lines that the viewer sees and what hangs on them, and its place in the list
 * of `query`, in two round trips; null where they see none of it.
 */
export function loadOrder(viewer: Viewer, number: string, query?: TableQuery): Promise<OrderDetail | null> {
  return asUser(viewer, async (reader) => {
    const [[row], lines, places, counts, assets, owned, deliveries, documents, terms, recipients, paks] =
      await Promise.all([
        orderRow(reader, viewer, number),
        linesOf(reader, viewer, number),
        placesOf(reader, viewer, number),
        assetCounts(reader, viewer, number),
        assetsOf(reader, viewer, number),
        licensesOf(reader, viewer, number),
        deliveriesOf(reader, viewer, number),
        documentsOf(reader, viewer, number),
        orderTerms(reader, viewer, number),
        recipientsOf(reader, viewer, number),
        paksOfOrder(reader, viewer, number),
      ])
    if (!row) return null
    const [reasons, beside, history] = await Promise.all([
      reasonsIn(
        reader,
        viewer,
        places.map(({ virtualAccountId }) => virtualAccountId),
      ),
      besideIn(reader, viewer, query && { resource: orders, query, line: null }, row.order.id),
      historyOf(reader, viewer, orders, row.order.id),
    ])
    const { order } = row
    return {
      id: order.id,
      number: order.number,
      summary: [`Ordered ${readDate(order.orderedOn)}`, order.customerOrderNumber].filter(Boolean).join(' · '),
      statuses: statusesOf(row),
      hold: order.holdReason === '' ? null : holds[order.holdReason],
      facts: factsOf(row, viewer),
      source: `${order.source}, as of ${readDate(order.asOf.toISOString())}`,
      lines: lines.map((line) => ({
        ...placed(line, viewer),
        state: stateOf(line.status),
        devices: counts.find(({ pid }) => pid === line.pid)?.n ?? 0,
        licenses: owned.filter(({ lineId }) => lineId === line.id).map(({ id, name }) => ({ id, name })),
      })),
      total: places.reduce((sum, { n }) => sum + n, 0),
      sharedFrom: places.map(({ virtualAccountId }) => virtualAccountId),
      assets: {
        rows: assets.map((asset) => placed(asset, viewer)),
        total: counts.reduce((sum, { n }) => sum + n, 0),
      },
      deliveries,
      documents,
      terms: terms.map(withoutKey),
      paks,
      history,
      reasons: { ...reasons, list: [...reasons.list, ...recipients] },
      beside,
    }
  })
}

function placed<T extends { virtualAccountId: number | null }>(row: T, { virtualAccounts }: Viewer): Placed<T> {
  const { virtualAccountId, ...rest } = row
  return {
    ...rest,
    place: virtualAccountId === null ? 'In no Virtual Account' : pathOf(virtualAccountId, virtualAccounts),
  }
}

function stateOf(status: LineRow['status']): StatusView {
  const { words, tones } = orders.columns.status
  return { text: words[status], tone: tones[status] }
}

function statusesOf({ order, assignment }: OrderRow): StatusView[] {
  const { words, tones } = orders.columns.assignment
  return [stateOf(order.status), { text: words[assignment], tone: tones[assignment] }]
}

function factsOf({ order }: OrderRow, viewer: Viewer): FactView[] {
  const { number, web, customer, kind, ordered, soldBy, country } = orders.columns
  const fact = (column: Column, value: string | null): FactView => ({
    label: column.label,
    value: value ? readValue(column, value, viewer) : '',
    isCode: column.kind === 'code',
  })
  return [
    fact(number, order.number),
    fact(web, order.webOrderNumber),
    fact(customer, order.customerOrderNumber),
    fact(kind, order.kind),
    fact(ordered, order.orderedOn),
    fact(soldBy, order.soldBy),
    fact(country, order.country),
  ]
}

/** To whom the order, or something of it, was opened beside the roles, as far as the viewer may know. */
async function recipientsOf(reader: Reader, viewer: Viewer, number: string): Promise<Reason[]> {
  const [shares, contacts] = await Promise.all([sharesOf(reader, viewer, number), contactsOf(reader, viewer, number)])
  const through = `Order ${number}`
  return [
    ...shares.map(({ email, level, expiresAt }) => ({
      person: { name: email, email },
      by: shareLabels[level],
      through,
      until: expiresAt?.toISOString() ?? null,
      isMe: email === viewer.email,
    })),
    ...contacts.map(({ email, name }) => ({
      person: { name: name || email, email },
      by: 'eDelivery contact',
      through,
      until: null,
      isMe: email === viewer.email,
    })),
  ]
}
