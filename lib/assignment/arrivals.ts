import 'server-only'
import { sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { virtualAccounts } from '@/db/schema/accounts'
import { assignmentRules as r } from '@/db/schema/assignment'
import { devices as d } from '@/db/schema/devices'
import type { Logged } from '@/lib/changes/write'
import { fits } from './rules'

type Moved = { rule: number; from: number | null; to: number; devices: number; lines: number }

/**
 * Puts the devices that an import has just added, as the temporary table `planned` names them, where the oldest rule that fits
 * says that they belong, with the products in contracts that came with them. Only those that are in no Virtual Account or in
 * DEFAULT. Gives what is logged: for each rule an assignment of its own, which can be taken back like any other.
 */
export async function placeArrivals(tx: Writer, account: number): Promise<Logged[]> {
  const [ruled] = (await tx.execute(
    sql`select 1 from ${r} where ${r.smartAccountId} = ${account} limit 1`,
  )) as unknown as unknown[]
  if (!ruled) return []
  await tx.execute(sql`
    create temporary table arrived on commit drop as
    select ${d.id} as id, ${d.virtualAccountId} as from_id, x.to_id, x.rule_id from ${d}
    join planned p on p.subject = 'device' and p.action = 'add' and p.subject_id = ${d.id}
    cross join lateral (
      select ${r.id} as rule_id, ${r.virtualAccountId} as to_id from ${r}
      where ${r.smartAccountId} = ${account} and ${fits(sql`${r.field}`, sql`${r.value}`)} order by ${r.id} limit 1) x
    where ${d.smartAccountId} = ${account} and x.to_id is distinct from ${d.virtualAccountId} and (${d.virtualAccountId} is null or ${d.virtualAccountId} in (
      select ${virtualAccounts.id} from ${virtualAccounts} where ${virtualAccounts.smartAccountId} = ${account} and ${virtualAccounts.isDefault}))`)
  await tx.execute(sql`
    create temporary table arrived_lines on commit drop as
    select c.id, a.from_id, a.to_id, a.rule_id from arrived a
    join contract_lines c on c.smart_account_id = ${account} and c.device_id = a.id and c.virtual_account_id is not distinct from a.from_id`)
  for (const [table, moved] of [
    ['devices', 'arrived'],
    ['contract_lines', 'arrived_lines'],
  ] as const)
    await tx.execute(sql`
      update ${sql.identifier(table)} t set virtual_account_id = a.to_id from ${sql.identifier(moved)} a
      where t.smart_account_id = ${account} and t.id = a.id`)
  const moved = (await tx.execute(sql`
    select a.rule_id as rule, a.from_id as "from", a.to_id as "to", count(*)::int as devices,
      (select count(*)::int from arrived_lines c where c.rule_id = a.rule_id and c.from_id is not distinct from a.from_id) as lines
    from arrived a group by 1, 2, 3 order by 1, 2`)) as unknown as Moved[]
  return moved.map(loggedOf)
}

function loggedOf({ rule, from, to, devices, lines }: Moved): Logged {
  const totals = { devices, ...(lines > 0 && { contractLines: lines }) }
  const which = sql`x.rule_id = ${rule} and x.from_id is not distinct from ${from}::bigint`
  return {
    changeSet: {
      kind: 'assignment',
      summary: { ...totals, places: [from, to], origin: 'rule' },
      items: sql`
        select row_number() over (order by i.subject desc, i.id)::int as position, i.subject, i.id as subject_id,
          jsonb_build_object('virtualAccountId', i.from_id) as before, jsonb_build_object('virtualAccountId', i.to_id) as after
        from (select 'device'::text as subject, x.id, x.from_id, x.to_id from arrived x where ${which}
          union all select 'contract_line', x.id, x.from_id, x.to_id from arrived_lines x where ${which}) i`,
    },
    events: [
      {
        ...{ type: 'devices.assigned', subject: 'assignment_rule', subjectId: rule },
        virtualAccountIds: [...(from === null ? [] : [from]), to],
        detail: { ...totals, from, to },
      },
    ],
  }
}
