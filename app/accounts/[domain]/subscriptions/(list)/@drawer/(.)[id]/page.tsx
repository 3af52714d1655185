import { SubscriptionView } from '@/components/contracts/subscription-view'
import { RecordDrawer } from '@/components/ui/record-page'
import { openSubscription, type SubscriptionProps } from '../../../open-subscription'

/** A subscription over the list that it was opened from. */
export default async function SubscriptionDrawer(props: SubscriptionProps) {
  const { detail, linesHref, placeName, fileHref, ...drawer } = await openSubscription(props)
  return (
    <RecordDrawer key={drawer.rowId} {...drawer} summary={detail.name}>
      <SubscriptionView detail={detail} linesHref={linesHref} place={placeName} fileHref={fileHref} />
    </RecordDrawer>
  )
}
