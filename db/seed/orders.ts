import type { Product } from './catalogue'
import type { Ids } from './ids'
import { at, between, chance, pickWeighted, type Random, random } from './random'
import type { Scene, Site, VirtualAccount } from './scene'
import { partsOf, SHAPES } from './shapes'

/** A line of devices; `perChassis` on a line of modules says how many go into each device of the line before. */
export type Line = { id: number; number: string; product: Product; quantity: number; perChassis?: number }

/** An order of devices, all for one site and one Virtual Account (or none). */
export type Order = {
  id: number
  index: number
  number: string
  day: number
  site: Site
  virtualAccount: VirtualAccount | null
  lines: Line[]
  /** The generator that goes on for the devices of this order. */
  next: Random
}

/** Sales order numbers: nine digits, different in the whole demo. */
export const salesOrderNumber = (orderId: number) => String(103_000_000 + orderId * 13)
export const webOrderNumber = (orderId: number) => String(84_000_000 + orderId * 7)

/** The customer's own number, which tells the account. */
export function customerOrderNumber(scene: Scene, orderId: number): string {
  return `${scene.plan.slug.toUpperCase()}-PO-${10_000 + orderId}`
}

/** The orders of an account, from the oldest to the newest, until all of its devices are ordered. */
export function* ordersOf(scene: Scene, ids: Ids): Generator<Order> {
  let made = 0
  for (let index = 0; made < scene.plan.devices; index++) {
    const next = random(scene.seed, scene.id, 1, index)
    const id = ids.next('orders')
    const day = scene.orderDay((made + next()) / scene.plan.devices)
    const site = at(scene.sites, Math.floor(next() ** 1.7 * scene.sites.length))
    const lines = linesOf(scene, day, next, scene.plan.devices - made, ids)
    for (const line of lines) made += line.quantity
    const virtualAccount = accountOf(scene, site, next)
    yield { id, index, number: salesOrderNumber(id), day, site, virtualAccount, lines, next }
  }
}

function accountOf(scene: Scene, site: Site, next: Random): VirtualAccount | null {
  const roll = next()
  if (roll < 0.09) return null
  if (roll < 0.21) return scene.defaultAccount
  const lab = scene.virtualAccounts.find((account) => account.restricted && !account.covers)
  if (lab && roll < 0.235) return lab
  const parent = scene.virtualAccounts.find((account) => account.id === site.home.parentId)
  return site.home.tags?.includes('site') && parent && chance(next, 0.2) ? parent : site.home
}

/** Lines with at most `budget` devices, modules counted. */
function linesOf(scene: Scene, day: number, next: Random, budget: number, ids: Ids): Line[] {
  const lines: Line[] = []
  let left = budget
  const wanted = between(next, 1, 5)
  for (let line = 1; line <= wanted && left > 0; line++) {
    const product = productOf(scene, day, next)
    const parts = chosenParts(scene, product, day, next)
    const perChassis = parts.reduce((sum, part) => sum + part.count, 0)
    const fits = Math.floor(left / (1 + perChassis))
    const quantity = Math.min(unitsOf(product, next), Math.max(fits, 1))
    lines.push({ id: ids.next('orderLines'), number: `${line}.0`, product, quantity })
    left -= quantity
    if (fits === 0) break
    for (const [index, part] of parts.entries()) {
      const modules = { product: part.product, quantity: quantity * part.count, perChassis: part.count }
      lines.push({ id: ids.next('orderLines'), number: `${line}.${index + 1}`, ...modules })
      left -= modules.quantity
    }
  }
  return lines
}

function productOf(scene: Scene, day: number, next: Random): Product {
  for (let attempt = 0; attempt < 8; attempt++) {
    const family = pickWeighted(next, scene.products.families, (candidate) => candidate.weight)
    const offered = scene.products.onSale(family.name, day)
    if (offered.length > 0) return at(offered, Math.floor(next() * offered.length))
  }
  return at(scene.products.onSale('Catalyst 9300', day), 0)
}

function unitsOf(product: Product, next: Random): number {
  if (product.assetType === 'cloud') return 1
  const [low, high] = SHAPES[product.family]?.units ?? [1, 1]
  return low + Math.floor(next() ** 1.6 * (high - low + 1))
}

function chosenParts(scene: Scene, product: Product, day: number, next: Random): { product: Product; count: number }[] {
  return partsOf(product).flatMap((part) => {
    const module = scene.products.firstOnSale(part.pids, day)
    return module && chance(next, part.share) ? [{ product: module, count: part.count }] : []
  })
}
