import { licenseDays } from '../schema/licenses'
import { iso } from './days'
import { holdingsOf } from './holdings'
import type { Loader } from './loader'
import type { Pools } from './pools'
import type { Scene } from './scene'

/** How far back the demo remembers. */
const DAYS = 180

/**
 * What was owned and in use of each license at the end of each day before this one, as the turn of the day would have
 * kept it: the terms that were in force, and what the devices use that had come by then.
 */
export function addLicenseDays(loader: Loader, scene: Scene, pools: Pools): void {
  for (const { pool, purchases, row } of holdingsOf(scene, pools.all)) {
    const first = scene.today - DAYS
    let inUse = [...pool.since].reduce((sum, [day, quantity]) => sum + (day < first ? quantity : 0), 0)
    for (let day = first; day < scene.today; day++) {
      const inForce = purchases.filter(({ start, end }) => start <= day && (end ?? day) >= day)
      inUse += pool.since.get(day) ?? 0
      loader.add(licenseDays, {
        smartAccountId: scene.id,
        licenseId: pool.id,
        day: iso(day),
        quantity: inForce.reduce((sum, { quantity }) => sum + quantity, 0),
        inUse,
        reserved: row.reserved,
      })
    }
  }
}
