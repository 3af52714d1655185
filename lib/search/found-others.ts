import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { literal } from '@/db/literal'
import { virtualAccountTags as tags, virtualAccounts as va } from '@/db/schema/accounts'
import { contracts as c, subscriptions as s } from '@/db/schema/contracts'
import { contractSkus, deviceProducts as dp, subscriptionSkus } from '@/db/schema/rollups'
import { inRollupScope, inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { contractAgreements } from '@/lib/resources/contract-agreements'
import { bandSql } from '@/lib/resources/product-lines'
import { subscriptionAgreements } from '@/lib/resources/subscription-agreements'
import { anywhere } from '@/lib/resources/text-search'
import { underFilters } from '@/lib/table/filters'
import { COUNT_CAP, type Resource } from '@/lib/table/resource'
import { columnsOf, queryOf, type Told, type Window } from './found-rows'
import type { Kind, Terms } from './terms'

const none = sql`null`

/** All rows of `from`, counted to COUNT_CAP + 1, those that `isExact` names first, then in the order of their titles. */
export function foundFrom(kind: Kind, from: SQL, told: Told, isExact: SQL, { offset, size }: Window): SQL {
  return sql`select * from (with hits as materialized (
      select (case when ${isExact} then 0 else 1 end) as rank, ${columnsOf(told)} ${from} limit ${literal(COUNT_CAP + 1)})
    select ${kind}::text as kind, (select count(*) from hits)::int as n,
      page.nth, page.rank, 0::bigint as id, page.address, page.title, page.detail, page.place, page.status
    from (select) one left join lateral (
      select *, row_number() over (order by rank, title, address) as nth from hits order by rank, title, address
      limit ${literal(size)} offset ${literal(offset)}) page on true) f`
}

type Agreement = {
  kind: Kind
  resource: Resource
  number: AnyPgColumn
  name: AnyPgColumn
  end: AnyPgColumn
  skus: typeof contractSkus | typeof subscriptionSkus
  address: AnyPgColumn
}

export const agreements = {
  contracts: {
    kind: 'contracts',
    resource: contractAgreements,
    number: c.number,
    name: c.serviceLevel,
    end: c.endDate,
    skus: contractSkus,
    address: c.number,
  },
  subscriptions: {
    kind: 'subscriptions',
    resource: subscriptionAgreements,
    number: s.number,
    name: s.name,
    end: s.endDate,
    skus: subscriptionSkus,
    address: s.id,
  },
} as const satisfies Record<string, Agreement>

/** A contract or subscription is seen where a product in it is. */
export function seesAgreement(viewer: Viewer, which: keyof typeof agreements): SQL | undefined {
  if (viewer.scope.kind === 'account') return undefined
  const { skus, number }: Agreement = agreements[which]
  return sql`exists (select from ${skus} where ${inRollupScope(viewer, skus)} and ${skus.number} = ${number} and ${skus.n} <> 0)`
}

/** Contracts or subscriptions by number, subscriptions by name too, where the viewer sees a product in them. */
export function foundAgreements(
  viewer: Viewer,
  which: keyof typeof agreements,
  terms: Terms,
  today: string,
  window: Window,
): SQL | undefined {
  const { kind, resource, number, name, end, address }: Agreement = agreements[which]
  const query = queryOf({ resource, ends: 'end' }, terms)
  if (!query) return undefined
  const pattern = anywhere(terms.text)
  const where = and(
    sql`${resource.tenant} = ${viewer.account.id}`,
    seesAgreement(viewer, which),
    underFilters(resource, viewer, query, today),
    terms.text ? sql`(${number} ilike ${pattern} or ${name} ilike ${pattern})` : undefined,
  )
  const told: Told = {
    address,
    title: sql`${number}`,
    detail: sql`${name}`,
    place: none,
    status: bandSql(end),
  }
  return foundFrom(
    kind,
    sql`from ${resource.table} where ${where}`,
    told,
    sql`lower(${number}) = lower(${terms.text})`,
    window,
  )
}

/** Products of which the viewer has devices, by PID and description. */
export function foundProducts(viewer: Viewer, { text, status, expires }: Terms, window: Window): SQL | undefined {
  if (status || expires || !text) return undefined
  const from = sql`from (select ${dp.pid} as pid, min(${dp.family}) as family, sum(${dp.n})::bigint as n from ${dp}
    where ${inRollupScope(viewer, dp)} and ${dp.n} <> 0 and ${dp.pid} ilike ${anywhere(text)} group by 1) p`
  const told: Told = {
    address: sql`p.pid`,
    title: sql`p.pid`,
    detail: sql`p.family || ' · ' || p.n || case when p.n = 1 then ' device' else ' devices' end`,
    place: none,
    status: none,
  }
  return foundFrom('products', from, told, sql`lower(p.pid) = lower(${text})`, window)
}

/** Virtual Accounts in scope, by name and by tag. */
export function foundPlaces(viewer: Viewer, { text, status, expires }: Terms, window: Window): SQL | undefined {
  if (status || expires || !text) return undefined
  const pattern = anywhere(text)
  const scope = inScope(viewer, { smartAccountId: va.smartAccountId, virtualAccountId: va.id })
  const tagged = sql`exists (select from ${tags} where ${tags.smartAccountId} = ${viewer.account.id}
    and ${tags.virtualAccountId} = ${va.id} and (${tags.name} ilike ${pattern} or ${tags.value} ilike ${pattern}))`
  const told: Told = {
    address: va.id,
    title: sql`${va.name}`,
    detail: sql`${va.description}`,
    place: none,
    status: none,
  }
  const from = sql`from ${va} where ${scope} and (${va.name} ilike ${pattern} or ${tagged})`
  return foundFrom('virtual-accounts', from, told, sql`lower(${va.name}) = lower(${text})`, window)
}
