import 'server-only'
import { parseOverview } from '@/lib/overview/schema'
import { tableAt } from '@/lib/paths'
import { paramsOf } from '@/lib/table/href'
import { parseTable } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { devices } from './devices'
import { licenses } from './licenses'

/** The tables that have a tab, by the name in its address. */
export const tables: Readonly<Record<string, Resource>> = { devices, licensing: licenses }

/**
 * What is wrong with the parameters of an address, one plain sentence each; none where nothing is. An address without a
 * table has no parameters that could be wrong. Knows no person and asks no database: middleware calls it.
 */
export function badParameters(pathname: string, search: URLSearchParams): string[] {
  const place = tableAt(pathname)
  if (!place) return []
  const params = paramsOf(search)
  if (place.name === 'overview') return parseOverview(params).problems
  const resource = Object.hasOwn(tables, place.name) ? tables[place.name] : undefined
  return resource ? parseTable(resource, params).problems : []
}

/** The address without the parameters that are wrong in it, each taken alone. */
export function withoutBadParameters(pathname: string, search: URLSearchParams): string {
  const kept = [...search].filter(
    ([name, value]) => badParameters(pathname, new URLSearchParams([[name, value]])).length === 0,
  )
  const text = new URLSearchParams(kept).toString()
  return text ? `${pathname}?${text}` : pathname
}
