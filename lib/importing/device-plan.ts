import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { deviceDates } from './lifecycle-plan'
import { type ColumnType, columnNames, jsonOf, typed, typedOr } from './plan-columns'
import { planRows } from './plan-rows'
import type { Run } from './schema'
import type { Source } from './trust'

/** The columns of a device that an import may set. */
const columns: Record<string, ColumnType> = {
  name: 'text',
  serialNumber: 'text',
  pid: 'text',
  description: 'text',
  family: 'text',
  architecture: 'text',
  assetType: 'text',
  identifiers: 'jsonb',
  parentInstanceNumber: 'text',
  softwareVersion: 'text',
  siteId: 'text',
  siteName: 'text',
  address: 'text',
  city: 'text',
  state: 'text',
  country: 'text',
  postalCode: 'text',
  contractNumber: 'text',
  serviceLevel: 'text',
  coverageStart: 'date',
  coverageEnd: 'date',
  warrantyType: 'text',
  warrantyEnd: 'date',
  orderLineId: 'bigint',
  salesOrderNumber: 'text',
  customerOrderNumber: 'text',
  shipDate: 'date',
  ...deviceDates,
}

/** A family or architecture for a PID that nobody has described yet. */
const UNKNOWN = 'Not in the catalog'
const ARCHITECTURES = sql.raw(`case l.category
  when 'Routers' then 'Networking' when 'Switches' then 'Networking' when 'Wireless' then 'Wireless' when 'Security' then 'Security'
  when 'Unified Communications' then 'Collaboration' when 'Collaboration Endpoints and Phones' then 'Collaboration' end`)

const names = (of: Record<string, unknown>) =>
  sql.raw(
    Object.keys(of)
      .map((key) => `'${key}'`)
      .join(', '),
  )

/** What follows from the PID or the order, and is not said by itself. */
const FOLLOWS_PID = names({ description: 0, family: 0, architecture: 0, assetType: 0 })
const NOT_SAID = sql`${FOLLOWS_PID}, 'orderLineId', 'virtualAccountId', 'instanceNumber'`

/** A coverage is one fact, and so is a PID with all that it brings. */
const SPEAKER = sql`case
  when w.key in (${FOLLOWS_PID}) then 'pid'
  when w.key in (${names(deviceDates)}) and j.wanted ? 'pid' and j.wanted->'pid' <> j.current->'pid' then 'pid'
  when w.key in ('serviceLevel', 'coverageStart', 'coverageEnd') then 'contractNumber'
  when w.key = 'orderLineId' and j.wanted->'salesOrderNumber' <> j.current->'salesOrderNumber' then 'salesOrderNumber'
  else w.key end`

/** The staged rows with the devices of their instance numbers. */
export const byInstanceNumber = ({ accountId }: Run): SQL => sql`
  select r.line, r.key, r.problem, r.data - 'about' as data, r.data->'about' as about, d.id
  from staged_rows r left join devices d on d.smart_account_id = ${accountId} and d.instance_number = r.key`

/**
 * What rows would do to the account's devices: rows that add, change, differ or are refused. `found` is a select of (line,
 * key, problem, data, about, id): what is said of each device, by the names of its columns; without an id it is a new one
 * whose instance number is the key. Every lookup goes by an index of its own, because nothing is known yet of how many
 * rows were staged.
 */
export function planDevices(run: Run, source: Source, found: SQL): SQL {
  const { accountId } = run
  const judged = sql`
    with recursive given as (
      select r.line, r.key, r.problem, r.data, r.about, r.id, r.data->>'pid' as pid, r.data->>'salesOrderNumber' as sales_order,
        r.data->>'parentInstanceNumber' as parent
      from (${found}) r),
    met as (
      select g.line, g.key, g.parent, d.id, d.parent_instance_number as was_parent, d.fact_sources as sources, d.source,
        case when d.id is not null then jsonb_build_object(${jsonOf('d', columns)}) end as current,
        case when g.pid is distinct from d.pid and g.pid is not null then jsonb_build_object(
          'description', coalesce(c.description, o.description, g.about->'product'->>'description', ''),
          'family', coalesce(c.family, o.family, g.about->'product'->>'family', l.series, ${UNKNOWN}),
          'architecture', coalesce(c.architecture, o.architecture, ${ARCHITECTURES}, ${UNKNOWN}),
          'assetType', coalesce(c.asset_type, o.asset_type, g.about->'product'->>'assetType', 'hardware'),
          ${jsonOf('f', deviceDates)}) else '{}' end
        || g.data
        || case when g.pid is distinct from d.pid and g.pid is not null
          then jsonb_strip_nulls(jsonb_build_object(${jsonOf('f', deviceDates)})) else '{}' end
        || case when g.sales_order is not null and (d.order_line_id is null or d.sales_order_number is distinct from g.sales_order)
          then jsonb_build_object('orderLineId', s.id) else '{}' end
        || case when d.id is null and v.id is not null then jsonb_build_object('virtualAccountId', v.id) else '{}' end as wanted,
        coalesce(g.problem, case
          when d.id is null and g.pid is null then 'Product Number is empty, which a new device needs.'
          when g.about->>'virtualAccount' is not null and v.id is null
            then 'This Smart Account has no Virtual Account “' || left(g.about->>'virtualAccount', 60) || '”.'
        end) as problem
      from given g
      left join devices d on d.smart_account_id = ${accountId} and d.id = g.id
      left join virtual_accounts v on v.smart_account_id = ${accountId} and v.name = g.about->>'virtualAccount'
      left join products c on c.smart_account_id is null and c.pid = g.pid
      left join products o on o.smart_account_id = ${accountId} and o.pid = g.pid and c.id is null
      left join account_lifecycles l on l.smart_account_id = ${accountId} and l.pid = g.pid
      cross join lateral app.lifecycle_of(${accountId}, g.pid) f
      left join lateral (
        select ol.id from orders so join order_lines ol on ol.smart_account_id = so.smart_account_id and ol.order_id = so.id
        where so.smart_account_id = ${accountId} and so.number = g.sales_order and ol.pid = coalesce(g.pid, d.pid)
        order by ol.line_number, ol.id limit 1) s on g.sales_order is not null),
    climb (line, start, at, depth) as (
      select m.line, m.key, m.parent, 1 from met m
      where m.problem is null and m.parent is not null and m.parent is distinct from m.was_parent
      union all
      select b.line, b.start, n.parent, b.depth + 1 from climb b
      cross join lateral (select coalesce(
        (select r.data->>'parentInstanceNumber' from staged_rows r where r.key = b.at and r.problem is null),
        (select d.parent_instance_number from devices d where d.smart_account_id = ${accountId} and d.instance_number = b.at)) as parent) n
      where b.at <> b.start and b.depth < 16 and n.parent is not null)
    select m.line, m.key, m.id, m.sources, m.source, m.current,
      m.wanted - case when m.id is null then '' else 'instanceNumber' end as wanted,
      case when exists (select from climb b where b.line = m.line and b.at = b.start)
        then 'Parent Instance Number leads back to the device itself.' else m.problem end as problem
    from met m`
  return planRows(run, { subject: 'device', source, judged, speaker: SPEAKER })
}

const product = (accountId: number, pid: SQL) => sql`(
  select p.id from products p where p.pid = ${pid} and (p.smart_account_id is null or p.smart_account_id = ${accountId})
  order by p.smart_account_id nulls first limit 1)`

/** Does what the plan of a run says. The devices to change must be locked and the plan found unchanged. */
export async function applyDevices(tx: Writer, { accountId, id }: Run, source: Source): Promise<void> {
  const parent = sql`coalesce(
    (select n.subject_id from planned n where n.subject = 'device' and n.key = c.after->>'parentInstanceNumber' and n.action = 'add'),
    (select p.id from devices p where p.smart_account_id = ${accountId} and p.instance_number = c.after->>'parentInstanceNumber'))`
  await tx.execute(sql`
    insert into products (smart_account_id, pid, description, family, architecture, asset_type, kind)
    select distinct on (c.after->>'pid') ${accountId}::bigint, c.after->>'pid', c.after->>'description', c.after->>'family',
      c.after->>'architecture', c.after->>'assetType', 'device'
    from planned c where c.subject = 'device' and c.after ? 'pid' and ${product(accountId, sql`c.after->>'pid'`)} is null
    order by c.after->>'pid', c.line`)
  await tx.execute(sql`
    insert into devices (smart_account_id, id, virtual_account_id, instance_number, product_id, parent_id, ${columnNames(columns)},
      source, as_of, fact_sources)
    select ${accountId}::bigint, c.subject_id, (c.after->>'virtualAccountId')::bigint, c.key,
      ${product(accountId, sql`c.after->>'pid'`)}, ${parent}, ${typed('c.after', columns, { country: sql`''` })},
      ${source}, c.as_of, nullif(f.sources, '{}')
    from planned c cross join lateral app.lifecycle_of(${accountId}, c.after->>'pid') f
    where c.subject = 'device' and c.action = 'add'`)
  await tx.execute(sql`
    update devices d set (product_id, parent_id, ${columnNames(columns)}, fact_sources, version) = (select
      case when c.after ? 'pid' then ${product(accountId, sql`c.after->>'pid'`)} else d.product_id end,
      case when c.after ? 'parentInstanceNumber' then ${parent} else d.parent_id end, ${typedOr('c.after', 'd', columns)},
      nullif(coalesce(d.fact_sources, '{}') - case when c.after ? 'pid' then array[${names(deviceDates)}] else '{}' end
        || (select coalesce(jsonb_object_agg(k.key, app.fact_source(${source}, c.as_of, ${id}::bigint)), '{}')
          from jsonb_each(c.after) k where k.value <> 'null' and k.key not in (${NOT_SAID}))
        || case when c.after ? 'pid' then (select f.sources from app.lifecycle_of(${accountId}, c.after->>'pid') f) else '{}' end, '{}'),
      d.version + 1)
    from planned c
    where c.subject = 'device' and c.action = 'change' and d.smart_account_id = ${accountId} and d.id = c.subject_id`)
  // Children that came before their parent.
  await tx.execute(sql`
    update devices d set parent_id = c.subject_id, version = d.version + 1 from planned c
    where c.subject = 'device' and c.action = 'add' and d.smart_account_id = ${accountId} and d.parent_instance_number = c.key and d.parent_id is null`)
}
