import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '@/lib/access/viewer'
import { inScopeNamed } from './named-scope'

/**
 * What goes with orders, as a select of (subject, id, to_id, quantity, blocked): their lines in scope, the devices and PAKs on
 * those, and the licenses that came with those lines alone. Stocking orders belong to the partner until they are sold, and
 * the licenses of an Enterprise Agreement are generated in its suites: both stay, and say so.
 */
export function wantedOfOrders(viewer: Viewer, orders: SQL, to: number): SQL {
  const account = viewer.account.id
  return sql`
    with lines as materialized (
      select l.id, case o.kind when 'stocking' then 'stocking' when 'enterprise_agreement' then 'enterprise_agreement' end as blocked
      from (${orders}) i join orders o on o.smart_account_id = ${account} and o.id = i.id
      join order_lines l on ${inScopeNamed(viewer, 'l')} and l.order_id = o.id),
    parts as (
      select 'order_line'::text as subject, id, blocked from lines
      union all
      select 'device', d.id, lines.blocked from lines
        join devices d on ${inScopeNamed(viewer, 'd')} and d.order_line_id = lines.id
      union all
      select 'pak', p.id, lines.blocked from lines join paks p on ${inScopeNamed(viewer, 'p')} and p.order_line_id = lines.id
      union all
      select 'license', t.license_id, min(lines.blocked) from licenses n join license_terms t on t.smart_account_id = n.smart_account_id and t.license_id = n.id
        left join lines on lines.id = t.order_line_id
        where ${inScopeNamed(viewer, 'n')} and t.license_id in (
          select x.license_id from license_terms x join lines on lines.id = x.order_line_id where x.smart_account_id = ${account})
        group by t.license_id having bool_and(lines.id is not null))
    select subject, id, ${to}::bigint as to_id, null::integer as quantity, blocked from parts`
}
