import type { Metadata } from 'next'
import { SharedOrderCard } from '@/components/access/shared-order'
import { Empty } from '@/components/ui/feedback'
import { Page, PageHeader } from '@/components/ui/surface'
import { getPerson } from '@/lib/access/viewer'
import { sharedOrders } from '@/lib/sharing/shared-orders'

export const metadata: Metadata = { title: 'Orders shared with me' }

/** The User View: orders that were shared with the person, or that name them as eDelivery contact. */
export default async function SharedOrdersPage() {
  const orders = await sharedOrders(await getPerson())
  return (
    <Page>
      <PageHeader
        title="Orders shared with me"
        summary={orders.length > 0 ? `${orders.length} ${orders.length === 1 ? 'order' : 'orders'}` : undefined}
      />
      {orders.length > 0 ? (
        orders.map(({ key, ...order }) => <SharedOrderCard key={key} {...order} />)
      ) : (
        <div className="card">
          <Empty kind="nothing" icon="order" title="Nothing is shared with you">
            When somebody gives you access to an order, its lines or assets, or an order names you as eDelivery contact,
            it shows here.
          </Empty>
        </div>
      )}
    </Page>
  )
}
