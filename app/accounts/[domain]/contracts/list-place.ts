import { notFound } from 'next/navigation'
import { can, type Viewer } from '@/lib/access/viewer'
import { idOf } from '@/lib/paths'
import { tableOf } from '@/lib/resources/all'
import { rowHref, toSearch } from '@/lib/table/href'
import { type Params, parseTable, valuesOf } from '@/lib/table/parse'

/**
 * The list that the address of a contract or subscription names, the product that it was opened from, and the addresses
 * around it; 404 where the parameters fit no list, or one that the viewer does not have.
 */
export function listPlace(viewer: Viewer, tab: 'contracts' | 'subscriptions', path: string, params: Params) {
  const { resource, problems } = tableOf(tab, params)
  const [given] = valuesOf(params, 'line')
  if (!resource || problems.length > 0 || (resource.view && !can(viewer, 'agreements.see'))) notFound()
  const asked = given === undefined ? null : idOf(given)
  if (given !== undefined && asked === null) notFound()
  const { query, problems: others } = parseTable(resource, params)
  if (others.length > 0) notFound()
  const search = toSearch(resource, query)
  const line = resource.rowParam ? asked : null
  return {
    place: { resource, query, line },
    listHref: `${path}${search}`,
    hrefOf: (address: string | null) => (address === null ? undefined : rowHref(path, address, search)),
    label: resource.noun.many.replace(/^./, (letter) => letter.toUpperCase()),
  }
}
