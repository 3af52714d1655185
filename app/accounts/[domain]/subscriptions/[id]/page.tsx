import type { Metadata } from 'next'
import { SubscriptionView } from '@/components/contracts/subscription-view'
import { RecordPage } from '@/components/ui/record-page'
import { openSubscription, type SubscriptionProps } from '../open-subscription'

export const metadata: Metadata = { title: 'Subscription' }

/** A subscription on a page of its own: after a reload, by a link that was sent, or without JavaScript. */
export default async function SubscriptionPage(props: SubscriptionProps) {
  const { detail, linesHref, placeName, fileHref, ...page } = await openSubscription(props)
  return (
    <RecordPage {...page} summary={detail.name}>
      <SubscriptionView detail={detail} linesHref={linesHref} place={placeName} fileHref={fileHref} />
    </RecordPage>
  )
}
