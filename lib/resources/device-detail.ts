import 'server-only'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { FactSource } from '@/db/schema/columns'
import { contractLines, contracts } from '@/db/schema/contracts'
import { devices as d, licenseUse } from '@/db/schema/devices'
import { licenses } from '@/db/schema/licenses'
import { orderLines, orders } from '@/db/schema/orders'
import { accountLifecycles, products } from '@/db/schema/products'
import { asUser } from '@/lib/access/database'
import { type Reasons, reasonsFor } from '@/lib/access/reasons'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { type Neighbours, neighbours } from '@/lib/table/neighbours'
import type { TableQuery } from '@/lib/table/parse'
import { type FactGroup, factsOf, type Milestone, type StatusView, statusOf, timelineOf } from './device-facts'
import { devices } from './devices'
import { type Happening, historyOf } from './history'

type Found = Awaited<ReturnType<typeof deviceRow>>[number]

export type DeviceDetail = {
  id: number
  title: string
  summary: string
  statuses: StatusView[]
  groups: FactGroup[]
  timeline: Milestone[]
  bulletin: string | null
  contracts: Awaited<ReturnType<typeof contractsOf>>
  licenses: Awaited<ReturnType<typeof licensesOf>>
  order: Awaited<ReturnType<typeof orderOf>>[number] | null
  parent: Relative | null
  children: Relative[]
  history: Happening[]
  reasons: Reasons
  neighbours: Neighbours
  day: string
}
export type Relative = {
  id: number
  name: string | null
  serialNumber: string | null
  pid: string
  instanceNumber: string
}

/** How many children, licenses and events are told; the page says when there are more. */
export const SHOWN_AT_MOST = 50

/**
 * All that is known of a device and its place in the list of `query`, in two round trips; null where it does not exist
 * for the viewer.
 */
export function loadDevice(viewer: Viewer, id: number, query: TableQuery): Promise<DeviceDetail | null> {
  const day = today()
  return asUser(viewer, async (reader) => {
    const [[found], lines, used, children, history, beside] = await Promise.all([
      deviceRow(reader, viewer, id),
      contractsOf(reader, viewer, id),
      licensesOf(reader, viewer, id),
      relatives(reader, viewer, sql`${d.parentId} = ${id}`),
      historyOf(reader, viewer, devices, id),
      neighbours(reader, devices, viewer, query, day, id),
    ])
    if (!found) return null
    const { device, product, own } = found
    const [reasons, [parent], [order]] = await Promise.all([
      reasonsFor(reader, viewer, { deviceId: id, virtualAccountId: device.virtualAccountId }),
      device.parentId === null ? [] : relatives(reader, viewer, sql`${d.id} = ${device.parentId}`),
      device.orderLineId === null ? [] : orderOf(reader, viewer, device.orderLineId),
    ])
    const lifecycle = lifecycleOf(product, own)
    return {
      id,
      title: device.name ?? device.serialNumber ?? `Instance ${device.instanceNumber}`,
      summary: `${device.pid} · ${device.description}`,
      statuses: [
        ...statusOf(device, day),
        ...sufficiencyOf(used.filter((one) => one.place === device.virtualAccountId)),
      ],
      groups: factsOf(device, lifecycle, viewer),
      timeline: timelineOf(device, day),
      bulletin: lifecycle?.bulletin ?? null,
      contracts: lines,
      licenses: used,
      order: order ?? null,
      parent: parent ?? null,
      children,
      history,
      reasons,
      neighbours: beside,
      day,
    }
  })
}

/** Whether there is enough of every license that a device uses in its Virtual Account; nothing where it uses none. */
function sufficiencyOf(used: DeviceDetail['licenses']): StatusView[] {
  if (used.length === 0) return []
  const short = used.filter(({ status }) => status === 'out_of_compliance').length
  if (short === 0) return [{ text: 'Licenses sufficient', tone: 'good' }]
  return [{ text: short === 1 ? 'A license is insufficient' : `${short} licenses are insufficient`, tone: 'bad' }]
}

const deviceRow = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({ device: d, product: products, own: accountLifecycles })
    .from(d)
    .innerJoin(products, eq(products.id, d.productId))
    .leftJoin(
      accountLifecycles,
      and(eq(accountLifecycles.smartAccountId, d.smartAccountId), eq(accountLifecycles.pid, d.pid)),
    )
    .where(and(inScope(viewer, d), eq(d.id, id)))

/** Where the lifecycle dates come from: what the account brought itself wins over the catalogue. */
function lifecycleOf(product: Found['product'], own: Found['own']): (FactSource & { bulletin: string | null }) | null {
  if (own) return { source: own.source, asOf: own.asOf.toISOString(), bulletin: own.bulletin }
  if (!(product.lifecycleSource && product.lifecycleAsOf)) return null
  return { source: product.lifecycleSource, asOf: product.lifecycleAsOf.toISOString(), bulletin: product.bulletin }
}

const contractsOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({
      id: contractLines.id,
      number: contracts.number,
      label: contracts.label,
      serviceSku: contractLines.serviceSku,
      serviceLevel: contractLines.serviceLevel,
      startDate: contractLines.startDate,
      endDate: contractLines.endDate,
      source: contractLines.source,
      asOf: contractLines.asOf,
    })
    .from(contractLines)
    .innerJoin(
      contracts,
      and(eq(contracts.smartAccountId, contractLines.smartAccountId), eq(contracts.id, contractLines.contractId)),
    )
    .where(and(inScope(viewer, contractLines), eq(contractLines.deviceId, id)))
    .orderBy(desc(contractLines.endDate), contractLines.id)
    .limit(SHOWN_AT_MOST)

const licensesOf = (reader: Reader, viewer: Viewer, id: number) =>
  reader
    .select({
      id: licenses.id,
      name: licenses.name,
      sku: licenses.sku,
      status: licenses.status,
      place: licenses.virtualAccountId,
      quantity: licenseUse.quantity,
      source: licenseUse.source,
      reportedAt: licenseUse.reportedAt,
    })
    .from(licenseUse)
    .innerJoin(
      licenses,
      and(eq(licenses.smartAccountId, licenseUse.smartAccountId), eq(licenses.id, licenseUse.licenseId)),
    )
    .where(
      and(inScope(viewer, licenses), eq(licenseUse.smartAccountId, viewer.account.id), eq(licenseUse.deviceId, id)),
    )
    .orderBy(licenses.name, licenses.id)
    .limit(SHOWN_AT_MOST)

/** The order line that a device came with, where the viewer may see it. */
const orderOf = (reader: Reader, viewer: Viewer, lineId: number) =>
  reader
    .select({
      number: orders.number,
      customerOrderNumber: orders.customerOrderNumber,
      orderedOn: orders.orderedOn,
      soldBy: orders.soldBy,
      lineNumber: orderLines.lineNumber,
      pid: orderLines.pid,
      quantity: orderLines.quantity,
    })
    .from(orderLines)
    .innerJoin(orders, and(eq(orders.smartAccountId, orderLines.smartAccountId), eq(orders.id, orderLines.orderId)))
    .where(and(inScope(viewer, orderLines), eq(orderLines.id, lineId)))

/** Devices by what they are to this one; one more than is shown, so that the page can say that there are more. */
async function relatives(reader: Reader, viewer: Viewer, which: SQL): Promise<Relative[]> {
  return reader
    .select({ id: d.id, name: d.name, serialNumber: d.serialNumber, pid: d.pid, instanceNumber: d.instanceNumber })
    .from(d)
    .where(and(inScope(viewer, d), which))
    .orderBy(d.id)
    .limit(SHOWN_AT_MOST + 1)
}
