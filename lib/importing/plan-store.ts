import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { Conflict } from '@/lib/errors'
import type { Format } from './formats'
import type { Run } from './schema'

/**
 * Rows of a file by what becomes of them; `devices` counts devices that change besides what the rows are about, `differing`
 * the facts that go to the reconciliation inbox.
 */
export type Counts = {
  added: number
  changed: number
  unchanged: number
  rejected: number
  devices: number
  differing: number
}

/** The rows of import_rows or import_plan, called `p`, that belong to a run. */
export const ofRun = ({ accountId, id }: Run) => sql`p.smart_account_id = ${accountId} and p.import_run_id = ${id}`

/**
 * Lays the rows of a run out for this transaction, as the table that plans read. No statistics of a shared table tell of
 * rows that have just come, and without them joins of 100,000 rows are planned as if they were one.
 */
export async function openRows(tx: Writer, run: Run): Promise<void> {
  await tx.execute(
    sql`create temporary table staged_rows (line integer primary key, key text, data jsonb, problem text) on commit drop`,
  )
  await tx.execute(
    sql`insert into staged_rows select p.line, p.key, p.data, p.problem from import_rows p where ${ofRun(run)}`,
  )
  await tx.execute(sql`create index on staged_rows (key) where problem is null`)
  await tx.execute(sql`analyze staged_rows`)
}

/** The same for what a run changes. New things get their ids here, so that a child finds its parent in one statement. */
export async function openPlan(tx: Writer, run: Run): Promise<void> {
  await openPlanned(tx)
  await tx.execute(sql`
    insert into planned select p.position, p.line, p.key, p.action, p.subject, coalesce(p.subject_id, case p.subject
      ${sql.join(
        Object.entries(SEQUENCES).map(([subject, sequence]) => sql`when ${subject} then nextval(${sequence})`),
        sql` `,
      )} end), p.before, p.after, coalesce((r.data->'about'->>'asOf')::date at time zone 'UTC', ${run.at}::timestamptz)
    from import_plan p left join staged_rows r on r.line = p.line
    where ${ofRun(run)} and p.action in ('add', 'change') order by p.position`)
  await tx.execute(sql`create index on planned (key) where action = 'add'`)
  await tx.execute(sql`create index on planned (subject_id)`)
  await tx.execute(sql`analyze planned`)
}

const SEQUENCES = {
  device: 'devices_id_seq',
  lifecycle: 'account_lifecycles_id_seq',
  license: 'licenses_id_seq',
  contract: 'contracts_id_seq',
  contract_line: 'contract_lines_id_seq',
}
export type Subject = keyof typeof SEQUENCES

/** The table of what is to be written; `as_of` is the time of the facts. */
export async function openPlanned(tx: Writer): Promise<void> {
  await tx.execute(sql`
    create temporary table planned (position integer primary key, line integer, key text, action text, subject text, subject_id bigint,
      before jsonb, after jsonb, as_of timestamptz) on commit drop`)
}

/** Keeps a plan in the order of its lines. */
export async function keepPlan(tx: Writer, { accountId, id }: Run, plan: SQL): Promise<void> {
  await tx.execute(sql`
    insert into import_plan (smart_account_id, import_run_id, position, line, key, action, subject, subject_id, problem, before, after, field)
    select ${accountId}::bigint, ${id}::bigint, row_number() over (order by p.line, p.subject desc, p.subject_id, p.action, p.field),
      p.line, p.key, p.action, p.subject, p.subject_id, p.problem, p.before, p.after, p.field
    from (${plan}) p`)
}

export async function countPlan(tx: Writer, run: Run, { subject }: Pick<Format, 'subject'>): Promise<Counts> {
  const [row] = (await tx.execute(sql`
    with lines as (
      select p.line, bool_or(p.action = 'reject') as is_rejected, bool_or(p.action = 'add' and p.subject = ${subject}) as is_added,
        bool_or(p.action in ('add', 'change')) as is_changed
      from import_plan p where ${ofRun(run)} group by p.line)
    select count(*) filter (where is_rejected)::int as rejected, count(*) filter (where not is_rejected and is_added)::int as added,
      count(*) filter (where not is_rejected and is_changed and not is_added)::int as changed,
      (select count(*)::int from import_plan p where ${ofRun(run)} and p.subject = 'device' and p.subject <> ${subject}
        and p.action in ('add', 'change')) as devices,
      (select count(*)::int from import_plan p where ${ofRun(run)} and p.action = 'differ') as differing,
      (select count(*)::int from import_rows p where ${ofRun(run)}) as rows
    from lines`)) as unknown as (Omit<Counts, 'unchanged'> & { rows: number })[]
  const { rows, ...counted } = row ?? { rows: 0, added: 0, changed: 0, rejected: 0, devices: 0, differing: 0 }
  return { ...counted, unchanged: rows - counted.added - counted.changed - counted.rejected }
}

/** In the order of their ids, as every other writer locks them. */
export async function lockThings(tx: Writer, { accountId }: Run): Promise<void> {
  for (const [subject, table] of Object.entries({ device: 'devices', license: 'licenses', contract: 'contracts' })) {
    await tx.execute(sql`
      select count(*) from (
        select d.id from ${sql.raw(table)} d where d.smart_account_id = ${accountId} and d.id in (
          select p.subject_id from planned p where p.subject = ${subject} and p.action = 'change')
        order by d.id for update) locked`)
  }
}

/** The plan is made anew by the same code; what was shown has to be what happens. */
export async function refuseOtherPlan(tx: Writer, run: Run, plan: SQL): Promise<void> {
  const columns = sql.raw('line, key, action, subject, subject_id, problem, before, after, field')
  const differing = (await tx.execute(sql`
    with fresh as materialized (select ${columns} from (${plan}) plan),
      shown as materialized (select ${columns} from import_plan p where ${ofRun(run)})
    select distinct x.line from ((table fresh except table shown) union all (table shown except table fresh)) x order by x.line limit 5`)) as unknown as {
    line: number
  }[]
  if (differing.length === 0) return
  const lines = differing.map(({ line }) => `line ${line}`)
  throw new Conflict(
    'The account has changed since this preview. Check the file again to see what it would do now.',
    lines,
  )
}

/** The Virtual Accounts of the devices and licenses in the plan. */
export async function touched(tx: Writer, { accountId }: Run): Promise<number[]> {
  const rows = (await tx.execute(sql`
    select distinct d.virtual_account_id as id from devices d join planned p on p.subject = 'device' and p.subject_id = d.id
    where d.smart_account_id = ${accountId} and d.virtual_account_id is not null
    union select l.virtual_account_id from licenses l join planned p on p.subject = 'license' and p.subject_id = l.id
    where l.smart_account_id = ${accountId} and l.virtual_account_id is not null order by 1`)) as unknown as {
    id: number
  }[]
  return rows.map(({ id }) => id)
}
