import 'server-only'
import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type PlanOrigin, assignmentPlans as plans } from '@/db/schema/assignment'
import { writeAsUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { Invalid } from '@/lib/errors'
import type { ChosenRows } from '@/lib/resources/chosen-rows'
import { chosenIds } from '@/lib/resources/chosen-rows'
import { ASSIGNED_TABLES, type AssignedSubject } from './assigned-tables'
import { inScopeNamed } from './named-scope'
import { wantedOfOrders } from './order-parts'

/** Things at once: beyond it an account is moved by its Virtual Accounts, not thing by thing. */
export const PLAN_AT_MOST = 50_000
export const PLAN_KEPT_MS = 24 * 60 * 60 * 1000

/** What a person wants moved, by its id and kind; `quantity` of a license, null = all that can move. */
export type Wanted = { subject: AssignedSubject; id: number; to: number; quantity: number | null }

export type DraftOptions = {
  origin: PlanOrigin
  /** What was given and is nothing that can be planned, one sentence each. */
  problems?: readonly string[]
  /** Contract lines that cover the devices go with them. */
  withLines?: boolean
}

/** What the lists of assets are about, as plans call it. */
export const SUBJECT_OF: Readonly<Record<string, AssignedSubject>> = {
  devices: 'device',
  licensing: 'license',
  contracts: 'contract_line',
  subscriptions: 'subscription_line',
}

/** A plan to move the chosen rows of a list, as far as the viewer sees them. `quantities` are of licenses, by id. */
export function draftOfRows(
  viewer: Viewer,
  rows: ChosenRows,
  to: number,
  quantities: ReadonlyMap<number, number>,
  options: DraftOptions,
): Promise<number> {
  if (rows.tab === 'orders') return keepPlan(viewer, wantedOfOrders(viewer, chosenIds(viewer, rows), to), options)
  const subject = SUBJECT_OF[rows.tab]
  if (!subject || rows.resource.view) throw new Invalid(['These rows are in no Virtual Account.'])
  const given = JSON.stringify([...quantities].map(([id, quantity]) => ({ id, quantity })))
  const wanted = sql`select ${subject}::text as subject, i.id, ${to}::bigint as to_id, q.quantity, null::text as blocked from (${chosenIds(viewer, rows)}) i
    left join jsonb_to_recordset(${given}::jsonb) q (id bigint, quantity integer) on q.id = i.id`
  return keepPlan(viewer, wanted, options)
}

/** A plan to move what a file, a rule or a finder named. */
export function draftOfList(viewer: Viewer, list: readonly Wanted[], options: DraftOptions): Promise<number> {
  const given = JSON.stringify(list.map(({ to, ...one }) => ({ ...one, to_id: to })))
  const wanted = sql`select subject, id, to_id, quantity, null::text as blocked
    from jsonb_to_recordset(${given}::jsonb) w (subject text, id bigint, to_id bigint, quantity integer)`
  return keepPlan(viewer, wanted, options)
}

/** A plan of what a select of (subject, id, to_id, quantity, blocked: why it stays) gives. A draft of the person's own: nothing changes, no event. */
export function keepPlan(viewer: Viewer, wanted: SQL, { origin, problems = [], withLines }: DraftOptions) {
  return writeAsUser(viewer, async (tx) => {
    const old = new Date(now().getTime() - PLAN_KEPT_MS)
    await tx
      .delete(plans)
      .where(and(eq(plans.smartAccountId, viewer.account.id), eq(plans.userId, viewer.id), lt(plans.createdAt, old)))
    const [plan] = await tx
      .insert(plans)
      .values({
        ...{ smartAccountId: viewer.account.id, userId: viewer.id, origin, problems: [...problems], createdAt: now() },
      })
      .returning({ id: plans.id })
    const id = plan?.id ?? 0
    await tx.execute(sql`create temporary table wanted on commit drop as ${wanted} limit ${PLAN_AT_MOST + 1}`)
    await tx.execute(sql`analyze wanted`)
    await tx.execute(sql`
      insert into assignment_items (smart_account_id, plan_id, user_id, position, subject, subject_id, follows, from_id, to_id, quantity, version, stays)
      select ${viewer.account.id}::bigint, ${id}::bigint, ${viewer.id}::bigint, row_number() over (order by x.kind, x.follows, x.id),
        x.subject, x.id, x.follows, x.from_id, x.to_id, x.quantity, x.version, x.stays
      from (${itemsOf(viewer, withLines === true)}) x`)
    await refuseTooMany(tx, viewer, id)
    return id
  })
}

async function refuseTooMany(tx: Writer, { account }: Viewer, plan: number): Promise<void> {
  const [row] = (await tx.execute(sql`
    select count(*)::int as n from assignment_items where smart_account_id = ${account.id} and plan_id = ${plan}`)) as unknown as {
    n: number
  }[]
  if ((row?.n ?? 0) === 0) throw new Invalid(['Nothing of what was chosen is there any more, or nothing that you see.'])
  if ((row?.n ?? 0) > PLAN_AT_MOST)
    throw new Invalid([
      `${PLAN_AT_MOST.toLocaleString('en-US')} at once are the most. Narrow the list and move it in parts.`,
    ])
}

/** Whether the viewer may take things out of the Virtual Account of a column. */
function mayLeave(viewer: Viewer, place: SQL): SQL {
  if (can(viewer, 'assign', [null])) return sql`true`
  const mine = viewer.virtualAccounts.filter(({ id }) => can(viewer, 'assign', [id])).map(({ id }) => id)
  return sql`coalesce(${place} = any (${`{${mine.join(',')}}`}::bigint[]), false)`
}

const stays = (
  viewer: Viewer,
) => sql`case when w.blocked is not null then w.blocked when t.virtual_account_id = w.to_id then 'here'
  when not ${mayLeave(viewer, sql`t.virtual_account_id`)} then 'foreign' end`

/** The rows of the plan, by kind: what was wanted and what goes with it, as far as the viewer sees it. */
function itemsOf(viewer: Viewer, withLines: boolean): SQL {
  const seen = inScopeNamed(viewer, 't')
  const own = (subject: AssignedSubject, kind: number) => sql`
    select distinct on (t.id) ${kind}::int as kind, ${subject}::text as subject, t.id, false as follows, t.virtual_account_id as from_id,
      w.to_id, null::integer as quantity, ${ASSIGNED_TABLES[subject].isVersioned ? sql`t.version` : sql`null::integer`} as version,
      ${stays(viewer)} as stays
    from wanted w join ${sql.raw(ASSIGNED_TABLES[subject].table)} t on ${seen} and t.id = w.id
    where w.subject = ${subject}`
  // What a device contains goes with it, as far as it is where the device is, and so in scope as well.
  const family = sql`
    select t.id, t.virtual_account_id, t.version, w.to_id, w.blocked, 0 as depth
    from wanted w join devices t on ${seen} and t.id = w.id where w.subject = 'device'
    union
    select c.id, c.virtual_account_id, c.version, f.to_id, f.blocked, f.depth + 1
    from family f join devices c on c.smart_account_id = ${viewer.account.id} and c.parent_id = f.id
      and c.virtual_account_id is not distinct from f.virtual_account_id where f.depth < 10`
  const devices = sql`
    select distinct on (t.id) 0 as kind, 'device'::text as subject, t.id, t.depth > 0 as follows, t.virtual_account_id as from_id,
      t.to_id, null::integer as quantity, t.version, ${stays(viewer)} as stays
    from family t cross join lateral (select t.to_id as to_id, t.blocked as blocked) w order by t.id, t.depth`
  const covering = sql`
    select distinct on (t.id) 2 as kind, 'contract_line'::text as subject, t.id, true as follows, t.virtual_account_id as from_id,
      w.to_id, null::integer as quantity, t.version, ${stays(viewer)} as stays
    from family w join contract_lines t on ${seen} and t.device_id = w.id
      and t.virtual_account_id is not distinct from w.virtual_account_id`
  const licenses = sql`
    select distinct on (t.id) 1 as kind, 'license'::text as subject, t.id, false as follows, t.virtual_account_id as from_id, w.to_id,
      least(coalesce(w.quantity, t.quantity), greatest(t.quantity - t.reserved, 0)) as quantity, t.version,
      coalesce(${stays(viewer)}, case when t.quantity = 0 then 'none' when t.quantity <= t.reserved then 'held' end) as stays
    from wanted w join licenses t on ${seen} and t.id = w.id where w.subject = 'license'`
  const parts = [
    devices,
    licenses,
    own('contract_line', 2),
    own('subscription_line', 3),
    own('order_line', 4),
    own('pak', 5),
    ...(withLines ? [covering] : []),
  ]
  const all = sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union all `,
  )
  return sql`with recursive family as (${family}), every as (${all})
    select distinct on (subject, id) * from every order by subject, id, follows`
}
