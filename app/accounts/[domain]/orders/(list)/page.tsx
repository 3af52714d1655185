import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { OrderCards } from '@/components/orders/order-cards'
import { TablePage } from '@/components/table/table-page'
import { getViewer } from '@/lib/access/signed-in'
import { readOrderCards } from '@/lib/overview/order-cards'
import { pack } from '@/lib/packed'
import * as paths from '@/lib/paths'
import { orders } from '@/lib/resources/orders'
import { formSearch, hasRangeEnds } from '@/lib/table/form-search'
import { loadTable } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import { choicesOf } from '@/lib/table/row-actions'
import { ListPanel } from '../../list-panel'
import { takeRows } from '../../table-actions'

export const metadata: Metadata = { title: 'Orders' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

export default async function OrdersPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  const given = await searchParams
  const { domain } = viewer.account
  const path = paths.orders(domain)
  if (hasRangeEnds(Object.keys(given))) redirect(`${path}${formSearch(entriesOf(given))}`)
  const [{ view, panel }, cards] = await Promise.all([loadTable(viewer, orders, given, path), readOrderCards(viewer)])
  return (
    <TablePage
      title="Orders"
      view={pack(view)}
      acts={{ choices: choicesOf(viewer, orders), take: takeRows.bind(null, { domain, tab: 'orders' }) }}
      switches={<OrderCards {...cards} />}
      panel={<ListPanel panel={panel} view={view} domain={domain} tab="orders" params={given} />}
    />
  )
}

const entriesOf = (given: Params) =>
  Object.keys(given).flatMap((name) => valuesOf(given, name).map((value) => [name, value] as const))
