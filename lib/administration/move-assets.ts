import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { ASSIGNED_TABLES } from '@/lib/assignment/assigned-tables'
import { Invalid } from '@/lib/errors'

/**
 * Moves all that is in one Virtual Account into another one, and gives the items of its change set, from position 1.
 * Without a target there must be nothing to move, else it throws Invalid. Roll-ups follow by their triggers.
 */
export async function moveAssets(
  tx: Writer,
  account: number,
  from: number,
  to: number | null,
): Promise<{ total: number; items: SQL }> {
  await tx.execute(sql`create temporary table moved (subject text, subject_id bigint) on commit drop`)
  for (const [subject, { table, isVersioned }] of Object.entries(ASSIGNED_TABLES)) {
    const here = sql`smart_account_id = ${account} and virtual_account_id = ${from}`
    const version = isVersioned ? sql`, version = version + 1` : sql``
    const found = sql`select id from ${sql.raw(table)} where ${here}`
    const rows =
      to === null
        ? found
        : sql`update ${sql.raw(table)} set virtual_account_id = ${to}${version} where ${here} returning id`
    await tx.execute(sql`with r as (${rows}) insert into moved select ${subject}::text, id from r`)
  }
  const [counted] = (await tx.execute(sql`select count(*)::int as n from moved`)) as unknown as { n: number }[]
  const total = counted?.n ?? 0
  if (to === null && total > 0)
    throw new Invalid(['It is not empty. Choose the Virtual Account that its assets go to.'])
  const items = sql`select row_number() over (order by subject, subject_id), subject, subject_id,
    jsonb_build_object('virtualAccountId', ${from}::bigint), jsonb_build_object('virtualAccountId', ${to}::bigint) from moved`
  return { total, items }
}
