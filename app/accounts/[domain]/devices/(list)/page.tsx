import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TablePage } from '@/components/table/table-page'
import { getViewer } from '@/lib/access/signed-in'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { devices } from '@/lib/resources/devices'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { loadTable } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import { choicesOf } from '@/lib/table/row-actions'
import { ListPanel } from '../../list-panel'
import { takeRows } from '../../table-actions'
import { readSerialNumbers } from '../actions'

export const metadata: Metadata = { title: 'Devices' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function DevicesPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  const given = await searchParams
  const path = paths.devices(viewer.account.domain)
  if (hasRangeEnds(Object.keys(given))) redirect(`${path}${formSearch(entriesOf(given))}`)
  const { view, panel } = await loadTable(viewer, devices, given, path)
  const { domain } = viewer.account
  return (
    <TablePage
      title="Devices"
      view={pack(view)}
      acts={{ choices: choicesOf(viewer, devices), take: takeRows.bind(null, { domain, tab: 'devices' }) }}
      copy={{ label: 'Copy serial numbers', read: readSerialNumbers.bind(null, domain) }}
      panel={<ListPanel panel={panel} view={view} domain={domain} tab="devices" params={given} />}
    />
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
