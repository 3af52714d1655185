import type { LicenseSubstitution, licenses } from '../schema/licenses'
import { iso } from './days'
import { provenance } from './order-rows'
import type { Pool } from './pools'
import { isKnown, type Purchase, purchasesOf } from './purchases'
import type { Scene } from './scene'

type LicenseRow = Omit<typeof licenses.$inferSelect, 'balance'>

/** A license as it is held: its row, and everything that was ever bought of it. */
export type Holding = { pool: Pool; purchases: readonly Purchase[]; row: LicenseRow }

/** The licenses of an account once all that is used of them is known, in the order of their ids. */
export function holdingsOf(scene: Scene, pools: readonly Pool[]): Holding[] {
  const held = pools.map((pool) => {
    const purchases = purchasesOf(scene, pool)
    return { pool, purchases, row: licenseRow(scene, pool, purchases) }
  })
  for (const holding of held) substitute(holding, held)
  for (const { row } of held)
    row.status = row.inUse + row.reserved > row.quantity + net(row) ? 'out_of_compliance' : 'in_compliance'
  return held
}

function licenseRow(scene: Scene, pool: Pool, purchases: readonly Purchase[]): LicenseRow {
  const { entitlement, product } = pool
  const inForce = purchases.filter(({ start, end }) => start <= scene.today && (end ?? scene.today) >= scene.today)
  const quantity = inForce.reduce((sum, purchase) => sum + purchase.quantity, 0)
  const ends = inForce.flatMap(({ end }) => (end === null ? [] : [end]))
  const reserved = pool.id % 17 === 0 && quantity - pool.used > 4 ? Math.floor((quantity - pool.used) / 2) : 0
  return {
    smartAccountId: scene.id,
    id: pool.id,
    virtualAccountId: pool.virtualAccount?.id ?? null,
    productId: product.id,
    sku: entitlement.sku,
    name: entitlement.name,
    category: product.architecture,
    method: scene.plan.agreement && entitlement.type === 'TERM' ? 'enterprise_agreement' : entitlement.method,
    type: pool.demo ? 'DEMO' : entitlement.type,
    billing: entitlement.method === 'cloud' && pool.id % 3 === 0 ? 'USAGE' : 'PREPAID',
    quantity,
    inUse: pool.used,
    reserved,
    pending: 0,
    substitutions: [],
    status: 'in_compliance',
    endDate: ends.length === 0 ? null : iso(Math.min(...ends)),
    ...provenance(scene, 'License feed'),
  }
}

const net = ({ substitutions }: { substitutions: readonly LicenseSubstitution[] }) =>
  substitutions.reduce((sum, { kind, quantity }) => sum + (kind === 'forThis' ? quantity : -quantity), 0)

/** Where Essentials are short, up to half of what the Advantage of the same Virtual Account has to spare stands in. */
function substitute({ pool, row }: Holding, held: readonly Holding[]): void {
  const shortfall = row.inUse + row.reserved - row.quantity
  if (shortfall <= 0 || pool.virtualAccount === null || !row.name.includes('Essentials')) return
  const name = row.name.replace('Essentials', 'Advantage')
  const other = held.find(
    (one) => one.row.name === name && one.row.virtualAccountId === row.virtualAccountId && !one.pool.demo,
  )
  if (!other || isKnown(other.pool)) return
  const spare = other.row.quantity - other.row.inUse - other.row.reserved
  const quantity = Math.min(shortfall, Math.floor(spare / 2))
  if (quantity <= 0) return
  row.substitutions = [{ kind: 'forThis', license: name, quantity }]
  other.row.substitutions = [{ kind: 'byThis', license: row.name, quantity }]
}
