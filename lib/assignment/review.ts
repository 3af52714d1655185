import 'server-only'
import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { type PlanOrigin, assignmentPlans as plans } from '@/db/schema/assignment'
import { changeSets, events } from '@/db/schema/changes'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import type { AssignedSubject } from './assigned-tables'
import { type Balance, balancesOf } from './balances'
import { PLAN_KEPT_MS } from './draft'
import { type InUse, inUseOf } from './in-use'
import { inScopeNamed } from './named-scope'

/** Rows of a plan on a page. */
export const ROWS_AT_MOST = 50

export type PlanRow = {
  position: number
  subject: AssignedSubject
  name: string
  more: string
  from: number | null
  to: number
  quantity: number | null
  owned: number | null
  stays: string | null
  follows: boolean
}

/** How many of a kind move, or stay and why. */
export type Tally = { subject: AssignedSubject; follows: boolean; stays: string | null; n: number; quantity: number }

export type Review = {
  id: number
  origin: PlanOrigin
  problems: string[]
  tallies: Tally[]
  places: { from: (number | null)[]; to: number[] }
  rows: PlanRow[]
  page: number
  pages: number
  balances: Balance[]
  inUse: InUse[]
  /** Once it was carried out: its event, and whether that was taken back. */
  done: { changeSetId: number; seq: number | null; isUndone: boolean } | null
}

/** A plan of the viewer's own that is not older than a day; null where there is none. */
export function loadReview(viewer: Viewer, id: number, page: number): Promise<Review | null> {
  return asUser(viewer, async (reader) => {
    const [plan] = await reader
      .select()
      .from(plans)
      .where(
        and(
          eq(plans.smartAccountId, viewer.account.id),
          eq(plans.id, id),
          eq(plans.userId, viewer.id),
          gt(plans.createdAt, new Date(now().getTime() - PLAN_KEPT_MS)),
        ),
      )
    if (!plan) return null
    const of = sql`i.smart_account_id = ${viewer.account.id} and i.plan_id = ${id}`
    const [tallies, places, rows, balances, inUse, done] = await Promise.all([
      talliesOf(reader, of),
      placesOf(reader, of),
      rowsOf(reader, viewer, of, page),
      balancesOf(reader, viewer, of),
      inUseOf(reader, viewer, of),
      doneOf(reader, viewer, plan.changeSetId),
    ])
    const total = tallies.reduce((sum, { n }) => sum + n, 0)
    return {
      ...{ id, origin: plan.origin, problems: plan.problems, tallies, places, rows, page, balances, inUse, done },
      pages: Math.max(1, Math.ceil(total / ROWS_AT_MOST)),
    }
  })
}

const talliesOf = async (reader: Reader, of: SQL): Promise<Tally[]> =>
  (await reader.execute(sql`
    select i.subject, i.follows, i.stays, count(*)::int as n, coalesce(sum(i.quantity), 0)::int as quantity
    from assignment_items i where ${of} group by 1, 2, 3 order by 1, 2, 3 nulls first`)) as unknown as Tally[]

async function placesOf(reader: Reader, of: SQL): Promise<Review['places']> {
  const rows = (await reader.execute(sql`
    select distinct i.from_id as "from", i.to_id as "to" from assignment_items i where ${of} and i.stays is null`)) as unknown as {
    from: number | null
    to: number
  }[]
  return { from: [...new Set(rows.map(({ from }) => from))], to: [...new Set(rows.map(({ to }) => to))] }
}

/** What moves first, what stays after it; by name what the viewer sees still. */
const rowsOf = async (reader: Reader, viewer: Viewer, of: SQL, page: number): Promise<PlanRow[]> =>
  (await reader.execute(sql`
    with page as materialized (select i.* from assignment_items i where ${of}
      order by i.stays nulls first, i.position limit ${ROWS_AT_MOST} offset ${(page - 1) * ROWS_AT_MOST})
    select i.position, i.subject, i.from_id as "from", i.to_id as "to", i.quantity, i.stays, i.follows, l.quantity as owned,
      coalesce(d.name, d.serial_number, d.instance_number, l.name, c.service_sku, s.sku, o.line_number, 'PAK') as name,
      coalesce(d.pid, l.sku, 'Contract ' || c.contract_number, 'Subscription ' || s.subscription_number, o.pid, '') as more
    from page i
    left join devices d on i.subject = 'device' and ${inScopeNamed(viewer, 'd')} and d.id = i.subject_id
    left join licenses l on i.subject = 'license' and ${inScopeNamed(viewer, 'l')} and l.id = i.subject_id
    left join contract_lines c on i.subject = 'contract_line' and ${inScopeNamed(viewer, 'c')} and c.id = i.subject_id
    left join subscription_lines s on i.subject = 'subscription_line' and ${inScopeNamed(viewer, 's')} and s.id = i.subject_id
    left join order_lines o on i.subject = 'order_line' and ${inScopeNamed(viewer, 'o')} and o.id = i.subject_id
    order by i.stays nulls first, i.position`)) as unknown as PlanRow[]

async function doneOf(reader: Reader, viewer: Viewer, changeSetId: number | null): Promise<Review['done']> {
  if (changeSetId === null) return null
  const [[event], [undo]] = await Promise.all([
    reader
      .select({ seq: events.seq })
      .from(events)
      .where(and(eq(events.smartAccountId, viewer.account.id), eq(events.changeSetId, changeSetId))),
    reader
      .select({ id: changeSets.id })
      .from(changeSets)
      .where(and(eq(changeSets.smartAccountId, viewer.account.id), eq(changeSets.undoOf, changeSetId))),
  ])
  return { changeSetId, seq: event?.seq ?? null, isUndone: undo !== undefined }
}
