import 'server-only'
import { sql } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { licenses as l } from '@/db/schema/licenses'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { type DraftOptions, draftOfList, keepPlan } from './draft'
import { reliefsOf } from './shortages'

/** A license that is short somewhere, and what would close the gap. */
export type Shortage = {
  key: string
  name: string
  short: number
  closes: number
  moves: { giver: number; from: number | null; to: number; quantity: number }[]
}

/** Devices in one Virtual Account that use a license of another one. */
export type Misplaced = {
  license: number
  name: string
  at: number
  devicesIn: number | null
  devices: number
  quantity: number
}

const FOUND_AT_MOST = 200

type Row = { id: number; key: string; name: string; place: number | null; balance: number; most: number }

/** Licenses short in one Virtual Account and to spare in another, where the viewer assigns in both; the largest gaps first. */
export async function findShortages(viewer: Viewer): Promise<Shortage[]> {
  const rows = (await asUser(viewer, (reader) =>
    reader.execute(sql`
      with kinds as materialized (
        select product_id, name, sku, method, type, billing from ${l} where ${inScope(viewer, l)} and ${l.balance} < 0 group by 1, 2, 3, 4, 5, 6)
      select ${l.id} as id, md5(row(k.*)::text) as key, ${l.name} as name, ${l.virtualAccountId} as place, ${l.balance} as balance,
        greatest(${l.quantity} - ${l.reserved}, 0) as most
      from ${l} join kinds k using (product_id, name, sku, method, type, billing) where ${inScope(viewer, l)} order by ${l.id}`),
  )) as unknown as Row[]
  const groups = new Map<string, Row[]>()
  for (const row of rows)
    if (can(viewer, 'assign', [row.place])) groups.set(row.key, [...(groups.get(row.key) ?? []), row])
  return [...groups]
    .flatMap(([key, own]) => shortageOf(key, own))
    .sort((a, b) => b.short - a.short || a.name.localeCompare(b.name))
    .slice(0, FOUND_AT_MOST)
}

function shortageOf(key: string, rows: readonly Row[]): Shortage[] {
  const short = rows.reduce((sum, { balance }) => sum + Math.max(0, -balance), 0)
  const [first] = rows
  if (short === 0 || !first) return []
  // What is in no Virtual Account can be given from, and not to.
  const standings = rows
    .filter(({ place, balance }) => place !== null || balance > 0)
    .map(({ id, place, balance, most }) => ({ id, place, spare: Math.min(balance, balance > 0 ? most : balance) }))
  const placeOf = new Map(rows.map(({ id, place }) => [id, place]))
  const moves = reliefsOf(standings).flatMap(({ giver, taker, quantity }) => {
    const to = placeOf.get(taker) ?? null
    return to === null ? [] : [{ giver, from: placeOf.get(giver) ?? null, to, quantity }]
  })
  return [{ key, name: first.name, short, closes: moves.reduce((sum, { quantity }) => sum + quantity, 0), moves }]
}

/** A plan that closes these gaps, or all that can be closed; null where there are none. */
export async function planShortages(viewer: Viewer, key: string | null): Promise<number | null> {
  const found = (await findShortages(viewer)).filter((one) => key === null || one.key === key)
  const wanted = found.flatMap(({ moves }) =>
    moves.map(({ giver, to, quantity }) => ({ subject: 'license' as const, id: giver, to, quantity })),
  )
  return wanted.length === 0 ? null : draftOfList(viewer, wanted, { origin: { kind: 'shortage' } })
}

const misplacedFrom = (viewer: Viewer) => sql`
  from license_use u
  join ${l} on ${inScope(viewer, l)} and ${l.id} = u.license_id
  join ${d} on ${inScope(viewer, d)} and ${d.id} = u.device_id
  where u.smart_account_id = ${viewer.account.id} and ${l.virtualAccountId} is not null and ${d.virtualAccountId} is distinct from ${l.virtualAccountId}`

/** Where devices use licenses of another Virtual Account than theirs, of those that the viewer assigns in. */
export async function findMisplaced(viewer: Viewer): Promise<Misplaced[]> {
  const rows = (await asUser(viewer, (reader) =>
    reader.execute(sql`
      select ${l.id} as license, ${l.name} as name, ${l.virtualAccountId} as at, ${d.virtualAccountId} as "devicesIn",
        count(*)::int as devices, sum(u.quantity)::int as quantity
      ${misplacedFrom(viewer)} group by 1, 2, 3, 4 order by 5 desc, 2, 1 limit ${FOUND_AT_MOST}`),
  )) as unknown as Misplaced[]
  return rows.filter(({ at, devicesIn }) => can(viewer, 'assign', [at, devicesIn]))
}

/** A plan that moves the devices of one finding to where the license that they use is. */
export function planMisplaced(viewer: Viewer, license: number, devicesIn: number | null): Promise<number> {
  const wanted = sql`select distinct 'device'::text as subject, ${d.id} as id, ${l.virtualAccountId} as to_id, null::integer as quantity, null::text as blocked
    ${misplacedFrom(viewer)} and ${l.id} = ${license} and ${d.virtualAccountId} is not distinct from ${devicesIn}`
  const options: DraftOptions = { origin: { kind: 'misplaced' }, withLines: true }
  return keepPlan(viewer, wanted, options)
}
