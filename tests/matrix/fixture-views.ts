import type { Sql } from 'postgres'
import { NOW } from './people'

/** What people keep and make: saved views, plans, rules, change sets, selections, exports, schedules; some in several accounts. */
export async function addViews(sql: Sql): Promise<void> {
  const people = [
    ...['admin@aurora.example', 'va-user@aurora.example', 'approver@aurora.example', 'admin@delta.example'],
    ...['admin@borealis.example', 'partner@cobalt.example'],
  ]
  await sql`insert into saved_views (smart_account_id, user_id, resource, name, query, is_shared)
    select distinct on (u.id, r.smart_account_id, shared) r.smart_account_id, u.id, 'devices', 'canary-view-' || u.id || shared || '-9010', '{}', shared
    from users u join role_assignments r on r.user_id = u.id cross join (values (true), (false)) s (shared)
    where u.email in ${sql(people)} order by u.id, r.smart_account_id, shared, r.id`
  await sql`insert into assignment_plans (smart_account_id, user_id, origin, created_at)
    select distinct on (u.id, r.smart_account_id) r.smart_account_id, u.id, '{"kind": "rows"}', ${NOW}
    from users u join role_assignments r on r.user_id = u.id where u.email in ${sql(people)} order by u.id, r.smart_account_id, r.id`
  await sql`insert into assignment_items (smart_account_id, plan_id, user_id, position, subject, subject_id, to_id)
    select smart_account_id, id, user_id, nth, subject, 1, 1 from assignment_plans
    cross join (values (1, 'device'), (2, 'license'), (3, 'contract_line'), (4, 'subscription_line'), (5, 'order_line')) s (nth, subject)`
  await sql`insert into assignment_rules (smart_account_id, field, value, virtual_account_id)
    select v.smart_account_id, 'family', (select mode() within group (order by family) from devices), v.id from virtual_accounts v where v.is_default`
  // Each kind of thing that a change is about, in every Virtual Account.
  await sql`with made as (insert into change_sets (smart_account_id, kind, actor_kind, summary)
      select id, 'assignment', 'operator', '{}' from smart_accounts returning smart_account_id, id)
    insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, before, after)
    select m.smart_account_id, m.id, row_number() over (partition by m.id order by x.subject, x.id), x.subject, x.id, '{}', '{}'
    from made m join (
      select smart_account_id, 'license' as subject, min(id) as id from licenses group by smart_account_id, virtual_account_id
      union all select smart_account_id, 'contract_line', min(id) from contract_lines group by smart_account_id, virtual_account_id
      union all select smart_account_id, 'subscription_line', min(id) from subscription_lines group by smart_account_id, virtual_account_id
      union all select smart_account_id, 'order_line', min(id) from order_lines group by smart_account_id, virtual_account_id
      union all select t.smart_account_id, 'license_term', min(t.id) from license_terms t join licenses l on l.smart_account_id = t.smart_account_id
        and l.id = t.license_id group by t.smart_account_id, l.virtual_account_id) x on x.smart_account_id = m.smart_account_id`
  // And one in each Virtual Account, to be taken back by whoever assigns there.
  await sql`with made as (insert into change_sets (smart_account_id, kind, actor_kind, summary)
      select smart_account_id, 'assignment', 'operator', jsonb_build_object('places', jsonb_build_array(id)) from virtual_accounts returning *)
    insert into events (smart_account_id, at, type, actor_kind, subject, change_set_id, virtual_account_ids, detail)
    select smart_account_id, ${NOW}, 'devices.assigned', 'operator', 'device', id, array[(summary->'places'->>0)::bigint], '{}' from made`
  await sql`insert into row_selections (smart_account_id, user_id, tab, search, is_all, ids, created_at)
    select distinct on (u.id, r.smart_account_id) r.smart_account_id, u.id, 'devices', '', true, '{}', ${NOW}
    from users u join role_assignments r on r.user_id = u.id where u.email in ${sql(people)} order by u.id, r.smart_account_id, r.id`
  await sql`insert into exports (smart_account_id, user_id, tab, search, format, columns, file_name, filters, status, created_at)
    select distinct on (u.id, r.smart_account_id) r.smart_account_id, u.id, 'devices', '', 'csv', '{}', 'canary-export-' || u.id || '-9011.csv', '', 'finished', now()
    from users u join role_assignments r on r.user_id = u.id where u.email in ${sql(people)} order by u.id, r.smart_account_id, r.id`
  await sql`insert into view_schedules (smart_account_id, view_id, user_id, frequency, recipients, skips_empty, next_on)
    select smart_account_id, id, user_id, 'weekly', array[user_id], false, '2099-01-05' from saved_views where name like 'canary%'`
}
