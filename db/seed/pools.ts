import type { Product } from './catalogue'
import type { Device } from './devices'
import { type Entitlement, entitlementOf, seatsOf } from './entitlements'
import type { Ids } from './ids'
import { at, random } from './random'
import type { Scene, VirtualAccount } from './scene'

/** A license in one Virtual Account while it is made: what its devices use of it. */
export type Pool = {
  id: number
  virtualAccount: VirtualAccount | null
  entitlement: Entitlement
  product: Product
  used: number
  /** How much of that by the day from which on it was used: that on which the device came. */
  since: Map<number, number>
  demo?: true
}

/** What a device uses of a license. */
export type Use = { pool: Pool; quantity: number }

/** The licenses of one account, filled device by device. */
export class Pools {
  readonly #scene: Scene
  readonly #ids: Ids
  readonly #pools = new Map<string, Pool>()

  constructor(scene: Scene, ids: Ids) {
    this.#scene = scene
    this.#ids = ids
  }

  get all(): Pool[] {
    return [...this.#pools.values()]
  }

  /** What a device uses, and of which license; null where it needs none, has not reported or stands in no account. */
  use(device: Device): Use | null {
    const { row, virtualAccount } = device
    const next = random(this.#scene.seed, row.id, 5)
    if (!virtualAccount || row.parentId !== null || next() < 0.12) return null
    const product = this.#product(row.pid)
    const entitlement = entitlementOf(product, next() < 0.55)
    if (!entitlement) return null
    const pool = this.#open(virtualAccount, entitlement)
    const quantity = seatsOf(product, next())
    pool.used += quantity
    pool.since.set(device.shipped, (pool.since.get(device.shipped) ?? 0) + quantity)
    return { pool, quantity }
  }

  /** Adds what nobody uses yet: licenses that no Virtual Account has, and those for evaluation in restricted ones. */
  addIdle(): void {
    const offered = this.all.filter((pool) => pool.entitlement.method === 'smart' && pool.entitlement.type === 'TERM')
    if (offered.length < 3) return
    for (let index = 0; index < 3; index++) this.#open(null, at(offered, index * 5).entitlement)
    const lab = this.#scene.virtualAccounts.find((account) => account.restricted)
    if (!lab) return
    for (let index = 0; index < 2; index++) this.#open(lab, at(offered, index * 3).entitlement, true)
  }

  #open(virtualAccount: VirtualAccount | null, entitlement: Entitlement, demo?: true): Pool {
    const key = `${virtualAccount?.id} ${entitlement.sku} ${demo}`
    const known = this.#pools.get(key)
    if (known) return known
    const id = this.#ids.next('licenses')
    const pool = { id, virtualAccount, entitlement, product: this.#product(entitlement.sku), used: 0, since: new Map() }
    const made = demo ? { ...pool, demo } : pool
    this.#pools.set(key, made)
    return made
  }

  #product(pid: string): Product {
    const product = this.#scene.products.byPid.get(pid)
    if (!product) throw new Error(`The catalogue has no ${pid}`)
    return product
  }
}
