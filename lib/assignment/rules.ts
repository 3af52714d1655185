import 'server-only'
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { assignmentRules as r } from '@/db/schema/assignment'
import { devices as d } from '@/db/schema/devices'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { writeFresh } from '@/lib/administration/fresh'
import { Invalid, NotFound } from '@/lib/errors'
import { keepPlan } from './draft'
import type { RuleField } from './rule-fields'

export type Rule = { id: number; field: RuleField; value: string; virtualAccountId: number; waiting: number }

/** Beyond it the first rule that fits would be looked for too long. */
export const RULES_AT_MOST = 200

const COLUMNS = {
  country: d.country,
  site: d.siteName,
  family: d.family,
  order: d.salesOrderNumber,
  customer_order: d.customerOrderNumber,
} as const

/** Whether a device has the value of a rule. */
export const fits = (field: SQL, value: SQL): SQL =>
  sql`case ${field} ${sql.join(
    Object.entries(COLUMNS).map(([name, column]) => sql`when ${name} then ${column} = ${value}`),
    sql` `,
  )} end`

/** Devices that wait: in no Virtual Account, or in DEFAULT. */
function isWaiting(viewer: Viewer): SQL {
  const places = viewer.virtualAccounts.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  return sql`(${inScope(viewer, d)} and (${d.virtualAccountId} is null or ${d.virtualAccountId} = any (${`{${places.join(',')}}`}::bigint[])))`
}

/** Whether the viewer has to do with the rules of the account: who assigns anything in it. */
export const mayRule = (viewer: Viewer): boolean => can(viewer, 'assign', [null])

/** The rules of the account in their order, each with how many devices it would move now, were it alone. */
export async function readRules(viewer: Viewer): Promise<Rule[]> {
  if (!mayRule(viewer)) return []
  return (await asUser(viewer, (reader) =>
    reader.execute(sql`
      with waiting as materialized (
        select ${sql.join(Object.values(COLUMNS), sql`, `)} from ${d} where ${isWaiting(viewer)})
      select ${r.id} as id, ${r.field} as field, ${r.value} as value, ${r.virtualAccountId} as "virtualAccountId",
        (select count(*)::int from waiting devices where ${fits(sql`${r.field}`, sql`${r.value}`)}) as waiting
      from ${r} where ${r.smartAccountId} = ${viewer.account.id} order by ${r.id}`),
  )) as unknown as Rule[]
}

/** A new rule of the account, after those that are there. Throws Invalid where there is one for this value. */
export function addRule(viewer: Viewer, rule: { field: RuleField; value: string; target: number }, key: string) {
  const idempotency = { key: `rule:${viewer.account.id}:${key}`, request: rule }
  return writeFresh(viewer, { permission: 'assign', idempotency }, async (tx, fresh) => {
    if (!mayRule(fresh)) throw new NotFound('There is no such place.')
    if (!fresh.virtualAccounts.some(({ id }) => id === rule.target)) throw new NotFound('There is no such place.')
    const [made] = await tx
      .insert(r)
      .values({
        smartAccountId: viewer.account.id,
        ...{ field: rule.field, value: rule.value, virtualAccountId: rule.target },
      })
      .onConflictDoNothing()
      .returning({ id: r.id })
    if (!made) throw new Invalid(['There is a rule for this value already. Delete it first.'])
    const [counted] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(r)
      .where(eq(r.smartAccountId, viewer.account.id))
    if ((counted?.n ?? 0) > RULES_AT_MOST) throw new Invalid([`An account has ${RULES_AT_MOST} rules at most.`])
    return {
      result: made,
      events: [
        {
          ...{ type: 'assignment-rules.created' as const, subject: 'assignment_rule', subjectId: made.id },
          ...{ virtualAccountIds: [rule.target], detail: { field: rule.field, target: rule.target } },
        },
      ],
    }
  })
}

/** Takes a rule away; what it moved stays where it is. */
export function removeRule(viewer: Viewer, id: number, key: string): Promise<{ id: number }> {
  const idempotency = { key: `rule:${viewer.account.id}:${id}:${key}`, request: { id } }
  return writeFresh(viewer, { permission: 'assign', idempotency }, async (tx, fresh) => {
    if (!mayRule(fresh)) throw new NotFound('There is no such rule.')
    const [gone] = await tx
      .delete(r)
      .where(and(eq(r.smartAccountId, viewer.account.id), eq(r.id, id)))
      .returning()
    if (!gone) throw new NotFound('There is no such rule.')
    return {
      result: { id },
      events: [
        {
          ...{ type: 'assignment-rules.deleted' as const, subject: 'assignment_rule', subjectId: id },
          virtualAccountIds: [gone.virtualAccountId],
          detail: { field: gone.field, target: gone.virtualAccountId },
        },
      ],
    }
  })
}

/** A plan of what a rule moves now, or all of them do: of several that fit a device the oldest. */
export async function planRules(viewer: Viewer, id: number | null): Promise<number> {
  if (!mayRule(viewer)) throw new NotFound('There is no such rule.')
  const rows = await asUser(viewer, (reader) =>
    reader
      .select({ id: r.id })
      .from(r)
      .where(and(eq(r.smartAccountId, viewer.account.id), id === null ? undefined : eq(r.id, id)))
      .orderBy(asc(r.id)),
  )
  if (rows.length === 0) throw new NotFound('There is no such rule.')
  const which = id === null ? sql`true` : sql`${r.id} = ${id}`
  const wanted = sql`
    select 'device'::text as subject, ${d.id} as id, x.to_id, null::integer as quantity, null::text as blocked from ${d} cross join lateral (
      select ${r.virtualAccountId} as to_id from ${r}
      where ${r.smartAccountId} = ${viewer.account.id} and ${which} and ${fits(sql`${r.field}`, sql`${r.value}`)}
      order by ${r.id} limit 1) x
    where ${isWaiting(viewer)}`
  return keepPlan(viewer, wanted, { origin: { kind: 'rule', ...(id !== null && { id }) }, withLines: true })
}
