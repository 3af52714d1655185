import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TablePage } from '@/components/table/table-page'
import { getViewer } from '@/lib/access/signed-in'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { licenses } from '@/lib/resources/licenses'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { loadTable } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import { choicesOf } from '@/lib/table/row-actions'
import { ListPanel } from '../../list-panel'
import { takeRows } from '../../table-actions'
import { readSkus } from '../actions'

export const metadata: Metadata = { title: 'Licensing' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function LicensingPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  const given = await searchParams
  const path = paths.licensing(viewer.account.domain)
  if (hasRangeEnds(Object.keys(given))) redirect(`${path}${formSearch(entriesOf(given))}`)
  const { view, panel } = await loadTable(viewer, licenses, given, path)
  const { domain } = viewer.account
  return (
    <TablePage
      title="Licensing"
      view={pack(view)}
      acts={{ choices: choicesOf(viewer, licenses), take: takeRows.bind(null, { domain, tab: 'licensing' }) }}
      copy={{ label: 'Copy SKUs', read: readSkus.bind(null, domain) }}
      panel={<ListPanel panel={panel} view={view} domain={domain} tab="licensing" params={given} />}
    />
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
