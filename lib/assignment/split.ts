import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { isSameLicense } from './balances'

/** Whether a term `t` counts on a day. */
const inForce = (day: string) =>
  sql`(coalesce(t.start_date <= ${day}::date, true) and coalesce(t.end_date >= ${day}::date, true))`

/**
 * Moves licenses by quantity, as the table `assigning` says, and gives the items of the change as a select of (subject,
 * subject_id, before, after). A license of which all goes, that nothing uses and that its target has not, goes as it is.
 * Else its terms are divided, those that end last first, between it and the same license of the target, which is made
 * where there is none. All must be locked (lockAssigning). `day` is the account's.
 */
export async function moveLicenses(tx: Writer, account: number, day: string): Promise<SQL> {
  await tx.execute(sql`
    create temporary table splits on commit drop as
    select distinct on (a.subject_id) a.subject_id as source_id, a.from_id, a.to_id, a.quantity, l.quantity as owned, false as is_whole, false as is_new, s.id as target_id,
      dense_rank() over (order by a.to_id, l.product_id, l.name, l.sku, l.method, l.type, l.billing) as kin,
      l.in_use = 0 and l.reserved = 0 and l.substitutions = '[]' and a.quantity = l.quantity and not exists (
        select from license_use u where u.smart_account_id = ${account} and u.license_id = l.id) as is_free
    from assigning a join licenses l on l.smart_account_id = ${account} and l.id = a.subject_id
    left join licenses s on ${isSameLicense('s', 'l')} and s.virtual_account_id = a.to_id
    where a.subject = 'license' order by a.subject_id, s.id`)
  await tx.execute(sql`analyze splits`)
  await tx.execute(sql`
    update splits set is_whole = true, target_id = source_id where source_id in (
      select min(x.source_id) from splits x where x.target_id is null and x.is_free
        and not exists (select from splits y where y.target_id = x.source_id) group by x.kin)`)
  await tx.execute(sql`
    update splits s set target_id = x.target_id from splits x where s.target_id is null and x.kin = s.kin and x.is_whole`)
  await addTargets(tx, account)
  await divideTerms(tx, account, day)
  await weigh(tx, account, day)
  await tx.execute(sql`
    update licenses l set virtual_account_id = s.to_id, version = l.version + 1 from splits s
    where s.is_whole and l.smart_account_id = ${account} and l.id = s.source_id`)
  return itemsOf()
}

/** The licenses that targets have not yet: as the first one that goes there, and empty. */
async function addTargets(tx: Writer, account: number): Promise<void> {
  await tx.execute(sql`
    update splits s set is_new = true, target_id = x.id from (
      select kin, nextval('licenses_id_seq') as id from (select distinct kin from splits where target_id is null order by 1) k) x
    where s.kin = x.kin and s.target_id is null`)
  await tx.execute(sql`
    insert into licenses (smart_account_id, id, virtual_account_id, product_id, sku, name, category, method, type, billing, quantity, status,
      end_date, source, as_of)
    select distinct on (s.target_id) l.smart_account_id, s.target_id, s.to_id, l.product_id, l.sku, l.name, l.category, l.method, l.type,
      l.billing, 0, 'in_compliance', l.end_date, l.source, l.as_of
    from splits s join licenses l on l.smart_account_id = ${account} and l.id = s.source_id where s.is_new order by s.target_id, s.source_id`)
}

/** `pieces`: what of each term goes. When all of a license goes, so do the terms that are not in force. */
async function divideTerms(tx: Writer, account: number, day: string): Promise<void> {
  await tx.execute(sql`
    create temporary table pieces on commit drop as
    select p.*, case when p.taken < p.had then nextval('license_terms_id_seq') end as new_id from (
      select t.id as term_id, s.source_id, s.target_id, t.quantity as had, t.counts,
        case when t.counts then least(t.quantity, greatest(s.quantity - t.before, 0)) when s.quantity = s.owned then t.quantity else 0 end as taken
      from splits s join (
        select t.*, ${inForce(day)} as counts, coalesce(sum(t.quantity) filter (where ${inForce(day)}) over (
          partition by t.license_id order by t.end_date desc nulls first, t.id rows between unbounded preceding and 1 preceding), 0) as before
        from license_terms t where t.smart_account_id = ${account} and t.license_id in (select source_id from splits)) t on t.license_id = s.source_id
      where not s.is_whole) p
    where p.taken > 0 order by p.term_id`)
  await tx.execute(sql`
    update license_terms t set license_id = p.target_id from pieces p
    where p.new_id is null and t.smart_account_id = ${account} and t.id = p.term_id`)
  await tx.execute(sql`
    update license_terms t set quantity = p.had - p.taken from pieces p
    where p.new_id is not null and t.smart_account_id = ${account} and t.id = p.term_id`)
  await tx.execute(sql`
    insert into license_terms (smart_account_id, id, license_id, type, quantity, start_date, end_date, subscription_id, order_line_id)
    select t.smart_account_id, p.new_id, p.target_id, t.type, p.taken, t.start_date, t.end_date, t.subscription_id, t.order_line_id
    from pieces p join license_terms t on t.smart_account_id = ${account} and t.id = p.term_id where p.new_id is not null`)
}

/** `weights`: by how much each license grew or shrank; quantity, end and status follow. */
async function weigh(tx: Writer, account: number, day: string): Promise<void> {
  await tx.execute(sql`
    create temporary table weights on commit drop as
    select id, sum(delta)::int as delta, 0 as had from (
      select source_id as id, -quantity as delta from splits where not is_whole
      union all select target_id, quantity from splits where not is_whole) d group by id`)
  await tx.execute(
    sql`update weights w set had = l.quantity from licenses l where l.smart_account_id = ${account} and l.id = w.id`,
  )
  await addWeights(tx, account, day)
}

/** Adds the table `weights` (id, delta) to the licenses; what follows from terms and quantity is derived anew. */
export async function addWeights(tx: Writer, account: number, day: string): Promise<void> {
  await tx.execute(sql`
    update licenses l set quantity = l.quantity + w.delta, version = l.version + 1,
      end_date = case when x.n > 0 then x.end_date else l.end_date end,
      status = case when l.in_use + l.reserved > l.quantity + w.delta + app.net_substituted(l.substitutions) then 'out_of_compliance' else 'in_compliance' end
    from weights w
    left join lateral (select count(*) as n, min(t.end_date) filter (where ${inForce(day)}) as end_date
      from license_terms t where t.smart_account_id = ${account} and t.license_id = w.id) x on true
    where l.smart_account_id = ${account} and l.id = w.id`)
}

const itemsOf = (): SQL => sql`
  select 'license'::text as subject, s.source_id as subject_id, jsonb_build_object('virtualAccountId', s.from_id) as before,
    jsonb_build_object('virtualAccountId', s.to_id) as after from splits s where s.is_whole
  union all
  select 'license', s.source_id, jsonb_build_object('quantity', w.had), jsonb_build_object('quantity', w.had + w.delta, 'moved', s.quantity,
    'untermed', s.quantity - coalesce(t.taken, 0),
    'target', s.target_id, 'from', s.from_id, 'to', s.to_id)
  from splits s join weights w on w.id = s.source_id
  left join (select source_id, sum(taken) as taken from pieces where counts group by 1) t on t.source_id = s.source_id
  where not s.is_whole
  union all
  select 'license', w.id, case when n.is_new then null else jsonb_build_object('quantity', w.had) end, jsonb_build_object('quantity', w.had + w.delta)
  from weights w join (select target_id, bool_or(is_new) as is_new from splits where not is_whole group by 1) n on n.target_id = w.id
  union all
  select 'license_term', p.term_id, jsonb_build_object('licenseId', p.source_id, 'quantity', p.had),
    case when p.new_id is null then jsonb_build_object('licenseId', p.target_id, 'quantity', p.had, 'source', p.source_id)
      else jsonb_build_object('licenseId', p.source_id, 'quantity', p.had - p.taken, 'source', p.source_id) end from pieces p
  union all
  select 'license_term', p.new_id, null, jsonb_build_object('licenseId', p.target_id, 'quantity', p.taken, 'source', p.source_id, 'of', p.term_id)
  from pieces p where p.new_id is not null`
