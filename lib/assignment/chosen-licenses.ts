import 'server-only'
import { sql } from 'drizzle-orm'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { type ChosenRows, chosenIds } from '@/lib/resources/chosen-rows'
import { QUANTITIES_AT_MOST } from './schema'

/** A license to move some of: `most` is what is owned and not reserved. */
export type MovableLicense = {
  id: number
  name: string
  sku: string
  place: number | null
  owned: number
  inUse: number
  most: number
}

/** How many rows were chosen, and of licenses, where those are few, what of each can move. */
export function readChosen(viewer: Viewer, rows: ChosenRows): Promise<{ total: number; licenses: MovableLicense[] }> {
  return asUser(viewer, async (reader) => {
    const [counted] = (await reader.execute(
      sql`select count(*)::int as n from (${chosenIds(viewer, rows)}) i`,
    )) as unknown as { n: number }[]
    const total = counted?.n ?? 0
    if (rows.tab !== 'licensing' || total > QUANTITIES_AT_MOST) return { total, licenses: [] }
    const licenses = (await reader.execute(sql`
      select l.id, l.name, l.sku, l.virtual_account_id as place, l.quantity as owned, l.in_use as "inUse", greatest(l.quantity - l.reserved, 0) as most
      from (${chosenIds(viewer, rows)}) i join licenses l on l.smart_account_id = ${viewer.account.id} and l.id = i.id
      order by l.name, l.id`)) as unknown as MovableLicense[]
    return { total, licenses }
  })
}
