import { deliveries, documents, orderLines, orders } from '../schema/orders'
import { instantOf, iso } from './days'
import { addDocuments, packingList } from './documents'
import type { Ids } from './ids'
import type { Loader } from './loader'
import { customerOrderNumber, type Order, salesOrderNumber, webOrderNumber } from './orders'
import { at, random } from './random'
import type { Scene, Site, VirtualAccount } from './scene'

type OrderRow = typeof orders.$inferSelect

/** Where the rows of a table come from, when no single fact says otherwise. */
export function provenance(scene: Scene, source: string) {
  return { source, asOf: instantOf(scene.today - 1, 2), factSources: null, version: 1 }
}

const SELLERS = ['Cobalt Networks', 'Ember Systems', 'Cobalt Networks', 'Ordered directly'] as const

type OrderFacts = {
  id: number
  day: number
  country: string
  /** Where its lines are. */
  places: readonly Place[]
  kind?: OrderRow['kind']
  status?: OrderRow['status']
  holdReason?: OrderRow['holdReason']
}
type Place = Pick<VirtualAccount, 'id'> | null

/** An order row; its status follows from its age where none is given. */
export function orderRow(scene: Scene, facts: OrderFacts): OrderRow {
  return {
    smartAccountId: scene.id,
    id: facts.id,
    number: salesOrderNumber(facts.id),
    webOrderNumber: webOrderNumber(facts.id),
    customerOrderNumber: customerOrderNumber(scene, facts.id),
    kind: facts.kind ?? 'standard',
    status: facts.status ?? statusAt(scene.today - facts.day),
    holdReason: facts.holdReason ?? '',
    orderedOn: iso(facts.day),
    soldBy: at(SELLERS, facts.id),
    country: facts.country,
    virtualAccountIds: [...new Set(facts.places.map((place) => place?.id ?? 0))].sort((a, b) => a - b),
    ...provenance(scene, 'Order feed'),
  }
}

/** How far an order of an age in days has come. */
export function statusAt(age: number): OrderRow['status'] {
  if (age < 40) return 'shipped'
  return age < 120 ? 'delivered' : 'closed'
}

/** The rows of an order of devices: itself, its lines, and the shipment of each line. */
export function addDeviceOrder(loader: Loader, scene: Scene, order: Order, ids: Ids): void {
  const { id, day, virtualAccount, site } = order
  const kind = scene.plan.type === 'HOLDING' && id % 3 === 0 ? 'stocking' : 'standard'
  const status = statusAt(scene.today - day)
  loader.add(orders, orderRow(scene, { id, day, country: site.place.country, places: [virtualAccount], kind }))
  for (const line of order.lines) {
    loader.add(orderLines, {
      smartAccountId: scene.id,
      id: line.id,
      orderId: id,
      lineNumber: line.number,
      productId: line.product.id,
      pid: line.product.pid,
      description: line.product.description,
      quantity: line.quantity,
      virtualAccountId: virtualAccount?.id ?? null,
      status,
    })
    loader.add(deliveries, {
      smartAccountId: scene.id,
      id: ids.next('deliveries'),
      orderLineId: line.id,
      kind: line.product.assetType === 'hardware' ? 'shipment' : 'electronic',
      deliveredOn: status === 'shipped' ? null : iso(Math.min(day + 20, scene.today)),
      reference: `SHP-${scene.plan.slug.toUpperCase()}-${order.number}-${line.number}`,
      quantity: line.quantity,
    })
    if (line.perChassis === undefined && line.product.assetType === 'hardware')
      addDocuments(
        loader,
        documents,
        { smartAccountId: scene.id, orderLineId: line.id },
        [packingOf(scene, order, line)],
        ids,
      )
  }
}

const packingOf = (scene: Scene, { number }: Order, { number: line, quantity, product }: Order['lines'][number]) =>
  packingList({
    ...{ account: scene.plan.name, salesOrder: number, line, quantity },
    ...{ pid: product.pid, description: product.description },
  })

const HOLDS = ['smart_account', 'acceptance', 'credit', 'export_compliance'] as const

/** Orders of the last days: nothing of them was shipped yet, and some wait for a decision. */
export function addOpenOrders(loader: Loader, scene: Scene, ids: Ids): void {
  const count = Math.max(6, Math.min(60, Math.round(scene.plan.devices / 400)))
  for (let index = 0; index < count; index++) {
    const next = random(scene.seed, scene.id, 2, index)
    const id = ids.next('orders')
    const day = scene.today - 1 - Math.floor(next() * 13)
    const site = at(scene.sites, Math.floor(next() * scene.sites.length))
    const offered = scene.products.onSale('Catalyst 9300', day)
    const places = openPlaces(scene, site, index)
    const holdReason = index % 3 === 0 ? at(HOLDS, index / 3) : ''
    const status = holdReason ? 'on_hold' : 'booked'
    loader.add(orders, orderRow(scene, { id, day, country: site.place.country, places, status, holdReason }))
    for (const [line, place] of places.entries()) {
      const product = at(offered, Math.floor(next() * offered.length))
      loader.add(orderLines, {
        smartAccountId: scene.id,
        id: ids.next('orderLines'),
        orderId: id,
        lineNumber: `${line + 1}.0`,
        productId: product.id,
        pid: product.pid,
        description: product.description,
        quantity: 1 + Math.floor(next() * 8),
        virtualAccountId: place?.id ?? null,
        status,
      })
    }
  }
}

/** Where the two lines of an open order are: what waits for its Smart Account is nowhere yet, others are partly placed. */
function openPlaces(scene: Scene, site: Site, index: number): [Place, Place] {
  if (index % 12 === 0) return [null, null]
  if (index % 3 === 1) return [site.home, index % 2 === 0 ? null : scene.defaultAccount]
  if (index % 3 === 2) return [site.home, at(scene.sites, index).home]
  return [site.home, site.home]
}
