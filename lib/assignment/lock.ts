import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { Conflict } from '@/lib/errors'
import { ASSIGNED_TABLES, type AssignedSubject } from './assigned-tables'
import { isSameLicense } from './balances'

const CHANGED_SHOWN = 20
/** Tens of thousands at once take longer than a form does, on a machine that is busy; each statement of them less. */
export const ASSIGNING_MS = 60_000

/** Kinds with something in the temporary table `assigning`, in the order in which all writers lock them. */
export async function subjectsIn(tx: Writer): Promise<AssignedSubject[]> {
  const rows = (await tx.execute(sql`select distinct subject from assigning`)) as unknown as { subject: string }[]
  const found = new Set(rows.map(({ subject }) => subject))
  return (Object.keys(ASSIGNED_TABLES) as AssignedSubject[]).filter((subject) => found.has(subject))
}

const ids = (subject: AssignedSubject) => sql`select a.subject_id from assigning a where a.subject = ${subject}`

/**
 * Locks what the temporary table `assigning` (subject, subject_id, from_id, to_id) names, and what its change reaches: kind
 * by kind, each in the order of its ids, so that two writers of the same things never wait for each other in a circle. The
 * devices that use a license come first, as its change derives their state anew.
 */
export async function lockAssigning(tx: Writer, account: number, subjects: readonly AssignedSubject[]): Promise<void> {
  // Whoever is second is to be told what the first one did, so that they wait longer than for a row of a page.
  await tx.execute(sql`select set_config('lock_timeout', '20s', true), set_config('statement_timeout', '45s', true)`)
  const lock = (subject: AssignedSubject, which: SQL) =>
    tx.execute(sql`select count(*) from (select t.id from ${sql.raw(ASSIGNED_TABLES[subject].table)} t
      where t.smart_account_id = ${account} and t.id in (${which}) order by t.id for update) locked`)
  const hasLicenses = subjects.includes('license')
  const same = sql`select s.id from assigning a join licenses l on l.smart_account_id = ${account} and l.id = a.subject_id
    join licenses s on ${isSameLicense('s', 'l')} and s.virtual_account_id in (a.from_id, a.to_id) where a.subject = 'license'`
  if (hasLicenses)
    await lock(
      'device',
      sql`${ids('device')} union select u.device_id from license_use u where u.smart_account_id = ${account}
        and u.license_id in (${ids('license')} union ${same})`,
    )
  else if (subjects.includes('device')) await lock('device', ids('device'))
  if (hasLicenses) {
    // A license that the target does not have yet is made once, whoever moves it there at the same time.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('licenses of ' || p.to_id, 0))
      from (select distinct to_id from assigning where subject = 'license' order by 1) p`)
    await lock('license', sql`${ids('license')} union ${same}`)
  }
  for (const subject of subjects) if (subject !== 'device' && subject !== 'license') await lock(subject, ids(subject))
}

/** Throws Conflict with the names of what is not any more as the plan showed it. Nothing has been changed then. */
export async function refuseChanged(tx: Writer, account: number, subjects: readonly AssignedSubject[]): Promise<void> {
  if (subjects.length === 0) return
  const parts = subjects.map((subject) => {
    const { table, isVersioned } = ASSIGNED_TABLES[subject]
    const isOther = isVersioned ? sql`t.version <> a.version or` : sql``
    return sql`select a.subject, a.subject_id, t.id is null as is_gone, t.virtual_account_id as now_in, a.from_id
      from assigning a left join ${sql.raw(table)} t on t.smart_account_id = ${account} and t.id = a.subject_id
      where a.subject = ${subject} and (t.id is null or ${isOther} t.virtual_account_id is distinct from a.from_id)`
  })
  const changed = (await tx.execute(sql`
    with changed as materialized (${sql.join(parts, sql` union all `)})
    select coalesce(d.name, d.serial_number, d.instance_number, l.name, n.service_sku, s.sku, o.line_number, c.subject) as name,
      c.is_gone as "isGone", c.now_in is distinct from c.from_id as "isMoved", v.name as place, (count(*) over ())::int as total
    from changed c
    left join devices d on c.subject = 'device' and d.smart_account_id = ${account} and d.id = c.subject_id
    left join licenses l on c.subject = 'license' and l.smart_account_id = ${account} and l.id = c.subject_id
    left join contract_lines n on c.subject = 'contract_line' and n.smart_account_id = ${account} and n.id = c.subject_id
    left join subscription_lines s on c.subject = 'subscription_line' and s.smart_account_id = ${account} and s.id = c.subject_id
    left join order_lines o on c.subject = 'order_line' and o.smart_account_id = ${account} and o.id = c.subject_id
    left join virtual_accounts v on v.smart_account_id = ${account} and v.id = c.now_in
    order by 1 limit ${CHANGED_SHOWN}`)) as unknown as ChangedRow[]
  const [first] = changed
  if (!first) return
  const more = first.total - changed.length
  throw new Conflict(
    `${first.total === 1 ? 'One thing has' : `${first.total.toLocaleString('en-US')} things have`} changed since this review. Nothing was moved.`,
    [...changed.map(changeText), ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])],
  )
}

type ChangedRow = { name: string; isGone: boolean; isMoved: boolean; place: string | null; total: number }

function changeText({ name, isGone, isMoved, place }: ChangedRow): string {
  if (isGone) return `${name} is gone, or not yours to see any more`
  if (isMoved) return `${name} is in ${place ?? 'another Virtual Account'} now`
  return `${name} was changed by somebody else`
}
