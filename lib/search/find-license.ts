import 'server-only'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { subscriptions as s } from '@/db/schema/contracts'
import { devices as d, licenseUse as use } from '@/db/schema/devices'
import { licenses as l, paks, licenseTerms as term } from '@/db/schema/licenses'
import { orderLines as line, orders as o } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { elsewhere, termsOf } from '@/lib/resources/license-rows'
import { isOneOf } from '@/lib/table/filters'
import { numberSpellings } from './identifiers'
import { type Advice, adviceOn, type Held, type Way } from './license-advice'
import { blindOf, paksWith } from './paks'

/** A license behind an identifier: how it was reached, how it stands, and what to do next. */
export type Lead = Held & Advice & { id: number; name: string; sku: string }

/** How many licenses are told; the page leads to the list where there are more. */
export const LEADS_AT_MOST = 20
type Reached = { id: number; way: Way; via: string; hold: string | null; state: string | null }

const ofLicense = (viewer: Viewer, id: SQL) => sql`join ${l} on ${inScope(viewer, l)} and ${l.id} = ${id}`
const none = sql`null::text`

/** The licenses in scope that an identifier leads to, with the way there. */
function waysFrom(viewer: Viewer, text: string): SQL {
  const spelled = numberSpellings(text)
  const blind = blindOf(text)
  const reached = (way: Way, via: SQL, from: SQL, hold = none, state = none) =>
    sql`(select distinct ${l.id} as id, ${way}::text as way, ${via} as via, ${hold} as hold, ${state} as state ${from} order by 1, 3 limit ${LEADS_AT_MOST + 1})`
  const terms = sql`join ${term} on ${term.smartAccountId} = ${viewer.account.id}`
  return sql.join(
    [
      reached(
        'order',
        sql`${o.number}`,
        sql`from ${o} join ${line} on ${inScope(viewer, line)} and ${line.orderId} = ${o.id}
          ${terms} and ${term.orderLineId} = ${line.id} ${ofLicense(viewer, sql`${term.licenseId}`)}
          where ${o.smartAccountId} = ${viewer.account.id}
            and (${isOneOf(o.number, spelled)} or ${isOneOf(o.webOrderNumber, spelled)} or ${isOneOf(o.customerOrderNumber, spelled)})`,
        sql`${o.holdReason}`,
        sql`${o.status}`,
      ),
      reached(
        'subscription',
        sql`${s.number}`,
        sql`from ${s} ${terms} and ${term.subscriptionId} = ${s.id} ${ofLicense(viewer, sql`${term.licenseId}`)}
          where ${s.smartAccountId} = ${viewer.account.id} and ${isOneOf(s.number, spelled)}`,
      ),
      reached(
        'device',
        sql`coalesce(${d.name}, ${d.serialNumber}, ${d.instanceNumber})`,
        sql`from ${d} join ${use} on ${use.smartAccountId} = ${viewer.account.id} and ${use.deviceId} = ${d.id}
          ${ofLicense(viewer, sql`${use.licenseId}`)}
          where ${inScope(viewer, d)} and (${isOneOf(d.serialNumber, spelled)} or ${isOneOf(d.name, spelled)} or ${isOneOf(d.instanceNumber, spelled)})`,
      ),
      reached(
        'pak',
        sql`${paks.lastFour}`,
        sql`${paksWith(viewer, blind === undefined ? [] : [blind])} and ${l.id} is not null`,
        none,
        sql`${paks.state}::text`,
      ),
      reached(
        'sku',
        sql`${l.sku}`,
        sql`from ${l} where ${inScope(viewer, l)} and (${isOneOf(l.sku, spelled)} or lower(${l.name}) = lower(${text}))`,
      ),
    ],
    sql` union all `,
  )
}

/**
 * The licenses that an order, subscription, device, PAK, SKU or name leads to, those first that cannot be used; in two
 * round trips. `isCut`: there are more.
 */
export function findLicenses(viewer: Viewer, text: string): Promise<{ leads: Lead[]; isCut: boolean }> {
  if (text === '') return Promise.resolve({ leads: [], isCut: false })
  return asUser(viewer, async (reader) => {
    const reached = (await reader.execute(waysFrom(viewer, text))) as unknown as Reached[]
    const inOrder = reached.sort(
      (a, b) => Number(a.id) - Number(b.id) || `${a.way} ${a.via}`.localeCompare(`${b.way} ${b.via}`),
    )
    const first = [...new Map(inOrder.map((one) => [Number(one.id), one])).values()]
    const leads = await leadsOf(reader, viewer, first.slice(0, LEADS_AT_MOST))
    return {
      leads: leads.sort((a, b) => Number(b.isBlocked) - Number(a.isBlocked) || a.id - b.id),
      isCut: first.length > LEADS_AT_MOST,
    }
  })
}

/** How licenses stand that were reached in scope, in the same snapshot. */
async function leadsOf(reader: Reader, viewer: Viewer, reached: readonly Reached[]): Promise<Lead[]> {
  if (reached.length === 0) return []
  const ids = reached.map(({ id }) => Number(id))
  const [rows, terms, others, users] = await Promise.all([
    reader
      .select()
      .from(l)
      .where(and(eq(l.smartAccountId, viewer.account.id), inArray(l.id, ids))),
    Promise.all(ids.map((id) => termsOf(reader, viewer, id))),
    Promise.all(ids.map((id) => elsewhere(reader, viewer, id))),
    reader
      .select({ id: use.licenseId, n: sql<number>`count(*)::int` })
      .from(use)
      .innerJoin(d, and(inScope(viewer, d), sql`${d.id} = ${use.deviceId}`))
      .where(and(sql`${use.smartAccountId} = ${viewer.account.id}`, inArray(use.licenseId, ids)))
      .groupBy(use.licenseId),
  ])
  return reached.flatMap(({ id, way, via, hold, state }, index): Lead[] => {
    const row = rows.find((one) => one.id === Number(id))
    if (!row) return []
    const held: Held = {
      way,
      via,
      hold,
      state,
      virtualAccountId: row.virtualAccountId,
      quantity: row.quantity,
      inUse: row.inUse,
      reserved: row.reserved,
      substitutions: row.substitutions,
      balance: row.balance,
      devices: users.find((one) => one.id === row.id)?.n ?? 0,
    }
    const advice = adviceOn(held, terms[index] ?? [], others[index] ?? [], viewer, today())
    return [{ ...held, ...advice, id: row.id, name: row.name, sku: row.sku }]
  })
}
