import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type ColumnType, columnNames, jsonOf, typed, typedOr } from './plan-columns'
import { planRows } from './plan-rows'
import type { Run } from './schema'

export const LIFECYCLE_SOURCE = 'Lifecycle file'
export type LifecycleSource = 'EoX' | typeof LIFECYCLE_SOURCE

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

/**
 * What the staged rows of a run would do to the account's own lifecycle facts, and with them to its devices. All facts of
 * a PID come from one source: the bulletin.
 */
export function planLifecycles(run: Run, source: LifecycleSource): SQL {
  const { accountId } = run
  const plan = planRows(run, {
    subject: 'lifecycle',
    source,
    judged: sql`
      select r.line, r.key, r.problem, a.id, '{}'::jsonb as sources, r.data - 'about' as wanted,
        case when starts_with(a.source, 'EoX') then 'EoX' else ${LIFECYCLE_SOURCE} end as source,
        case when a.id is not null then jsonb_build_object('pid', a.pid, ${jsonOf('a', columns)}) end as current
      from staged_rows r left join account_lifecycles a on a.smart_account_id = ${accountId} and a.pid = r.key`,
  })
  return sql`
    with own as materialized (${plan}),
    wanted as (
      select r.line, r.key as pid, coalesce((o.after->>'endOfSale')::date, f.end_of_sale) as end_of_sale,
        coalesce((o.after->>'endOfSwMaintenance')::date, f.end_of_sw_maintenance) as end_of_sw_maintenance,
        coalesce((o.after->>'endOfSecuritySupport')::date, f.end_of_security_support) as end_of_security_support,
        coalesce((o.after->>'endOfContractRenewal')::date, f.end_of_contract_renewal) as end_of_contract_renewal,
        coalesce((o.after->>'lastDateOfSupport')::date, f.last_date_of_support) as last_date_of_support
      from staged_rows r left join own o on o.line = r.line and o.action in ('add', 'change')
      cross join lateral app.lifecycle_of(${accountId}, r.key) f where r.problem is null)
    select * from own
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
  select w.line, w.pid as key, 'change' as action, 'device' as subject, d.id as subject_id, null::text as problem, x.before, x.after,
    null::text as field
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
export async function applyLifecycles(tx: Writer, run: Run, source: LifecycleSource): Promise<void> {
  const newOrKept = Object.keys(columns).map((key) => {
    const column = columnNames({ [key]: 'text' })
    return sql`${column} = coalesce(excluded.${column}, a.${column})`
  })
  const named = (bulletin: SQL) =>
    source === 'EoX'
      ? sql`'EoX' || coalesce(' bulletin ' || ${bulletin}, '')`
      : sql`coalesce('Bulletin ' || ${bulletin}, ${source})`
  await tx.execute(sql`
    insert into account_lifecycles as a (smart_account_id, id, pid, ${columnNames(columns)}, source, as_of, import_run_id)
    select ${run.accountId}::bigint, c.subject_id, c.key, ${typed('c.after', columns)},
      ${named(sql`(c.after->>'bulletin')`)}, c.as_of, ${run.id}::bigint
    from planned c where c.subject = 'lifecycle' order by c.key
    on conflict (smart_account_id, pid) do update set ${sql.join(newOrKept, sql`, `)}, as_of = excluded.as_of, import_run_id = excluded.import_run_id,
      source = case when starts_with(a.source, 'EoX') and ${source} <> 'EoX' then a.source
        else ${named(sql`coalesce(excluded.bulletin, a.bulletin)`)} end`)
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
