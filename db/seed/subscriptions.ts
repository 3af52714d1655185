import { subscriptionLines, subscriptions } from '../schema/contracts'
import { iso } from './days'
import type { Ids } from './ids'
import type { Loader } from './loader'
import { provenance } from './order-rows'
import type { Purchase } from './purchases'
import { random } from './random'
import { countryOf, type Scene } from './scene'

/** Suites of an Enterprise Agreement by architecture, and how far each may grow (percent) before it is paid for. */
const SUITES: Readonly<Record<string, { name: string; growth: number }>> = {
  Networking: { name: 'Networking Infrastructure: Switching and Routing', growth: 20 },
  Wireless: { name: 'Networking Infrastructure: Wireless', growth: 20 },
  'Data Center': { name: 'Networking Infrastructure: Data Center', growth: 15 },
  Collaboration: { name: 'Collaboration: Calling and Meetings', growth: 15 },
  Security: { name: 'Security: Network and User Protection', growth: 5 },
}

type Made = { id: number; number: string }

/**
 * Writes the subscriptions that a set of purchases makes up: one for each Virtual Account, architecture and term; one
 * for all in an Enterprise Agreement. Gives the id of the subscription of each purchase that is for a term.
 */
export function addSubscriptions(
  loader: Loader,
  scene: Scene,
  purchases: readonly Purchase[],
  ids: Ids,
): ReadonlyMap<Purchase, number> {
  const made = new Map<string, Made>()
  const found = new Map<Purchase, number>()
  for (const purchase of purchases) {
    if (purchase.type !== 'TERM' || purchase.end === null) continue
    const { virtualAccount, product } = purchase.pool
    const group = scene.plan.agreement ? 'agreement' : `${virtualAccount?.id} ${product.architecture}`
    const key = `${group} ${purchase.start} ${purchase.end}`
    const subscription = made.get(key) ?? addSubscription(loader, scene, purchase, purchase.end, ids)
    made.set(key, subscription)
    found.set(purchase, subscription.id)
    addLine(loader, scene, purchase, purchase.end, subscription, ids)
  }
  return found
}

function addSubscription(loader: Loader, scene: Scene, purchase: Purchase, end: number, ids: Ids): Made {
  const { virtualAccount, product } = purchase.pool
  const id = ids.next('subscriptions')
  const next = random(scene.seed, scene.id, id, 8)
  const place = virtualAccount ? ` for ${virtualAccount.name}` : ''
  const number = scene.plan.agreement ? `SR${204_000 + id * 3}` : `Sub${610_000 + id * 11}`
  loader.add(subscriptions, {
    smartAccountId: scene.id,
    id,
    number,
    name: scene.plan.agreement ? `${scene.plan.name} Enterprise Agreement` : `${product.architecture}${place}`,
    billing: purchase.pool.entitlement.method === 'cloud' && next() < 0.4 ? 'USAGE' : 'PREPAID',
    // One that renews by itself has not ended.
    autoRenews: next() < 0.5 && end >= scene.today,
    startDate: iso(purchase.start),
    endDate: iso(end),
    ...provenance(scene, 'Subscription feed'),
  })
  return { id, number }
}

function addLine(loader: Loader, scene: Scene, purchase: Purchase, end: number, subscription: Made, ids: Ids): void {
  const { virtualAccount, product, entitlement } = purchase.pool
  const suite = scene.plan.agreement ? SUITES[product.architecture] : undefined
  loader.add(subscriptionLines, {
    smartAccountId: scene.id,
    id: ids.next('subscriptionLines'),
    subscriptionId: subscription.id,
    subscriptionNumber: subscription.number,
    virtualAccountId: virtualAccount?.id ?? null,
    productId: product.id,
    sku: entitlement.sku,
    description: product.description,
    architecture: product.architecture,
    country: countryOf(scene, virtualAccount),
    quantity: purchase.quantity,
    suite: suite?.name ?? null,
    growthAllowance: suite?.growth ?? null,
    startDate: iso(purchase.start),
    endDate: iso(end),
    ...provenance(scene, 'Subscription feed'),
  })
}
