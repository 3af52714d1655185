import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type ColumnType, columnNames, jsonOf, typed, typedOr } from './plan-columns'
import type { Run } from './schema'

export const LIFECYCLE_SOURCE = 'Lifecycle file'

/** The dates that devices repeat. */
export const deviceDates = {
  endOfSale: 'date',
  endOfSwMaintenance: 'date',
  endOfSecuritySupport: 'date',
  endOfContractRenewal: 'date',
  lastDateOfSupport: 'date',
} as const satisfies Record<string, ColumnType>

export const lifecycleDates = { announced: 'date', ...deviceDates } as const satisfies Record<string, ColumnType>

const columns = { category: 'text', series: 'text', bulletin: 'text', ...lifecycleDates } as const

/** What the staged rows of a run would do to the account's own lifecycle facts, and with them to its devices. */
export function planLifecycles({ accountId }: Run): SQL {
  return sql`
    with given as (
      select r.line, r.key, r.problem, r.data from staged_rows r),
    met as (
      select g.*, a.id, case when a.id is not null then jsonb_build_object('pid', a.pid, ${jsonOf('a', columns)}) end as current
      from given g left join account_lifecycles a on a.smart_account_id = ${accountId} and a.pid = g.key),
    wanted as (
      select g.line, g.key as pid, coalesce((g.data->>'endOfSale')::date, f.end_of_sale) as end_of_sale,
        coalesce((g.data->>'endOfSwMaintenance')::date, f.end_of_sw_maintenance) as end_of_sw_maintenance,
        coalesce((g.data->>'endOfSecuritySupport')::date, f.end_of_security_support) as end_of_security_support,
        coalesce((g.data->>'endOfContractRenewal')::date, f.end_of_contract_renewal) as end_of_contract_renewal,
        coalesce((g.data->>'lastDateOfSupport')::date, f.last_date_of_support) as last_date_of_support
      from given g cross join lateral app.lifecycle_of(${accountId}, g.key) f where g.problem is null)
    select m.line, m.key, case when m.problem is not null then 'reject' when m.id is null then 'add' else 'change' end as action,
      'lifecycle' as subject, case when m.problem is null then m.id end as subject_id, m.problem, x.before, x.after
    from met m
    left join lateral (
      select case when m.id is not null then jsonb_object_agg(w.key, m.current->w.key) end as before,
        case when m.id is not null then jsonb_object_agg(w.key, w.value) else m.data end as after
      from jsonb_each(m.data) w where m.id is null or w.value is distinct from m.current->w.key) x on m.problem is null
    where m.problem is not null or m.id is null or m.current || m.data <> m.current
    union all
    select * from (${deviceChanges(accountId, sql`select * from wanted`)}) devices`
}

/** What the catalogue's dates, as they now stand, would change in an account's devices of these PIDs. */
export function planFromCatalogue({ accountId }: Run, pids: readonly string[]): SQL {
  return deviceChanges(
    accountId,
    sql`select 0 as line, p.pid, f.* from jsonb_array_elements_text(${JSON.stringify(pids)}::jsonb) p (pid)
      cross join lateral app.lifecycle_of(${accountId}, p.pid) f`,
  )
}

/** Devices whose dates differ from the wanted ones of their PID; a date that is not known takes none away. */
const deviceChanges = (accountId: number, wanted: SQL): SQL => sql`
  select w.line, w.pid as key, 'change' as action, 'device' as subject, d.id as subject_id, null::text as problem, x.before, x.after
  from (${wanted}) w join devices d on d.smart_account_id = ${accountId} and d.pid = w.pid
  cross join lateral (
    select jsonb_object_agg(n.key, o.value) as before, jsonb_object_agg(n.key, n.value) as after
    from jsonb_each(jsonb_build_object(${jsonOf('w', deviceDates)})) n
    join jsonb_each(jsonb_build_object(${jsonOf('d', deviceDates)})) o on o.key = n.key
    where n.value <> 'null' and n.value <> o.value) x
  where (w.end_of_sale, w.end_of_sw_maintenance, w.end_of_security_support, w.end_of_contract_renewal, w.last_date_of_support)
      is distinct from (d.end_of_sale, d.end_of_sw_maintenance, d.end_of_security_support, d.end_of_contract_renewal, d.last_date_of_support)
    and x.after is not null`

/** Does what the plan of a run says. The devices to change must be locked and the plan found unchanged. */
export async function applyLifecycles(tx: Writer, run: Run): Promise<void> {
  const newOrKept = Object.keys(columns).map((key) => {
    const column = columnNames({ [key]: 'text' })
    return sql`${column} = coalesce(excluded.${column}, a.${column})`
  })
  await tx.execute(sql`
    insert into account_lifecycles as a (smart_account_id, id, pid, ${columnNames(columns)}, source, as_of, import_run_id)
    select ${run.accountId}::bigint, c.subject_id, c.key, ${typed('c.after', columns)},
      coalesce('Bulletin ' || (c.after->>'bulletin'), ${LIFECYCLE_SOURCE}), ${run.at}::timestamptz, ${run.id}::bigint
    from planned c where c.subject = 'lifecycle' order by c.key
    on conflict (smart_account_id, pid) do update set ${sql.join(newOrKept, sql`, `)}, as_of = excluded.as_of, import_run_id = excluded.import_run_id,
      source = coalesce('Bulletin ' || coalesce(excluded.bulletin, a.bulletin), excluded.source)`)
  await applyDeviceDates(tx, run)
}

/** Writes the planned dates into the devices, each with the source that it now has. */
export async function applyDeviceDates(tx: Writer, run: Run): Promise<void> {
  await tx.execute(sql`
    update devices d set (${columnNames(deviceDates)}, fact_sources, version) = (select ${typedOr('c.after', 'd', deviceDates)},
      nullif(coalesce(d.fact_sources, '{}') || (select coalesce(jsonb_object_agg(k, f.sources->k), '{}')
        from app.lifecycle_of(${run.accountId}, c.key) f, jsonb_object_keys(c.after) k where f.sources ? k), '{}'), d.version + 1)
    from planned c
    where c.subject = 'device' and d.smart_account_id = ${run.accountId} and d.id = c.subject_id`)
}
