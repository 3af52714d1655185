import 'server-only'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { type PlanOrigin, assignmentPlans as plans } from '@/db/schema/assignment'
import { can, type Viewer } from '@/lib/access/viewer'
import { freshViewer, told } from '@/lib/administration/fresh'
import type { EventDraft } from '@/lib/changes/events'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Conflict, NotFound } from '@/lib/errors'
import { ASSIGNED_TABLES, type AssignedSubject } from './assigned-tables'
import { PLAN_KEPT_MS } from './draft'
import { ASSIGNING_MS, lockAssigning, refuseChanged, subjectsIn } from './lock'
import { moveLicenses } from './split'

type Moved = { subject: AssignedSubject; n: number; follows: number; quantity: number }

/**
 * Carries out a plan of the viewer's own: in one transaction, with one change set and one event. Sent again it does nothing
 * more. Rejects with Conflict, and the names of what has changed since the review, where anything has; with NotFound where
 * the plan or the right has gone.
 */
export function applyPlan(viewer: Viewer, id: number): Promise<{ plan: number }> {
  const idempotency = { key: `assign:${viewer.account.id}:${id}`, request: { id } }
  return told(() =>
    write(viewer, { permission: 'assign', idempotency, deadlineMs: ASSIGNING_MS }, async (tx) => {
      const origin = await openPlan(tx, viewer, id)
      const places = await placesIn(tx)
      const fresh = await freshViewer(tx, viewer)
      if (!can(fresh, 'assign', [...places.from, ...places.to])) throw new NotFound('The permission for this is gone.')
      const subjects = await subjectsIn(tx)
      if (subjects.length === 0) throw new Conflict('Nothing of this plan can move.')
      await lockAssigning(tx, viewer.account.id, subjects)
      await refuseChanged(tx, viewer.account.id, subjects)
      const moved = await countMoved(tx)
      const items = await moveAll(tx, viewer, subjects)
      return {
        result: { plan: id },
        changeSet: {
          kind: 'assignment',
          summary: { ...totalsOf(moved), places: [...new Set([...places.from, ...places.to])], origin: origin.kind },
          items,
          onMade: (changeSetId) =>
            tx
              .update(plans)
              .set({ changeSetId })
              .where(and(eq(plans.smartAccountId, viewer.account.id), eq(plans.id, id))),
        },
        events: [eventOf(moved, places, origin)],
      }
    }),
  )
}

/** The rows that move, as the temporary table `assigning`. */
async function openPlan(tx: Writer, viewer: Viewer, id: number): Promise<PlanOrigin> {
  const [plan] = await tx
    .select({ origin: plans.origin })
    .from(plans)
    .where(
      and(
        eq(plans.smartAccountId, viewer.account.id),
        eq(plans.id, id),
        eq(plans.userId, viewer.id),
        isNull(plans.changeSetId),
        gt(plans.createdAt, new Date(now().getTime() - PLAN_KEPT_MS)),
      ),
    )
    .for('update')
  if (!plan) throw new NotFound('There is no such plan.')
  await tx.execute(sql`
    create temporary table assigning on commit drop as
    select i.subject, i.subject_id, i.follows, i.from_id, i.to_id, i.quantity, i.version from assignment_items i
    where i.smart_account_id = ${viewer.account.id} and i.plan_id = ${id} and i.stays is null order by i.subject, i.subject_id`)
  await tx.execute(sql`analyze assigning`)
  return plan.origin
}

type Places = { from: (number | null)[]; to: number[] }

async function placesIn(tx: Writer): Promise<Places> {
  const rows = (await tx.execute(
    sql`select distinct from_id as "from", to_id as "to" from assigning order by 1, 2`,
  )) as unknown as { from: number | null; to: number }[]
  return { from: [...new Set(rows.map(({ from }) => from))], to: [...new Set(rows.map(({ to }) => to))] }
}

const countMoved = async (tx: Writer): Promise<Moved[]> =>
  (await tx.execute(sql`
    select subject, count(*)::int as n, (count(*) filter (where follows))::int as follows, coalesce(sum(quantity), 0)::int as quantity
    from assigning group by 1`)) as unknown as Moved[]

/** Moves what is locked, kind by kind, and gives the items of the change set from position 1. */
async function moveAll(tx: Writer, { account }: Viewer, subjects: readonly AssignedSubject[]) {
  for (const subject of subjects) {
    if (subject === 'license') continue
    const { table, isVersioned } = ASSIGNED_TABLES[subject]
    await tx.execute(sql`
      update ${sql.raw(table)} t set virtual_account_id = a.to_id${isVersioned ? sql`, version = t.version + 1` : sql``}
      from assigning a where a.subject = ${subject} and t.smart_account_id = ${account.id} and t.id = a.subject_id`)
  }
  const whole = sql`select a.subject, a.subject_id, jsonb_build_object('virtualAccountId', a.from_id) as before,
    jsonb_build_object('virtualAccountId', a.to_id) as after from assigning a where a.subject <> 'license'`
  const licenses = subjects.includes('license') ? await moveLicenses(tx, account.id, account.day) : null
  return sql`select row_number() over (order by x.subject, x.subject_id)::int as position, x.subject, x.subject_id, x.before, x.after
    from (${whole}${licenses ? sql` union all ${licenses}` : sql``}) x`
}

const totalsOf = (moved: readonly Moved[]) => {
  const of = (subject: AssignedSubject) => moved.find((one) => one.subject === subject)
  const count = (name: string, n: number | undefined) => (n ? { [name]: n } : {})
  return {
    ...count('devices', of('device')?.n),
    ...count('contained', of('device')?.follows),
    ...count('licenses', of('license')?.n),
    ...count('quantity', of('license')?.quantity),
    ...count('contractLines', of('contract_line')?.n),
    ...count('subscriptionLines', of('subscription_line')?.n),
    ...count('orderLines', of('order_line')?.n),
    ...count('paks', of('pak')?.n),
  }
}

/** One event, named by what was chosen: devices, licenses, products, or things of several kinds. */
function eventOf(moved: readonly Moved[], { from, to }: Places, origin: PlanOrigin): EventDraft {
  const chosen = new Set(moved.filter(({ n, follows }) => n > follows).map(({ subject }) => subject))
  const [first] = chosen
  const types = {
    device: 'devices.assigned',
    license: 'licenses.assigned',
    contract_line: 'products.assigned',
    subscription_line: 'products.assigned',
    order_line: 'orders.assigned',
    pak: 'assets.assigned',
  } as const
  const type =
    origin.kind === 'order' ? 'orders.assigned' : chosen.size === 1 && first ? types[first] : 'assets.assigned'
  const about =
    origin.kind === 'rule' && origin.id !== undefined
      ? { subject: 'assignment_rule', subjectId: origin.id }
      : origin.kind === 'order' && origin.id !== undefined
        ? { subject: 'order', subjectId: origin.id }
        : { subject: first ?? 'device' }
  return {
    type,
    ...about,
    virtualAccountIds: [...new Set([...from, ...to])].filter((id) => id !== null),
    detail: {
      ...totalsOf(moved),
      ...(from.length === 1 && { from: from[0] ?? null }),
      ...(to.length === 1 && { to: to[0] }),
    },
  }
}
