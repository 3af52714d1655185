import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Reader, Writer } from '@/db/client'
import { changeSets } from '@/db/schema/changes'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { freshViewer, told } from '@/lib/administration/fresh'
import { write } from '@/lib/changes/write'
import { Conflict, NotFound } from '@/lib/errors'
import { ASSIGNED_TABLES, type AssignedSubject } from './assigned-tables'
import { ASSIGNING_MS, lockAssigning, subjectsIn } from './lock'
import { addWeights } from './split'

/** What was taken back, and the names of what was left alone because it has changed since (the first of them). */
export type Undone = { undone: number; left: number; names: string[] }

const NAMES_SHOWN = 20

type Set = { id: number; kind: string; summary: Record<string, unknown> }

/** Whether the viewer may take a change set back: an assignment, not taken back yet, in Virtual Accounts that they assign in. */
export function mayUndo(viewer: Viewer, { kind, summary }: Pick<Set, 'kind' | 'summary'>): boolean {
  const places = Array.isArray(summary['places']) ? (summary['places'] as (number | null)[]) : []
  return kind === 'assignment' && places.length > 0 && can(viewer, 'assign', places)
}

/** The assignment of a change set as far as the viewer may take it back; `isUndone` where that was done. */
export function undoableOf(viewer: Viewer, id: number): Promise<{ isUndone: boolean } | null> {
  return asUser(viewer, async (reader) => {
    const set = await setOf(reader, viewer, id)
    if (!(set && mayUndo(viewer, set))) return null
    const [undo] = await reader
      .select({ id: changeSets.id })
      .from(changeSets)
      .where(and(eq(changeSets.smartAccountId, viewer.account.id), eq(changeSets.undoOf, id)))
    return { isUndone: undo !== undefined }
  })
}

async function setOf(reader: Pick<Reader, 'select'>, viewer: Viewer, id: number): Promise<Set | undefined> {
  const [set] = await reader
    .select({ id: changeSets.id, kind: changeSets.kind, summary: changeSets.summary })
    .from(changeSets)
    .where(and(eq(changeSets.smartAccountId, viewer.account.id), eq(changeSets.id, id)))
  return set
}

/**
 * Takes an assignment back, once: what is still as it left it goes where it came from, what has changed since is left alone
 * and named. Rejects with Conflict where nothing can be taken back, or it was already; with NotFound without the right.
 */
export function undoAssignment(viewer: Viewer, changeSet: number, key: string): Promise<Undone> {
  const idempotency = { key: `undo:${viewer.account.id}:${changeSet}:${key}`, request: { changeSet } }
  return told(() =>
    write(viewer, { permission: 'assign', idempotency, deadlineMs: ASSIGNING_MS }, async (tx) => {
      const set = await setOf(tx, viewer, changeSet)
      const fresh = await freshViewer(tx, viewer)
      if (!(set && mayUndo(fresh, set))) throw new NotFound('There is nothing to take back.')
      await refuseSecond(tx, viewer, changeSet)
      await openUndo(tx, viewer, changeSet)
      const subjects = await subjectsIn(tx)
      await lockAssigning(tx, viewer.account.id, subjects)
      // Whoever was here at the same time has ended by now.
      await refuseSecond(tx, viewer, changeSet)
      const result = await judge(tx, viewer, subjects)
      if (result.undone === 0) throw new Conflict('All of it has changed since. Nothing was taken back.', result.names)
      await takeBack(tx, viewer, subjects)
      const places = set.summary['places'] as (number | null)[]
      return {
        result,
        changeSet: {
          ...{ kind: 'undo' as const, undoOf: changeSet, items: ITEMS },
          summary: { undone: result.undone, left: result.left },
        },
        events: [
          {
            type: 'assignments.undone' as const,
            subject: 'change_set',
            subjectId: changeSet,
            virtualAccountIds: places.filter((id) => id !== null),
            detail: { undone: result.undone, left: result.left },
          },
        ],
      }
    }),
  )
}

async function refuseSecond(tx: Writer, { account }: Viewer, of: number): Promise<void> {
  const [row] = await tx
    .select({ id: changeSets.id })
    .from(changeSets)
    .where(and(eq(changeSets.smartAccountId, account.id), eq(changeSets.undoOf, of)))
  if (row) throw new Conflict('This was taken back already.')
}

/**
 * `undoing`: each thing that was moved, from where to where; `pieces`: the terms of divided licenses, as they were and as
 * they were left; `assigning` for the locks.
 */
async function openUndo(tx: Writer, { account }: Viewer, changeSet: number): Promise<void> {
  const of = sql`i.smart_account_id = ${account.id} and i.change_set_id = ${changeSet}`
  await tx.execute(sql`
    create temporary table undoing on commit drop as
    select i.position, i.subject, i.subject_id, coalesce(i.before->>'virtualAccountId', i.after->>'from')::bigint as from_id,
      coalesce(i.after->>'virtualAccountId', i.after->>'to')::bigint as to_id, i.after ? 'moved' as is_split,
      (i.after->>'target')::bigint as target_id, (i.after->>'moved')::int as moved, (i.after->>'untermed')::int as untermed, false as is_left
    from change_items i where ${of} and (i.after ? 'virtualAccountId' or i.after ? 'moved')`)
  await tx.execute(sql`
    create temporary table pieces on commit drop as
    select i.subject_id as term_id, (i.after->>'source')::bigint as source_id, (i.after->>'of')::bigint as of_id,
      (i.before->>'licenseId')::bigint as had_license, (i.before->>'quantity')::int as had,
      (i.after->>'licenseId')::bigint as has_license, (i.after->>'quantity')::int as has
    from change_items i where ${of} and i.subject = 'license_term'`)
  await tx.execute(sql`
    create temporary table brought on commit drop as
    select i.subject_id as id from change_items i where ${of} and i.subject = 'license' and i.before is null`)
  await tx.execute(sql`create temporary table weights (id bigint, delta int) on commit drop`)
  await tx.execute(sql`
    create temporary table assigning on commit drop as
    select subject, subject_id, from_id, to_id from undoing
    union select 'license', target_id, from_id, to_id from undoing where target_id is not null`)
  await tx.execute(sql`create index on pieces (source_id)`)
  for (const table of ['undoing', 'pieces', 'assigning']) await tx.execute(sql`analyze ${sql.identifier(table)}`)
}

/** Marks what has changed since, by the columns that were changed, and counts. */
async function judge(tx: Writer, { account }: Viewer, subjects: readonly AssignedSubject[]): Promise<Undone> {
  for (const subject of subjects) {
    await tx.execute(sql`
      update undoing u set is_left = true where u.subject = ${subject} and not u.is_split and not exists (
        select from ${sql.raw(ASSIGNED_TABLES[subject].table)} t where t.smart_account_id = ${account.id} and t.id = u.subject_id
          and t.virtual_account_id is not distinct from u.to_id)`)
  }
  const isInPlace = (
    id: string,
    place: string,
  ) => sql`exists (select from licenses l where l.smart_account_id = ${account.id}
    and l.id = u.${sql.raw(id)} and l.virtual_account_id is not distinct from u.${sql.raw(place)})`
  await tx.execute(sql`
    update undoing u set is_left = true where u.is_split and (
      not ${isInPlace('subject_id', 'from_id')} or not ${isInPlace('target_id', 'to_id')}
      or exists (select from pieces p where p.source_id = u.subject_id and not exists (
        select from license_terms t where t.smart_account_id = ${account.id} and t.id = p.term_id
          and t.license_id = p.has_license and t.quantity = p.has))
      or u.moved > u.untermed + coalesce((select sum(p.has) from pieces p where p.source_id = u.subject_id and p.has_license = u.target_id), 0)
      or u.untermed > (select l.quantity from licenses l where l.smart_account_id = ${account.id} and l.id = u.target_id))`)
  await tx.execute(
    sql`delete from pieces p using undoing u where u.is_split and u.is_left and u.subject_id = p.source_id`,
  )
  const rows = (await tx.execute(sql`
    select (count(*) filter (where not is_left))::int as undone, (count(*) filter (where is_left))::int as left,
      (select coalesce(jsonb_agg(x.name order by x.name), '[]') from (
        select coalesce(d.name, d.serial_number, d.instance_number, l.name, c.service_sku, s.sku, o.line_number, u.subject) as name
        from undoing u
        left join devices d on u.subject = 'device' and d.smart_account_id = ${account.id} and d.id = u.subject_id
        left join licenses l on u.subject = 'license' and l.smart_account_id = ${account.id} and l.id = u.subject_id
        left join contract_lines c on u.subject = 'contract_line' and c.smart_account_id = ${account.id} and c.id = u.subject_id
        left join subscription_lines s on u.subject = 'subscription_line' and s.smart_account_id = ${account.id} and s.id = u.subject_id
        left join order_lines o on u.subject = 'order_line' and o.smart_account_id = ${account.id} and o.id = u.subject_id
        where u.is_left order by 1 limit ${NAMES_SHOWN}) x) as names
    from undoing`)) as unknown as Undone[]
  return rows[0] ?? { undone: 0, left: 0, names: [] }
}

async function takeBack(tx: Writer, { account }: Viewer, subjects: readonly AssignedSubject[]): Promise<void> {
  for (const subject of subjects) {
    const { table, isVersioned } = ASSIGNED_TABLES[subject]
    await tx.execute(sql`
      update ${sql.raw(table)} t set virtual_account_id = u.from_id${isVersioned ? sql`, version = t.version + 1` : sql``}
      from undoing u where u.subject = ${subject} and not u.is_split and not u.is_left
        and t.smart_account_id = ${account.id} and t.id = u.subject_id`)
  }
  if (subjects.includes('license')) await joinTerms(tx, account.id, account.day)
}

/** Gives the terms of divided licenses back, and takes away the licenses that were made for them where nothing is left of those. */
async function joinTerms(tx: Writer, account: number, day: string): Promise<void> {
  await tx.execute(sql`
    insert into weights select x.id, sum(x.delta)::int as delta from (
      select u.subject_id as id, u.target_id, m.n as delta from undoing u cross join lateral (
        select u.untermed + coalesce(sum(p.has), 0) as n from pieces p join license_terms t on t.smart_account_id = ${account} and t.id = p.term_id
        where p.source_id = u.subject_id and p.has_license = u.target_id
          and coalesce(t.start_date <= ${day}::date, true) and coalesce(t.end_date >= ${day}::date, true)) m
      where u.is_split and not u.is_left) g
    cross join lateral (values (g.id, g.delta), (g.target_id, -g.delta)) x (id, delta) group by x.id`)
  // What was divided is whole again before its other half goes.
  await tx.execute(sql`
    update license_terms t set license_id = p.had_license, quantity = p.had from pieces p
    where p.of_id is null and t.smart_account_id = ${account} and t.id = p.term_id`)
  await tx.execute(sql`
    delete from license_terms t using pieces p where p.of_id is not null and t.smart_account_id = ${account} and t.id = p.term_id`)
  await addWeights(tx, account, day)
  await tx.execute(sql`select app.drop_empty_license(${account}, b.id) from brought b order by b.id`)
}

/** The inverse of what was taken back. */
const ITEMS = sql`
  select row_number() over (order by x.subject, x.subject_id)::int as position, x.subject, x.subject_id, x.before, x.after from (
    select u.subject, u.subject_id, jsonb_build_object('virtualAccountId', u.to_id) as before, jsonb_build_object('virtualAccountId', u.from_id) as after
    from undoing u where not u.is_split and not u.is_left
    union all
    select 'license', w.id, jsonb_build_object('by', 0), jsonb_build_object('by', w.delta) from weights w
    union all
    select 'license_term', p.term_id, jsonb_build_object('licenseId', p.has_license, 'quantity', p.has),
      case when p.of_id is null then jsonb_build_object('licenseId', p.had_license, 'quantity', p.had) else jsonb_build_object('isDeleted', true) end
    from pieces p) x`
