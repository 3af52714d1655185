import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { devices as d } from '@/db/schema/devices'
import { licenses as l, paks } from '@/db/schema/licenses'
import { orders as o } from '@/db/schema/orders'
import { products } from '@/db/schema/products'
import { deviceProducts as dp } from '@/db/schema/rollups'
import { asUser } from '@/lib/access/database'
import { inRollupScope, inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { isOneOf } from '@/lib/table/filters'
import { plannedFor } from '@/lib/table/plans'
import { agreements, seesAgreement } from './found-others'
import { columnsOf, type Searched, type ThingRow, type Told, toldOf } from './found-rows'
import { type Hit, hitOf } from './hits'
import { numberSpellings } from './identifiers'
import { searchedLists } from './kinds'
import { blindOf, paksWith, pakTold } from './paks'
import { type Kind, kindNames, kinds } from './terms'

/** An identifier as it was typed, and the things in scope that have it; none where it is unknown. */
export type LookedUp = { typed: string; found: (Hit & { kind: Kind; what: string; id: number | null })[] }
type MatchedRow = ThingRow & { matched: string }

/** So many things are told of identifiers that many have, such as a customer order. */
const ROWS_AT_MOST = 2_000
const key = (identifier: string) => identifier.toUpperCase()

function rowsOf(kind: Kind, id: SQL | AnyPgColumn, matched: SQL, told: Told, from: SQL): SQL {
  return sql`(select ${kind}::text as kind, 0 as rank, ${id}::bigint as id, ${columnsOf(told)}, ${matched} as matched
    ${from} limit ${ROWS_AT_MOST})`
}

function ofList(viewer: Viewer, searched: Searched, columns: readonly AnyPgColumn[], values: readonly string[]): SQL[] {
  const { kind, resource } = searched
  const scoped = { smartAccountId: resource.tenant, virtualAccountId: resource.virtualAccount }
  const scope = inScope(viewer, scoped, 'checked')
  return columns.map((column) =>
    rowsOf(
      kind,
      resource.id,
      sql`upper(${column})`,
      toldOf(searched),
      sql`from ${resource.table} where ${scope} and ${isOneOf(column, values)}`,
    ),
  )
}

function ofAgreements(viewer: Viewer, which: keyof typeof agreements, values: readonly string[]): SQL {
  const { kind, resource, number, name, address } = agreements[which]
  const told: Told = { address, title: sql`${number}`, detail: sql`${name}`, place: sql`null`, status: sql`null` }
  const from = sql`from ${resource.table} where ${resource.tenant} = ${viewer.account.id} and ${isOneOf(number, values)}
    and ${seesAgreement(viewer, which) ?? sql`true`}`
  return rowsOf(kind, resource.id, sql`upper(${number})`, told, from)
}

function ofProducts(viewer: Viewer, values: readonly string[]): SQL {
  const told: Told = {
    address: sql`p.pid`,
    title: sql`p.pid`,
    detail: sql`p.n || case when p.n = 1 then ' device' else ' devices' end`,
    place: sql`null`,
    status: sql`null`,
  }
  // The catalogue's and the account's own, each along the index that its accounts lead.
  const productsOf = (owner: SQL) =>
    sql`select ${products.id} from ${products} where ${products.smartAccountId} ${owner} and ${isOneOf(products.pid, values)}`
  const from = sql`from (select ${dp.pid} as pid, sum(${dp.n})::bigint as n from ${dp}
    where ${inRollupScope(viewer, dp)} and ${dp.n} <> 0
      and ${dp.productId} = any (array(${productsOf(sql`is null`)} union all ${productsOf(sql`= ${viewer.account.id}`)}))
    group by 1) p`
  return rowsOf('products', sql`null`, sql`upper(p.pid)`, told, from)
}

const byKind = (a: MatchedRow, b: MatchedRow) =>
  kindNames.indexOf(a.kind) - kindNames.indexOf(b.kind) || Number(a.id) - Number(b.id)

/**
 * Everything in scope that is called exactly so, by serial number, host name, instance, order, contract, subscription, PID,
 * SKU or PAK; in the order of the identifiers. One round trip, whatever is found.
 */
export async function lookUp(viewer: Viewer, identifiers: readonly string[]): Promise<LookedUp[]> {
  if (identifiers.length === 0) return []
  const values = [...new Set(identifiers.flatMap(numberSpellings))]
  const blind = new Map(
    identifiers.flatMap((one) => {
      const index = blindOf(one)
      return index === undefined ? [] : [[index, key(one)] as const]
    }),
  )
  const parts = [
    ...ofList(viewer, searchedLists.devices, [d.serialNumber, d.name, d.instanceNumber], values),
    ...ofList(viewer, searchedLists.licenses, [l.sku], values),
    ...ofList(viewer, searchedLists.orders, [o.number, o.webOrderNumber, o.customerOrderNumber], values),
    ofAgreements(viewer, 'contracts', values),
    ofAgreements(viewer, 'subscriptions', values),
    ofProducts(viewer, values),
    rowsOf('paks', paks.id, sql`encode(${paks.blindIndex}, 'hex')`, pakTold, paksWith(viewer, [...blind.keys()])),
  ]
  // Each kind goes by the index of its identifiers, whichever they are; to weigh them all again takes longer than to find them.
  const [, rows] = (await asUser(viewer, (reader) =>
    Promise.all([plannedFor(reader, 'any values'), reader.execute(sql.join(parts, sql` union all `))]),
  )) as unknown as [unknown, MatchedRow[]]
  const byKey = new Map<string, MatchedRow[]>()
  for (const row of rows) {
    const of = row.kind === 'paks' ? (blind.get(row.matched) ?? '') : row.matched
    byKey.set(of, [...(byKey.get(of) ?? []), row])
  }
  return identifiers.map((typed) => ({
    typed,
    found: (byKey.get(key(typed)) ?? []).sort(byKind).map((row) => ({
      ...hitOf(viewer, row),
      kind: row.kind,
      what: kinds[row.kind].one,
      id: row.id === null ? null : Number(row.id),
    })),
  }))
}
