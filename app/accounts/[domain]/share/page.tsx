import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ChosenOrders } from '@/components/sharing/chosen-orders'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'
import { chosenRows } from '@/lib/resources/chosen-rows'
import { ORDERS_AT_MOST, sharableOrders } from '@/lib/sharing/chosen-orders'
import type { Params } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Send Order Based Access' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** From the list of orders to the form of each chosen one; of a single one at once. */
export default async function ShareChosenPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'orders.share')) notFound()
  const rows = await chosenRows(viewer, await searchParams)
  if (rows?.tab !== 'orders') notFound()
  const found = await sharableOrders(viewer, rows)
  const { domain } = viewer.account
  const [first, ...others] = found
  if (!first) notFound()
  if (others.length === 0) redirect(paths.shareOrder(domain, first.number))
  const isCut = found.length > ORDERS_AT_MOST
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Orders', href: rows.listHref }, { label: 'Send Order Based Access' }]} />}
        title="Send Order Based Access"
        summary={
          isCut
            ? `These are the first ${ORDERS_AT_MOST} of the chosen orders that you may share.`
            : `${found.length} of the chosen orders are yours to share.`
        }
      />
      <Card id="orders" title="Choose an order">
        <ChosenOrders orders={found.slice(0, ORDERS_AT_MOST)} hrefOf={(number) => paths.shareOrder(domain, number)} />
      </Card>
    </Page>
  )
}
