import type { KeyRing } from '@/lib/env'
import { encryptPak, pakBlindIndex } from '@/lib/pak'
import { licenses, licenseTerms, paks } from '../schema/licenses'
import { deliveries, deliveryContacts, documents, orderLines, orders } from '../schema/orders'
import { iso } from './days'
import { addDocuments, certificate, licenseKey, software } from './documents'
import { holdingsOf } from './holdings'
import type { Ids } from './ids'
import type { Loader } from './loader'
import { orderRow, statusAt } from './order-rows'
import { salesOrderNumber } from './orders'
import type { Pools } from './pools'
import type { Purchase } from './purchases'
import { code, random } from './random'
import { countryOf, type Scene, type VirtualAccount } from './scene'
import { addSubscriptions } from './subscriptions'

/** The server's keys for PAKs: the seed needs them, so that the server can read what it made. */
export type PakKeys = { ring: KeyRing; indexKey: Buffer }

/** An order of licenses, for those who are named on it. */
export type LicenseOrder = { id: number; virtualAccount: VirtualAccount | null }

/** Writes the licenses of an account and all that was bought for them. PAKs only where there are keys for them. */
export function addLicenses(
  loader: Loader,
  scene: Scene,
  pools: Pools,
  ids: Ids,
  pakKeys: PakKeys | undefined,
): LicenseOrder[] {
  const held = holdingsOf(scene, pools.all)
  for (const { row } of held) loader.add(licenses, row)
  const all = held.flatMap(({ purchases }) => purchases)
  const subscriptionOf = addSubscriptions(loader, scene, all, ids)
  const made: LicenseOrder[] = []
  for (const group of byOrder(all)) {
    const order = addOrder(loader, scene, group, ids)
    made.push(order)
    for (const [index, purchase] of group.entries()) {
      const orderLineId = addLine(loader, scene, order, purchase, index + 1, ids)
      addTerm(loader, scene, purchase, orderLineId, subscriptionOf.get(purchase) ?? null, ids)
      if (pakKeys && purchase.pool.entitlement.method === 'traditional') {
        addPak(loader, scene, purchase, orderLineId, ids.next('paks'), pakKeys)
      }
    }
  }
  return made
}

/** What an account bought on the same day for the same Virtual Account is one order. */
function byOrder(purchases: readonly Purchase[]): Purchase[][] {
  const groups = new Map<string, Purchase[]>()
  for (const purchase of purchases) {
    const key = `${purchase.pool.virtualAccount?.id} ${purchase.start} ${purchase.type}`
    const group = groups.get(key)
    if (group) group.push(purchase)
    else groups.set(key, [purchase])
  }
  return [...groups.values()].toSorted((one, other) => (one[0]?.start ?? 0) - (other[0]?.start ?? 0))
}

function addOrder(loader: Loader, scene: Scene, group: readonly Purchase[], ids: Ids): LicenseOrder {
  const id = ids.next('orders')
  const virtualAccount = group[0]?.pool.virtualAccount ?? null
  const day = orderDay(scene, group[0])
  const kind = scene.plan.agreement && group[0]?.type === 'TERM' ? 'enterprise_agreement' : 'standard'
  const country = countryOf(scene, virtualAccount)
  loader.add(orders, orderRow(scene, { id, day, country, places: [virtualAccount], kind }))
  loader.add(deliveryContacts, {
    smartAccountId: scene.id,
    id: ids.next('deliveryContacts'),
    orderId: id,
    email: `licensing@${scene.plan.domain}`,
    name: 'License desk',
  })
  return { id, virtualAccount }
}

/** A term that starts later was ordered a while ago all the same. */
function orderDay(scene: Scene, purchase: Purchase | undefined): number {
  return Math.min((purchase?.start ?? scene.today) - 3, scene.today - 12)
}

function addLine(
  loader: Loader,
  scene: Scene,
  order: LicenseOrder,
  purchase: Purchase,
  position: number,
  ids: Ids,
): number {
  const { product, entitlement } = purchase.pool
  const id = ids.next('orderLines')
  const day = orderDay(scene, purchase)
  const lineNumber = `${position}.0`
  loader.add(orderLines, {
    smartAccountId: scene.id,
    id,
    orderId: order.id,
    lineNumber,
    productId: product.id,
    pid: entitlement.sku,
    description: product.description,
    quantity: purchase.quantity,
    virtualAccountId: order.virtualAccount?.id ?? null,
    status: statusAt(scene.today - day),
  })
  const salesOrder = salesOrderNumber(order.id)
  loader.add(deliveries, {
    smartAccountId: scene.id,
    id: ids.next('deliveries'),
    orderLineId: id,
    kind: 'electronic',
    deliveredOn: iso(day + 1),
    reference: `ELD-${scene.plan.slug.toUpperCase()}-${salesOrder}-${lineNumber}`,
    quantity: purchase.quantity,
  })
  const { start, end, quantity } = purchase
  const { sku, name, method } = entitlement
  const bought = { account: scene.plan.name, sku, name, quantity, start, end, salesOrder, line: lineNumber }
  const drafts = [
    certificate(bought),
    ...(method === 'traditional' ? [licenseKey(bought)] : []),
    ...(method !== 'cloud' && position === 1 ? [software(bought)] : []),
  ]
  addDocuments(loader, documents, { smartAccountId: scene.id, orderLineId: id }, drafts, ids)
  return id
}

function addTerm(
  loader: Loader,
  scene: Scene,
  purchase: Purchase,
  orderLineId: number,
  subscriptionId: number | null,
  ids: Ids,
): void {
  loader.add(licenseTerms, {
    smartAccountId: scene.id,
    id: ids.next('licenseTerms'),
    licenseId: purchase.pool.id,
    type: purchase.type,
    quantity: purchase.quantity,
    startDate: iso(purchase.start),
    endDate: purchase.end === null ? null : iso(purchase.end),
    subscriptionId,
    orderLineId,
  })
}

function addPak(
  loader: Loader,
  scene: Scene,
  purchase: Purchase,
  orderLineId: number,
  id: number,
  { ring, indexKey }: PakKeys,
): void {
  const pak = code(Math.floor(random(scene.seed, scene.id, id, 9)() * 34 ** 5), 6) + code((id * 7919) % 34 ** 5, 5)
  loader.add(paks, {
    smartAccountId: scene.id,
    id,
    virtualAccountId: purchase.pool.virtualAccount?.id ?? null,
    orderLineId,
    licenseId: purchase.pool.id,
    ...encryptPak(pak, id, ring),
    blindIndex: pakBlindIndex(pak, indexKey),
    lastFour: pak.slice(-4),
    state: id % 5 === 0 ? 'unfulfilled' : id % 5 === 1 ? 'partially_fulfilled' : 'fulfilled',
  })
}
