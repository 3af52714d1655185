import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import type { Viewer } from '@/lib/access/viewer'
import { isSameLicense } from './balances'
import { inScopeNamed } from './named-scope'

/** A license that devices of a plan use where they are now: it stays there. `spare` is what the target has of it to use. */
export type InUse = { name: string; place: number | null; devices: number; quantity: number; spare: number | null }

const SHOWN = 20

/** The licenses in use by the devices that a plan moves, as far as the viewer sees both, those most in use first. */
export const inUseOf = async (reader: Reader, viewer: Viewer, of: SQL): Promise<InUse[]> =>
  (await reader.execute(sql`
    with used as materialized (
      select u.license_id, i.to_id, count(*)::int as devices, sum(u.quantity)::int as quantity
      from assignment_items i join devices d on ${inScopeNamed(viewer, 'd')} and d.id = i.subject_id
      join license_use u on u.smart_account_id = i.smart_account_id and u.device_id = i.subject_id
      where ${of} and i.subject = 'device' and i.stays is null group by 1, 2)
    select l.name, l.virtual_account_id as place, u.devices, u.quantity,
      (select max(t.balance) from licenses t where ${inScopeNamed(viewer, 't')} and ${isSameLicense('t', 'l')} and t.virtual_account_id = u.to_id) as spare
    from used u join licenses l on ${inScopeNamed(viewer, 'l')} and l.id = u.license_id and l.virtual_account_id is distinct from u.to_id
    order by u.quantity desc, l.name limit ${SHOWN}`)) as unknown as InUse[]
