import 'server-only'
import { account } from '@/lib/paths'
import { tables } from '@/lib/resources/all'
import type { Filters } from '@/lib/table/resource'

/** The address of exactly these rows of a resource, by the resource's name. */
export type RowsHref = (resource: string, params: Filters) => string | undefined

/**
 * Addresses in one account. A number whose rows have no tab yet stands without one. Parameters without any value would
 * let all rows through: such rows are none, and have no address either.
 */
export const rowsOf = (domain: string): RowsHref => rowsAt((tab) => `${account(domain)}/${tab}`)

/** The same for lists that stand elsewhere: `addressOf` gives the address of a tab, without parameters. */
export const rowsAt =
  (addressOf: (tab: string) => string): RowsHref =>
  (resource, params) => {
    const tab = Object.keys(tables).find((name) => tables[name]?.name === resource)
    const isNothing = Object.values(params).some(({ length }) => length === 0)
    if (!tab || isNothing) return undefined
    const search = new URLSearchParams()
    for (const [name, values] of Object.entries(params)) for (const value of values) search.append(name, value)
    return `${addressOf(tab)}${search.size > 0 ? `?${search}` : ''}`
  }
