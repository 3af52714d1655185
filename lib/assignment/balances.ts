import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { Viewer } from '@/lib/access/viewer'
import { complianceOf } from '@/lib/compliance/compliance'
import { inScopeNamed } from './named-scope'

/** A license in a Virtual Account before and after a plan; below 0 = too few. */
export type Balance = {
  name: string
  sku: string
  place: number | null
  owned: number
  moved: number
  inUse: number
  before: number
  after: number
}

const SHOWN = 100

/** The same license in another Virtual Account: columns of `a` and `b`. */
export const isSameLicense = (a: string, b: string): SQL =>
  sql.join(
    ['smart_account_id', 'product_id', 'name', 'sku', 'method', 'type', 'billing'].map(
      (column) => sql`${sql.raw(`${a}.${column}`)} = ${sql.raw(`${b}.${column}`)}`,
    ),
    sql` and `,
  )

type Row = Pick<Balance, 'name' | 'sku' | 'place' | 'owned' | 'moved' | 'inUse'> & {
  reserved: number
  substituted: number
}

/**
 * Every license that a plan takes from or adds to, on both ends, as the compliance function judges it; those that are or
 * become short first. `of` names the items `i` of the plan.
 */
export async function balancesOf(reader: Reader, viewer: Viewer, of: SQL): Promise<Balance[]> {
  const rows = (await reader.execute(sql`
    with moves as materialized (
      select i.subject_id, i.to_id, i.quantity from assignment_items i where ${of} and i.subject = 'license' and i.stays is null),
    ends as (
      select l.*, -m.quantity as delta, l.virtual_account_id as place from moves m
        join licenses l on ${inScopeNamed(viewer, 'l')} and l.id = m.subject_id
      union all
      select l.*, m.quantity, m.to_id from moves m join licenses l on ${inScopeNamed(viewer, 'l')} and l.id = m.subject_id),
    summed as (
      select smart_account_id, product_id, name, sku, method, type, billing, place, sum(delta)::int as moved from ends group by 1, 2, 3, 4, 5, 6, 7, 8)
    select e.name, e.sku, e.place, e.moved, coalesce(sum(h.quantity), 0)::int as owned, coalesce(sum(h.in_use), 0)::int as "inUse",
      coalesce(sum(h.reserved), 0)::int as reserved, coalesce(sum(app.net_substituted(h.substitutions)), 0)::int as substituted
    from summed e left join licenses h on ${inScopeNamed(viewer, 'h')} and ${isSameLicense('h', 'e')} and h.virtual_account_id is not distinct from e.place
    group by e.product_id, e.method, e.type, e.billing, e.name, e.sku, e.place, e.moved`)) as unknown as Row[]
  const balances = rows.map(({ reserved, substituted, ...row }) => {
    const balance = (owned: number) =>
      complianceOf(
        {
          terms: [{ quantity: owned, startDate: null, endDate: null }],
          substitutions: [
            { kind: substituted < 0 ? 'byThis' : 'forThis', license: '', quantity: Math.abs(substituted) },
          ],
          ...{ reserved, inUse: row.inUse },
        },
        viewer.account.day,
      ).balance
    return { ...row, before: balance(row.owned), after: balance(row.owned + row.moved) }
  })
  return balances
    .sort((a, b) => Math.min(a.after, 0) - Math.min(b.after, 0) || a.name.localeCompare(b.name))
    .slice(0, SHOWN)
}
