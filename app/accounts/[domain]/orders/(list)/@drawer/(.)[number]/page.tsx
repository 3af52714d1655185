import { OrderView } from '@/components/orders/order-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { type OrderProps, openOrder } from '../../../open-order'

/** An order over the list that it was opened from. */
export default async function OrderDrawer(props: OrderProps) {
  const { detail, links, ...drawer } = await openOrder(props)
  return (
    <RecordDrawer key={detail.id} {...drawer} rowId={detail.id} summary={detail.summary}>
      <OrderView detail={detail} links={links} />
    </RecordDrawer>
  )
}
