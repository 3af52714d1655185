import { devices } from '@/lib/paths'
import type { Filters } from '@/lib/table/resource'

/** The address of exactly these rows of a resource. */
export type RowsHref = (resource: string, params: Filters) => string | undefined

/** The lists that there are, by resource. A number whose rows have no list yet stands without a link. */
const lists: Readonly<Record<string, (domain: string) => string>> = { devices }

/** Parameters without any value would let all rows through: such rows are none, and have no address. */
export const rowsOf =
  (domain: string): RowsHref =>
  (resource, params) => {
    const list = lists[resource]
    const isNothing = Object.values(params).some(({ length }) => length === 0)
    if (!list || isNothing) return undefined
    const search = new URLSearchParams()
    for (const [name, values] of Object.entries(params)) for (const value of values) search.append(name, value)
    return `${list(domain)}${search.size > 0 ? `?${search}` : ''}`
  }
