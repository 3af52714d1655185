import type { Sql } from 'postgres'
import { AURORA, BOREALIS, NOW } from './people'

/** By this note the events are found that are about what not all of their viewers see. */
export const STRAY = 'Matrix stray'

/**
 * Events of `aurora.example` on a thing of most kinds that no part of is in Germany, told of in most of its Virtual
 * Accounts; and of two accounts events on things of the other one, told of to the whole account.
 */
export async function addStrays(sql: Sql): Promise<void> {
  await sql`create temporary table stray on commit drop as
    with kinds (subject, account, id, places) as (
      select 'device', smart_account_id, id, array[virtual_account_id] from devices where serial_number is not null
      union all select 'license', smart_account_id, id, array[virtual_account_id] from licenses
      union all select 'license_term', t.smart_account_id, t.id, array[l.virtual_account_id] from license_terms t
        join licenses l on l.smart_account_id = t.smart_account_id and l.id = t.license_id
      union all select 'contract', smart_account_id, contract_id, array_agg(virtual_account_id) from contract_lines group by 2, 3
      union all select 'contract_line', smart_account_id, id, array[virtual_account_id] from contract_lines
      union all select 'subscription_line', smart_account_id, id, array[virtual_account_id] from subscription_lines
      union all select 'order', smart_account_id, id, virtual_account_ids from orders
      union all select 'order_line', smart_account_id, id, array[virtual_account_id] from order_lines
      union all select 'event', smart_account_id, seq, virtual_account_ids from events where subject = 'role_assignment'
      union all select 'virtual_account', smart_account_id, id, array[id] from virtual_accounts
      union all select 'assignment_rule', smart_account_id, id, '{}' from assignment_rules
      union all select 'user_group', smart_account_id, id, '{}' from user_groups
      union all select 'import', smart_account_id, id, '{}' from import_runs
      union all select 'lifecycle', smart_account_id, id, '{}' from account_lifecycles)
    select distinct on (k.subject, k.account, told.id) k.subject, k.id, k.account <> told.id as is_foreign, told.id as account,
      case when k.account = told.id then array(select v.id from virtual_accounts v where v.smart_account_id = told.id
        and v.name not in ('Lab', 'DEFAULT') order by v.id desc) else '{}' end as places
    from kinds k join smart_accounts of on of.id = k.account and of.domain in (${AURORA}, ${BOREALIS})
    join smart_accounts told on told.domain in (${AURORA}, ${BOREALIS})
    where k.account <> told.id or (told.domain = ${AURORA} and k.subject <> 'import' and not exists (
      select from virtual_accounts v where v.name = 'Germany' and v.id = any (k.places)))
    order by k.subject, k.account, told.id, k.id desc`
  await sql`insert into events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
    select e.smart_account_id, ${NOW}, 'events.noted', 'person', e.actor_user_id, 'event', e.seq,
      array(select id from virtual_accounts where smart_account_id = e.smart_account_id and name = 'Lab'), '{}', ${STRAY}
    from events e join virtual_accounts v on v.name = 'Germany' and e.virtual_account_ids = array[v.id] where e.note like 'canary-event-%'`
  await addChanges(sql)
  await addLine(sql)
  await addSuite(sql)
  await sql`insert into events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
    select s.account, ${NOW}, case s.subject when 'import' then 'import.checked' else 'devices.assigned' end, 'person', u.id,
      s.subject, s.id, s.places, '{}', ${STRAY}
    from stray s, users u where u.email = 'admin2@aurora.example' order by s.is_foreign, s.subject`
  await sql`insert into events (smart_account_id, at, type, actor_kind, subject, virtual_account_ids, detail, note)
    select a.id, ${NOW}, 'documents.downloaded', 'system', 'order', '{}', jsonb_build_object('shareId', min(s.id)), ${STRAY}
    from smart_accounts a join order_shares s on s.smart_account_id <> a.id where a.domain = ${BOREALIS} group by a.id`
}

/** A change set of all these things, told of in the same Virtual Accounts. */
async function addChanges(sql: Sql): Promise<void> {
  const [made] = await sql<{ account: number; id: number }[]>`
    insert into change_sets (smart_account_id, kind, actor_kind, summary)
    select id, 'assignment', 'operator', '{}' from smart_accounts where domain = ${AURORA} returning smart_account_id as account, id`
  const { account = 0, id = 0 } = made ?? {}
  await sql`insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, before, after)
    select ${account}, ${id}, row_number() over (order by subject), subject, id, '{}', '{}' from stray
    where account = ${account} and (subject = 'lifecycle' or not is_foreign and subject in
      ('device', 'license', 'license_term', 'contract_line', 'subscription_line', 'order_line'))`
  await sql`insert into events (smart_account_id, at, type, actor_kind, change_set_id, subject, virtual_account_ids, detail, note)
    select account, ${NOW}, 'assets.assigned', 'operator', ${id}, 'change_set', max(places), '{}', ${STRAY}
    from stray where account = ${account} group by account`
}

/** A contract line of Germany on the device that is elsewhere. */
const addLine = (sql: Sql) => sql`
  insert into contract_lines (smart_account_id, contract_id, device_id, virtual_account_id, service_sku,
    service_level, architecture, country, start_date, end_date, source, as_of)
  select d.smart_account_id, (select min(c.id) from contracts c where c.smart_account_id = d.smart_account_id), d.id, v.id,
    'CON-MATRIX-' || d.id, 'SNT', d.architecture, d.country, '2025-01-01', '2027-01-01', 'matrix', ${NOW}
  from stray s join devices d on s.subject = 'device' and d.smart_account_id = s.account and d.id = s.id
  join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.name = 'Germany'`

/** A subscription of Germany with a suite that is elsewhere, which an order of Germany brought a license of to elsewhere. */
async function addSuite(sql: Sql): Promise<void> {
  const [first] = await sql<{ account: number; id: number; germany: number }[]>`
    select l.smart_account_id as account, l.subscription_id as id, v.id as germany
    from subscription_lines l join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
    where v.name = 'Germany' order by l.id limit 1`
  const { account = 0, id = 0, germany = 0 } = first ?? {}
  await sql`update subscription_lines set suite = 'Matrix suite', virtual_account_id =
      (select v.id from virtual_accounts v where v.smart_account_id = ${account} and v.name = 'Lab')
    where id = (select max(l.id) from subscription_lines l where l.smart_account_id = ${account} and l.subscription_id = ${id})`
  await sql`update license_terms set subscription_id = ${id} where id = (select min(t.id) from license_terms t
    join licenses l on l.smart_account_id = t.smart_account_id and l.id = t.license_id
    join order_lines o on o.smart_account_id = t.smart_account_id and o.id = t.order_line_id
    where o.virtual_account_id = ${germany} and l.virtual_account_id <> ${germany})`
}
