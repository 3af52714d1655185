import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type ColumnType, columnNames, jsonOf, typed, typedOr } from './plan-columns'
import { planRows } from './plan-rows'
import type { Run } from './schema'

export const LICENSE_SOURCE = 'Smart Licensing inventory'

/** What is owned and used of a license is one fact. */
const holding = {
  type: 'text',
  billing: 'text',
  quantity: 'integer',
  inUse: 'integer',
  reserved: 'integer',
  pending: 'integer',
  substitutions: 'jsonb',
  status: 'text',
  endDate: 'date',
} as const satisfies Record<string, ColumnType>

/** A term in words that can be taken apart again: `100 TERM 2026-01-01 – 2026-12-31 Sub000001`. */
const words = (quantity: SQL, type: SQL, start: SQL, end: SQL, subscription: SQL) => sql`
  ${quantity} || ' ' || ${type} || ' ' || coalesce(${start}, 'always') || ' – ' || coalesce(${end}, 'open') || coalesce(' ' || ${subscription}, '')`
const keptWords = words(
  sql`t.quantity`,
  sql`t.type`,
  sql`to_char(t.start_date, 'YYYY-MM-DD')`,
  sql`to_char(t.end_date, 'YYYY-MM-DD')`,
  sql`s.number`,
)
const wantedWords = words(
  sql`(t->>'quantity')`,
  sql`(t->>'type')`,
  sql`(t->>'startDate')`,
  sql`(t->>'endDate')`,
  sql`s.number`,
)

/** Licenses by name and Virtual Account. The file knows no SKU: it is that of the same license elsewhere, or of the catalogue. */
export function planLicenses(run: Run): SQL {
  const { accountId } = run
  return planRows(run, {
    subject: 'license',
    source: LICENSE_SOURCE,
    speaker: sql`'quantity'`,
    judged: sql`
      with skus as (
          select distinct on (name) name, sku, category from licenses where smart_account_id = ${accountId} order by name, id),
        catalogue as (
          select distinct on (description) description, pid, architecture from products
          where kind = 'license' and (smart_account_id is null or smart_account_id = ${accountId})
          order by description, smart_account_id nulls first, pid)
      select r.line, r.key, l.id, l.fact_sources as sources, l.source,
        coalesce(r.problem, case
          when v.id is null then 'This Smart Account has no Virtual Account “' || left(r.data->'about'->>'virtualAccount', 60) || '”.'
          when l.n > 1 then 'The Virtual Account has ' || l.n || ' licenses of this name.'
          when a.day <> (r.data->'about'->>'day')::date then 'A new day has begun since the file was read, and quantities depend on it.' end) as problem,
        case when l.id is not null then jsonb_build_object(${jsonOf('l', holding)}, 'terms', (
          select coalesce(jsonb_agg(${keptWords} order by ${keptWords}), '[]') from license_terms t
          left join subscriptions s on s.smart_account_id = t.smart_account_id and s.id = t.subscription_id
          where t.smart_account_id = ${accountId} and t.license_id = l.id)) end as current,
        (r.data - array['about', 'terms', 'name', 'method']) || jsonb_build_object('terms', (
          select coalesce(jsonb_agg(${wantedWords} order by ${wantedWords}), '[]') from jsonb_array_elements(r.data->'terms') t
          left join subscriptions s on s.smart_account_id = ${accountId} and s.number = t->>'subscription'))
        || case when l.id is null then jsonb_build_object('name', r.data->'name', 'method', r.data->'method', 'virtualAccountId', v.id,
            'sku', coalesce(k.sku, c.pid, upper(left(r.data->>'name', 100))), 'category', coalesce(k.category, c.architecture, 'Not in the catalog'))
          else '{}' end as wanted
      from staged_rows r
      join smart_accounts a on a.id = ${accountId}
      left join virtual_accounts v on v.smart_account_id = ${accountId} and v.name = r.data->'about'->>'virtualAccount'
      left join skus k on k.name = r.data->>'name'
      left join catalogue c on c.description = r.data->>'name'
      left join lateral (
        select l.*, count(*) over () as n from licenses l
        where l.smart_account_id = ${accountId} and l.virtual_account_id = v.id and l.name = r.data->>'name' order by l.id limit 1) l on true`,
  })
}

/** Does what the plan of a run says. The licenses to change must be locked and the plan found unchanged. */
export async function applyLicenses(tx: Writer, { accountId, id }: Run): Promise<void> {
  const product = sql`(select p.id from products p where p.pid = c.after->>'sku' and (p.smart_account_id is null or p.smart_account_id = ${accountId})
    order by p.smart_account_id nulls first limit 1)`
  await tx.execute(sql`
    insert into products (smart_account_id, pid, description, family, architecture, asset_type, kind)
    select distinct on (c.after->>'sku') ${accountId}::bigint, c.after->>'sku', c.after->>'name', 'Not in the catalog', c.after->>'category', 'software', 'license'
    from planned c where c.subject = 'license' and c.action = 'add' and ${product} is null order by c.after->>'sku', c.line`)
  await tx.execute(sql`
    insert into licenses (smart_account_id, id, virtual_account_id, product_id, sku, name, category, method, ${columnNames(holding)}, source, as_of)
    select ${accountId}::bigint, c.subject_id, (c.after->>'virtualAccountId')::bigint, ${product}, c.after->>'sku', c.after->>'name',
      c.after->>'category', c.after->>'method', ${typed('c.after', holding)}, ${LICENSE_SOURCE}, c.as_of
    from planned c where c.subject = 'license' and c.action = 'add'`)
  await tx.execute(sql`
    update licenses l set (${columnNames(holding)}, fact_sources, version) = (select ${typedOr('c.after', 'l', holding)},
      coalesce(l.fact_sources, '{}') || (select jsonb_object_agg(k, app.fact_source(${LICENSE_SOURCE}, c.as_of, ${id}::bigint))
        from jsonb_object_keys(c.after || '{"quantity": 0}') k), l.version + 1)
    from planned c where c.subject = 'license' and c.action = 'change' and l.smart_account_id = ${accountId} and l.id = c.subject_id`)
  await replaceTerms(tx, accountId)
}

/** Takes away the terms that are not said any more and adds the new ones; those that stay keep their order lines. */
async function replaceTerms(tx: Writer, accountId: number): Promise<void> {
  const had = sql`
    select t.id, t.license_id, ${keptWords} as term, row_number() over (partition by t.license_id, ${keptWords} order by t.id) as n
    from license_terms t join planned c on c.subject = 'license' and c.subject_id = t.license_id and c.after ? 'terms'
    left join subscriptions s on s.smart_account_id = t.smart_account_id and s.id = t.subscription_id
    where t.smart_account_id = ${accountId}`
  const wanted = sql`
    select c.subject_id as license_id, w.term, row_number() over (partition by c.subject_id, w.term) as n
    from planned c cross join lateral jsonb_array_elements_text(c.after->'terms') w (term) where c.subject = 'license'`
  await tx.execute(sql`
    delete from license_terms x where x.smart_account_id = ${accountId} and x.id in (
      select h.id from (${had}) h where not exists (
        select from (${wanted}) w where w.license_id = h.license_id and w.term = h.term and w.n = h.n))`)
  await tx.execute(sql`
    insert into license_terms (smart_account_id, license_id, quantity, type, start_date, end_date, subscription_id)
    select ${accountId}::bigint, w.license_id, split_part(w.term, ' ', 1)::integer, split_part(w.term, ' ', 2),
      nullif(split_part(w.term, ' ', 3), 'always')::date, nullif(split_part(w.term, ' ', 5), 'open')::date,
      (select s.id from subscriptions s where s.smart_account_id = ${accountId} and s.number = nullif(split_part(w.term, ' ', 6), ''))
    from (${wanted}) w where not exists (
      select from (${had}) h where h.license_id = w.license_id and h.term = w.term and h.n = w.n)`)
}
