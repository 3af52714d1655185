import 'server-only'
import { createHash } from 'node:crypto'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { differences } from '@/db/schema/imports'
import type { Viewer } from '@/lib/access/viewer'
import { write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Conflict, NotFound } from '@/lib/errors'
import { TABLES } from './differences'
import { formats } from './formats'
import { applyDeviceDates, planFromCatalogue } from './lifecycle-plan'
import { lockThings, openPlanned, openRows } from './plan-store'
import { type Choice, choices, type Run } from './schema'

type Row = typeof differences.$inferSelect

/**
 * Decides differences of sources, all of them or none. Taken values are written by the code that imports them. Throws
 * Conflict when somebody has decided one already, or when what is here is no longer what was shown; NotFound when the
 * account has no such difference.
 */
export async function decideDifferences(
  viewer: Viewer,
  ids: readonly number[],
  choice: Choice,
): Promise<{ decided: number }> {
  const wanted = [...new Set(ids)].sort((a, b) => a - b)
  const what = createHash('sha256').update(wanted.join(',')).digest('hex')
  const idempotency = { key: `differences:${viewer.account.id}:${choice}:${what}`, request: { wanted, choice } }
  return write(viewer, { permission: 'import', idempotency }, async (tx) => {
    const run: Run = { accountId: viewer.account.id, id: 0, at: now().toISOString() }
    const rows = await lockOpen(tx, run, wanted)
    await tx.execute(sql`create temporary table done (like change_items) on commit drop`)
    if (choice === 'take') await takeAll(tx, run, rows)
    const state = choices[choice]
    const decided = { state, decidedBy: viewer.id, decidedAt: now() }
    const mine = and(eq(differences.smartAccountId, run.accountId), inArray(differences.id, wanted))
    const refused = choice === 'take' ? sql`current_value` : sql`incoming_value`
    await tx
      .update(differences)
      .set({ ...decided, refused })
      .where(mine)
    const places = (await tx.execute(sql`
      select distinct v.id from done n cross join lateral (
        select virtual_account_id as id from devices d where n.subject = 'device' and d.smart_account_id = ${run.accountId} and d.id = n.subject_id
        union all select virtual_account_id from licenses l where n.subject = 'license' and l.smart_account_id = ${run.accountId} and l.id = n.subject_id) v
      where v.id is not null order by 1`)) as unknown as { id: number }[]
    return {
      result: { decided: rows.length },
      changeSet: {
        kind: 'import' as const,
        summary: { differences: rows.length, choice: state },
        items: sql`
          select row_number() over (order by i.subject, i.subject_id, i.field) as position, i.subject, i.subject_id, i.before, i.after from (
            select subject, subject_id, before, after, null::text as field from done
            union all select 'difference', x.id, jsonb_build_object('state', 'open'), jsonb_build_object('state', x.state), x.field
            from differences x where x.smart_account_id = ${run.accountId} and x.id in ${wanted}) i`,
        onMade: (changeSetId: number) => tx.update(differences).set({ changeSetId }).where(mine),
      },
      events: [
        {
          type: 'differences.decided' as const,
          subject: 'difference',
          ...(wanted.length === 1 && wanted[0] !== undefined && { subjectId: wanted[0] }),
          virtualAccountIds: places.map(({ id }) => id),
          detail: { differences: rows.length, choice: state },
        },
      ],
    }
  })
}

/** Held in the order of their ids until the end, so that of two people one decides and the other is told. */
async function lockOpen(tx: Writer, { accountId }: Run, ids: number[]): Promise<Row[]> {
  const rows = await tx
    .select()
    .from(differences)
    .where(and(eq(differences.smartAccountId, accountId), inArray(differences.id, ids)))
    .orderBy(asc(differences.id))
    .for('update')
  if (rows.length < ids.length) throw new NotFound('There is no such difference.')
  if (rows.some(({ state }) => state !== 'open')) throw new Conflict('Somebody has decided this already.')
  return rows
}

async function takeAll(tx: Writer, run: Run, rows: readonly Row[]): Promise<void> {
  await openRows(tx, run)
  await openPlanned(tx)
  await tx.execute(sql`
    insert into planned (position, action, subject, subject_id)
    select row_number() over (), 'change', x.subject, x.subject_id from differences x
    where x.smart_account_id = ${run.accountId} and x.id in ${rows.map(({ id }) => id)}`)
  await lockThings(tx, run)
  for (const row of rows) await take(tx, { ...run, id: row.importRunId }, row)
}

/** One at a time: two may be of the same thing, and each has a source of its own. */
async function take(tx: Writer, run: Run, row: Row): Promise<void> {
  const format = Object.values(formats).find(({ source }) => source === row.incomingSource)
  const table = TABLES[row.subject as keyof typeof TABLES]
  if (!format || !table) throw new NotFound('There is no such source any more.')
  // Columns are the names of the code in snake case; the terms of a license stand in a table of their own.
  const [stale] = await tx.execute(sql`
    select 1 from ${sql.raw(table)} t, jsonb_each(${JSON.stringify(row.currentValue)}::jsonb) c
    where t.smart_account_id = ${run.accountId} and t.id = ${row.subjectId} and c.key <> 'terms'
      and to_jsonb(t)->lower(regexp_replace(c.key, '([A-Z])', '_\\1', 'g')) is distinct from c.value`)
  if (stale)
    throw new Conflict('What is here has changed since the file came in. Import the file again, or keep what is here.')
  await tx.execute(sql`delete from planned`)
  await tx.execute(sql`
    insert into planned select 1, ${row.line}::integer, (select l.pid from account_lifecycles l where ${row.subject} = 'lifecycle'
        and l.smart_account_id = ${run.accountId} and l.id = ${row.subjectId}), 'change', ${row.subject}, ${row.subjectId},
      ${JSON.stringify(row.currentValue)}::jsonb, ${JSON.stringify(row.incomingValue)}::jsonb, ${row.incomingAsOf.toISOString()}::timestamptz`)
  await format.apply(tx, run)
  await note(tx, run)
  if (row.subject === 'lifecycle') await dateDevices(tx, run, row)
}

/** The devices of the product get its dates as they now stand. */
async function dateDevices(tx: Writer, run: Run, { subjectId, incomingAsOf }: Row): Promise<void> {
  const [found] = (await tx.execute(sql`
    select pid from account_lifecycles where smart_account_id = ${run.accountId} and id = ${subjectId}`)) as unknown as {
    pid: string
  }[]
  await tx.execute(sql`delete from planned`)
  await tx.execute(sql`
    insert into planned select row_number() over (), p.line, p.key, p.action, p.subject, p.subject_id, p.before, p.after,
      ${incomingAsOf.toISOString()}::timestamptz
    from (${planFromCatalogue(run, found ? [found.pid] : [])}) p`)
  await lockThings(tx, run)
  await applyDeviceDates(tx, run)
  await note(tx, run)
}

const note = (tx: Writer, { accountId }: Run) =>
  tx.execute(sql`
    insert into done (smart_account_id, change_set_id, position, subject, subject_id, before, after)
    select ${accountId}::bigint, 0, p.position, p.subject, p.subject_id, p.before, p.after from planned p`)
