import { monthEnd } from './days'
import type { Pool } from './pools'
import { between, chance, type Random, random } from './random'
import type { Scene } from './scene'

/** A quantity of a license that was bought for a time. Days are calendar days; an end of null is perpetual. */
export type Purchase = {
  pool: Pool
  quantity: number
  type: 'TERM' | 'PERPETUAL' | 'DEMO'
  start: number
  end: number | null
}

/** Pools that demonstrations rely on: Germany is short of what the Americas have left over. */
const KNOWN: Readonly<Record<string, number>> = { 'ger C9300-DNA-A-48': 0.8, 'ame C9300-DNA-A-48': 1.5 }

/** One that a demonstration relies on. */
export const isKnown = (pool: Pool): boolean => known(pool) !== undefined

const known = (pool: Pool) => KNOWN[`${pool.virtualAccount?.slug} ${pool.entitlement.sku}`]

/** Everything that was ever bought of a license. What is in force today is what it owns. */
export function purchasesOf(scene: Scene, pool: Pool): Purchase[] {
  const next = random(scene.seed, scene.id, pool.id, 6)
  const quantity = wanted(pool, next)
  const { start, end } = coTerm(scene, pool)
  if (pool.demo) return [{ pool, quantity: 10, type: 'DEMO', start: scene.today - 30, end: scene.today + 60 }]
  if (pool.entitlement.type === 'PERPETUAL') return perpetual(scene, pool, quantity, next)
  if (scene.plan.agreement) return [{ pool, quantity, type: 'TERM', start, end }]
  if (!known(pool) && chance(next, 0.04)) {
    const lapsed = scene.today - between(next, 5, 60)
    return [{ pool, quantity, type: 'TERM', start: lapsed - 1094, end: lapsed }]
  }
  const growth = chance(next, 0.3) && quantity > 5 ? Math.ceil(quantity / 4) : 0
  const bought: Purchase[] = [{ pool, quantity: quantity - growth, type: 'TERM', start, end }]
  if (growth > 0)
    bought.push({ pool, quantity: growth, type: 'TERM', start: scene.today - between(next, 20, 200), end })
  if (chance(next, 0.25)) {
    bought.push({ pool, quantity: Math.ceil(quantity * 0.7), type: 'TERM', start: start - 1095, end: start - 1 })
  }
  if (end < scene.today + 120 && chance(next, 0.4)) {
    bought.push({ pool, quantity, type: 'TERM', start: end + 1, end: end + 1095 })
  }
  return bought
}

function perpetual(scene: Scene, pool: Pool, quantity: number, next: Random): Purchase[] {
  const first = scene.today - between(next, 400, 2600)
  const once: Purchase = { pool, quantity, type: 'PERPETUAL', start: first, end: null }
  if (quantity < 8 || chance(next, 0.5)) return [once]
  const later = Math.floor(quantity / 3)
  const second: Purchase = {
    pool,
    quantity: later,
    type: 'PERPETUAL',
    start: scene.today - between(next, 20, 390),
    end: null,
  }
  return [{ ...once, quantity: quantity - later }, second]
}

/** Some licenses are short, some fit, most have some left over. */
function wanted(pool: Pool, next: Random): number {
  const roll = next()
  const factor = known(pool) ?? (roll < 0.14 ? 0.7 + next() * 0.25 : roll < 0.3 ? 1 : 1.05 + next() * 0.5)
  if (pool.used === 0) return between(next, 5, 60)
  return Math.max(1, factor < 1 ? Math.floor(pool.used * factor) : Math.ceil(pool.used * factor))
}

/** The day on which the terms of a Virtual Account end together; those of an Enterprise Agreement for the whole account. */
function coTerm(scene: Scene, pool: Pool): { start: number; end: number } {
  if (scene.plan.agreement) return { start: scene.today - 420, end: scene.today - 420 + 1095 }
  const next = random(scene.seed, scene.id, pool.virtualAccount?.id ?? 0, pool.product.architecture.length, 7)
  const end = monthEnd(scene.today + between(next, 10, 800))
  return { start: end - 1094, end }
}
