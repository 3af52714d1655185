import 'server-only'
import { parseExport } from '@/lib/exporting/formats'
import { parseOverview } from '@/lib/overview/schema'
import { listOfExport, tableAt, userView } from '@/lib/paths'
import { parseReport } from '@/lib/reports/kinds'
import { parseSearch } from '@/lib/search/schema'
import { sharedTable } from '@/lib/sharing/shared-table'
import { paramsOf } from '@/lib/table/href'
import { type Params, parseTable, valuesOf } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { contractAgreements } from './contract-agreements'
import { contracts } from './contracts'
import { devices } from './devices'
import { events } from './events'
import { licenses } from './licenses'
import { orders } from './orders'
import { subscriptionAgreements } from './subscription-agreements'
import { subscriptions } from './subscriptions'

/** The tables that have a tab, by the name in its address. */
export const tables: Readonly<Record<string, Resource>> = {
  devices,
  licensing: licenses,
  contracts,
  subscriptions,
  orders,
  events,
}

/** The second list of a tab, at `view=agreements`: one row a contract or subscription, for who may see those. */
const agreements: Readonly<Record<string, Resource>> = {
  contracts: contractAgreements,
  subscriptions: subscriptionAgreements,
}

/** The table of this name, the tab that it stands in, and whether it is one of those that not everybody may see. */
export function tableNamed(name: string): { tab: string; resource: Resource; isAgreements: boolean } | undefined {
  for (const [isAgreements, part] of [[false, tables] as const, [true, agreements] as const])
    for (const [tab, resource] of Object.entries(part))
      if (resource.name === name) return { tab, resource, isAgreements }
  return undefined
}

const VIEWS = ['products', 'agreements']

/** The table that an address shows, and what is wrong with the `view` that it asks for. */
export function tableOf(name: string, params: Params): { resource: Resource | undefined; problems: string[] } {
  const resource = Object.hasOwn(tables, name) ? tables[name] : undefined
  if (!Object.hasOwn(agreements, name)) return { resource, problems: [] }
  const unknown = valuesOf(params, 'view').filter((view) => !VIEWS.includes(view))
  const problems = unknown.map((view) => `view: “${view.slice(0, 60)}” is not one of its values.`)
  return { resource: valuesOf(params, 'view')[0] === 'agreements' ? agreements[name] : resource, problems }
}

/**
 * What is wrong with the parameters of an address, one plain sentence each; none where nothing is. An address without a
 * table has no parameters that could be wrong. Knows no person and asks no database: middleware calls it.
 */
export function badParameters(pathname: string, search: URLSearchParams): string[] {
  const exported = listOfExport(pathname)
  if (exported) return [...parseExport(paramsOf(search)).problems, ...badParameters(exported, search)]
  if (pathname === userView()) return parseTable(sharedTable, paramsOf(search)).problems
  const place = tableAt(pathname)
  if (!place) return []
  const params = paramsOf(search)
  if (place.name === 'overview')
    return (/\/report\/?$/.test(pathname) ? parseReport(params) : parseOverview(params)).problems
  if (place.name === 'search') return parseSearch(params).problems
  const { resource, problems } = tableOf(place.name, params)
  return resource ? [...problems, ...parseTable(resource, params).problems] : []
}

/** The address without the parameters that are wrong in it, each taken alone; of an export, the list that it is of. */
export function withoutBadParameters(pathname: string, search: URLSearchParams): string {
  const exported = listOfExport(pathname)
  if (exported) {
    const kept = new URLSearchParams(search)
    for (const name of ['format', 'columns']) kept.delete(name)
    return withoutBadParameters(exported, kept)
  }
  // From a report that there is not back to the page that has them.
  if (/\/overview\/report\/?$/.test(pathname)) return withoutBadParameters(pathname.replace(/\/report\/?$/, ''), search)
  // What else is right depends on the list that is meant.
  const [view] = search.getAll('view').filter((name) => VIEWS.includes(name))
  const given: [string, string][] = view ? [['view', view]] : []
  const isRight = ([name, value]: [string, string]) =>
    badParameters(pathname, new URLSearchParams([...(name === 'view' ? [] : given), [name, value]])).length === 0
  const text = new URLSearchParams([...search].filter(isRight)).toString()
  return text ? `${pathname}?${text}` : pathname
}
