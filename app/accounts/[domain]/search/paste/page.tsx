import type { Metadata } from 'next'
import { PasteForm } from '@/components/search/paste-form'
import { Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { IDENTIFIERS_AT_MOST } from '@/lib/search/identifiers'
import { lookUpPasted } from './actions'

export const metadata: Metadata = { title: 'Paste identifiers' }

export default async function PastePage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  return (
    <Page>
      <PageHeader
        title="Paste identifiers"
        summary={`Up to ${IDENTIFIERS_AT_MOST} serial numbers, host names, orders, contracts, subscriptions, PIDs, SKUs or PAKs at once`}
      />
      <PasteForm action={lookUpPasted.bind(null, viewer.account.domain)} />
    </Page>
  )
}
