import type { Metadata } from 'next'
import { OrderView } from '@/components/orders/order-view'
import { RecordPage } from '@/components/ui/record-page'
import { type OrderProps, openOrder } from '../open-order'

export const metadata: Metadata = { title: 'Order' }

/** An order on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function OrderPage(props: OrderProps) {
  const { detail, links, pageHref: _, ...page } = await openOrder(props)
  return (
    <RecordPage {...page} label="Orders" summary={detail.summary}>
      <OrderView detail={detail} links={links} />
    </RecordPage>
  )
}
