import type { Metadata } from 'next'
import { TabList, type TabListProps } from '../tab-list'

export const metadata: Metadata = { title: 'Contracts' }

export default function ContractsPage(props: TabListProps) {
  return <TabList tab="contracts" {...props} />
}
