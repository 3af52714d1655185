import { notFound, redirect } from 'next/navigation'
import { LineSwitches } from '@/components/contracts/line-switches'
import { TablePage } from '@/components/table/table-page'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { tableOf } from '@/lib/resources/all'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { loadTable } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import { choicesOf } from '@/lib/table/row-actions'
import { ListPanel } from '../list-panel'
import { takeRows } from '../table-actions'

type Tab = 'contracts' | 'subscriptions'
export type TabListProps = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/**
 * A list of the tab: one row a product, or, at `view=agreements` and for who may see those, one row a contract or
 * subscription.
 */
export async function TabList({ tab, params, searchParams }: TabListProps & { tab: Tab }) {
  const viewer = await getViewer((await params).domain)
  const given = await searchParams
  const { domain } = viewer.account
  const at = { contracts: paths.contracts(domain), subscriptions: paths.subscriptions(domain) }
  const path = at[tab]
  if (hasRangeEnds(Object.keys(given))) redirect(`${path}${formSearch(entriesOf(given))}`)
  const { resource } = tableOf(tab, given)
  const seesAgreements = can(viewer, 'agreements.see')
  if (!resource || (resource.view && !seesAgreements)) notFound()
  const { view, panel } = await loadTable(viewer, resource, given, path)
  return (
    <TablePage
      title="Contracts & Subscriptions"
      view={pack(view)}
      acts={{ choices: choicesOf(viewer, resource), take: takeRows.bind(null, { domain, tab }) }}
      switches={
        <LineSwitches
          current={`${path}${resource.view ? `?view=${resource.view}` : ''}`}
          {...at}
          withAgreements={seesAgreements}
        />
      }
      panel={<ListPanel panel={panel} view={view} domain={domain} tab={tab} params={given} />}
    />
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
