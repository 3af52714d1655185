import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { matchedRows } from './device-match'
import { applyDevices, planDevices } from './device-plan'
import { type ColumnType, columnNames, jsonOf, typed, typedOr } from './plan-columns'
import { planRows } from './plan-rows'
import type { Run } from './schema'

export const CONTRACT_SOURCE = 'CCW-R contract lines'

const contractColumns = {
  serviceLevel: 'text',
  billToName: 'text',
  startDate: 'date',
  endDate: 'date',
} as const satisfies Record<string, ColumnType>

const lineColumns = { serviceLevel: 'text', startDate: 'date', endDate: 'date' } as const satisfies Record<
  string,
  ColumnType
>

/** Contracts by their numbers, their lines by contract, device and service, and the coverage of the devices by what ends last. */
export function planContractLines(run: Run): SQL {
  const { accountId } = run
  const contracts = planRows(run, {
    subject: 'contract',
    source: CONTRACT_SOURCE,
    judged: sql`
      select g.line, g.number as key, c.id, null::text as problem, c.fact_sources as sources, c.source,
        case when c.id is not null then jsonb_build_object('number', c.number, ${jsonOf('c', contractColumns)}) end as current,
        jsonb_strip_nulls(jsonb_build_object('number', g.number, 'serviceLevel', g.level, 'billToName', g.bill_to,
          'startDate', least(g.starts, c.start_date), 'endDate', greatest(g.ends, c.end_date))) as wanted
      from (select min(m.line) as line, m.data->>'contractNumber' as number, mode() within group (order by m.data->>'serviceLevel') as level,
          max(m.about->>'billTo') as bill_to, min((m.data->>'coverageStart')::date) as starts, max((m.data->>'coverageEnd')::date) as ends
        from matched m where m.problem is null group by 2) g
      left join contracts c on c.smart_account_id = ${accountId} and c.number = g.number`,
  })
  const lines = planRows(run, {
    subject: 'contract_line',
    source: CONTRACT_SOURCE,
    speaker: sql`'endDate'`,
    judged: sql`
      select m.line, m.key, k.id, m.problem, k.fact_sources as sources, k.source,
        case when k.id is not null then jsonb_build_object(${jsonOf('k', lineColumns)}) end as current,
        jsonb_build_object('serviceLevel', m.data->'serviceLevel', 'startDate', m.data->'coverageStart', 'endDate', m.data->'coverageEnd')
          || case when k.id is null then jsonb_build_object('number', m.data->'contractNumber', 'serviceSku', m.about->'sku', 'deviceId', m.id)
            else '{}' end as wanted
      from matched m left join lateral (
        select k.* from contract_lines k where k.smart_account_id = ${accountId} and k.device_id = m.id
          and k.contract_number = m.data->>'contractNumber' and k.service_sku = m.about->>'sku' order by k.id limit 1) k on true`,
  })
  const covered = sql`
    select distinct on (m.id) m.line, m.key, m.problem, m.data, m.about, m.id from matched m where m.problem is null
    order by m.id, m.data->>'coverageEnd' desc, m.line`
  return sql`
    with all_matched as (${matchedRows(run)}),
    matched as materialized (
      select m.line, m.key, m.data, m.about, m.id, coalesce(m.problem, case when row_number() over (
        partition by m.id, m.data->>'contractNumber', m.about->>'sku', m.problem order by m.line) > 1
        then 'The same line stands in the file already.' end) as problem
      from all_matched m)
    select * from (${contracts}) contracts union all select * from (${lines}) lines
    union all select * from (${planDevices(run, CONTRACT_SOURCE, covered)}) covered`
}

/** Does what the plan of a run says. The things to change must be locked and the plan found unchanged. */
export async function applyContractLines(tx: Writer, run: Run): Promise<void> {
  const { accountId } = run
  await tx.execute(sql`
    insert into contracts (smart_account_id, id, number, ${columnNames(contractColumns)}, source, as_of)
    select ${accountId}::bigint, c.subject_id, c.key, ${typed('c.after', contractColumns, { billToName: sql`''` })}, ${CONTRACT_SOURCE}, c.as_of
    from planned c where c.subject = 'contract' and c.action = 'add'`)
  await change(tx, run, 'contract', 'contracts', contractColumns)
  await tx.execute(sql`
    insert into contract_lines (smart_account_id, id, contract_id, contract_number, device_id, virtual_account_id, service_sku, architecture, country,
      ${columnNames(lineColumns)}, source, as_of)
    select ${accountId}::bigint, c.subject_id, o.id, o.number, d.id, d.virtual_account_id, c.after->>'serviceSku', d.architecture, d.country,
      ${typed('c.after', lineColumns)}, ${CONTRACT_SOURCE}, c.as_of
    from planned c
    join contracts o on o.smart_account_id = ${accountId} and o.number = c.after->>'number'
    join devices d on d.smart_account_id = ${accountId} and d.id = (c.after->>'deviceId')::bigint
    where c.subject = 'contract_line' and c.action = 'add'`)
  await change(tx, run, 'contract_line', 'contract_lines', lineColumns)
  await applyDevices(tx, run, CONTRACT_SOURCE)
}

async function change(
  tx: Writer,
  { accountId, id }: Run,
  subject: string,
  table: string,
  columns: Record<string, ColumnType>,
): Promise<void> {
  await tx.execute(sql`
    update ${sql.raw(table)} t set (${columnNames(columns)}, fact_sources, version) = (select ${typedOr('c.after', 't', columns)},
      coalesce(t.fact_sources, '{}') || (select jsonb_object_agg(k, app.fact_source(${CONTRACT_SOURCE}, c.as_of, ${id}::bigint))
        from jsonb_object_keys(c.after) k), t.version + 1)
    from planned c where c.subject = ${subject} and c.action = 'change' and t.smart_account_id = ${accountId} and t.id = c.subject_id`)
}
