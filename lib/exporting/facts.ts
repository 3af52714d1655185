import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { chipsOf, labelOf } from '@/lib/table/words'
import type { About } from './workbook'

/** `Contract products`: a sheet has at most 31 characters, and few signs. */
export const titleOf = ({ noun }: Pick<Resource, 'noun'>) =>
  noun.many.replace(/^./, (letter) => letter.toUpperCase()).slice(0, 25)

/** The filters that hold, in words; '' where none does. */
export const filtersIn = (resource: Resource, viewer: Viewer, query: TableQuery): string =>
  chipsOf(resource, query, viewer)
    .map(({ label, values }) => `${label}: ${values.map(({ text }) => text).join(', ')}`)
    .join('; ')

/** What an export says of itself: whose it is, which rows, as of when, and by whom. */
export function aboutOf(resource: Resource, viewer: Viewer, query: TableQuery): About {
  const made = now()
  return {
    title: titleOf(resource),
    made,
    facts: [
      ['Smart Account', `${viewer.account.name} (${viewer.account.domain})`],
      ['Table', titleOf(resource)],
      ['Filters', filtersIn(resource, viewer, query) || 'None'],
      ['Sorted by', `${labelOf(resource, query.sort)}${query.descending ? ', backwards' : ''}`],
      ['As of', readInstant(made)],
      ['Made by', `${viewer.name} (${viewer.email}), with what they may see`],
    ],
  }
}
