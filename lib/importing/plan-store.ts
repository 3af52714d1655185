import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { Conflict } from '@/lib/errors'
import type { Format } from './formats'
import type { Run } from './schema'

/** Rows of a file by what becomes of them; `devices` counts devices that change besides what the rows are about. */
export type Counts = { added: number; changed: number; unchanged: number; rejected: number; devices: number }

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
  await tx.execute(sql`
    create temporary table planned (position integer primary key, line integer, key text, action text, subject text, subject_id bigint,
      before jsonb, after jsonb) on commit drop`)
  await tx.execute(sql`
    insert into planned select p.position, p.line, p.key, p.action, p.subject, coalesce(p.subject_id, case p.subject
      when 'device' then nextval('devices_id_seq') else nextval('account_lifecycles_id_seq') end), p.before, p.after
    from import_plan p where ${ofRun(run)} and p.action <> 'reject' order by p.position`)
  await tx.execute(sql`create index on planned (key) where action = 'add'`)
  await tx.execute(sql`create index on planned (subject_id)`)
  await tx.execute(sql`analyze planned`)
}

/** Keeps a plan in the order of its lines. */
export async function keepPlan(tx: Writer, { accountId, id }: Run, plan: SQL): Promise<void> {
  await tx.execute(sql`
    insert into import_plan (smart_account_id, import_run_id, position, line, key, action, subject, subject_id, problem, before, after)
    select ${accountId}::bigint, ${id}::bigint, row_number() over (order by p.line, p.subject desc, p.subject_id),
      p.line, p.key, p.action, p.subject, p.subject_id, p.problem, p.before, p.after
    from (${plan}) p`)
}

export async function countPlan(tx: Writer, run: Run, { subject }: Pick<Format, 'subject'>): Promise<Counts> {
  const [row] = (await tx.execute(sql`
    select count(*) filter (where p.action = 'add')::int as added,
      count(*) filter (where p.action = 'change' and p.subject = ${subject})::int as changed,
      count(*) filter (where p.action = 'reject')::int as rejected,
      count(*) filter (where p.subject <> ${subject})::int as devices,
      (select count(*)::int from import_rows r where r.smart_account_id = ${run.accountId} and r.import_run_id = ${run.id}) as rows
    from import_plan p where ${ofRun(run)}`)) as unknown as (Omit<Counts, 'unchanged'> & { rows: number })[]
  const { rows, ...counted } = row ?? { rows: 0, added: 0, changed: 0, rejected: 0, devices: 0 }
  return { ...counted, unchanged: rows - counted.added - counted.changed - counted.rejected }
}

/** In the order of their ids, as every other writer locks them. */
export async function lockDevices(tx: Writer, { accountId }: Run): Promise<void> {
  await tx.execute(sql`
    select count(*) from (
      select d.id from devices d where d.smart_account_id = ${accountId} and d.id in (
        select p.subject_id from planned p where p.subject = 'device' and p.action = 'change')
      order by d.id for update) locked`)
}

/** The plan is made anew by the same code; what was shown has to be what happens. */
export async function refuseOtherPlan(tx: Writer, run: Run, plan: SQL): Promise<void> {
  const columns = sql.raw('line, key, action, subject, subject_id, problem, before, after')
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

/** The Virtual Accounts of the devices in the plan. */
export async function touched(tx: Writer, { accountId }: Run): Promise<number[]> {
  const rows = (await tx.execute(sql`
    select distinct d.virtual_account_id as id from devices d join planned p on p.subject = 'device' and p.subject_id = d.id
    where d.smart_account_id = ${accountId} and d.virtual_account_id is not null order by 1`)) as unknown as {
    id: number
  }[]
  return rows.map(({ id }) => id)
}
