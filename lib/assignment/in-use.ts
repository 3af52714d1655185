import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '@/db/client'
import { devices as d } from '@/db/schema/devices'
import { licenses as l } from '@/db/schema/licenses'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { isSameLicense } from './balances'

/** A license that devices of a plan use where they are now: it stays there. `spare` is what the target has of it to use. */
export type InUse = { name: string; place: number | null; devices: number; quantity: number; spare: number | null }

const SHOWN = 20

const target = alias(l, 'target')

/** The licenses in use by the devices that a plan moves, as far as the viewer sees both, those most in use first. */
export const inUseOf = async (reader: Reader, viewer: Viewer, of: SQL): Promise<InUse[]> =>
  (await reader.execute(sql`
    with used as materialized (
      select u.license_id, i.to_id, count(*)::int as devices, sum(u.quantity)::int as quantity
      from assignment_items i join ${d} on ${inScope(viewer, d)} and ${d.id} = i.subject_id
      join license_use u on u.smart_account_id = i.smart_account_id and u.device_id = i.subject_id
      where ${of} and i.subject = 'device' and i.stays is null group by 1, 2)
    select ${l.name} as name, ${l.virtualAccountId} as place, u.devices, u.quantity,
      (select max(${target.balance}) from licenses target
        where ${inScope(viewer, target)} and ${isSameLicense('target', 'licenses')} and ${target.virtualAccountId} = u.to_id) as spare
    from used u join ${l} on ${inScope(viewer, l)} and ${l.id} = u.license_id and ${l.virtualAccountId} is distinct from u.to_id
    order by u.quantity desc, ${l.name} limit ${SHOWN}`)) as unknown as InUse[]
