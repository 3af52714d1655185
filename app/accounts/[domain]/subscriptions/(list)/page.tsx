import type { Metadata } from 'next'
import { TabList, type TabListProps } from '../../contracts/tab-list'

export const metadata: Metadata = { title: 'Subscriptions' }

export default function SubscriptionsPage(props: TabListProps) {
  return <TabList tab="subscriptions" {...props} />
}
