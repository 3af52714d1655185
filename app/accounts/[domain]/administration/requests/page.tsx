import type { Metadata } from 'next'
import { viewerWho } from '@/app/form-steps'
import { RequestTable } from '@/components/administration/request-table'
import { Empty } from '@/components/ui/feedback'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { askedPlaces } from '@/lib/administration/request-words'
import { requestsOf } from '@/lib/administration/requests'
import { readInstant } from '@/lib/overview/words'
import { administration, request } from '@/lib/paths'

export const metadata: Metadata = { title: 'Access requests' }

export default async function RequestsPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await viewerWho('requests.approve', (await params).domain)
  const { domain, name } = viewer.account
  const found = await requestsOf(viewer)
  const waiting = found.filter(({ state }) => state === 'pending').length
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'Access requests' }]}
          />
        }
        title="Access requests"
        summary={`Who asks for access to ${name}`}
      />
      <Card id="requests" title={waiting === 1 ? '1 request waits' : `${waiting} requests wait`}>
        {found.length === 0 ? (
          <Empty kind="nothing" icon="key" title="Nobody has asked">
            People ask from their access directory, by the domain of the account.
          </Empty>
        ) : (
          <RequestTable
            requests={found}
            href={(id) => request(domain, id)}
            places={(one) => askedPlaces(viewer, one)}
            readInstant={readInstant}
          />
        )}
      </Card>
    </Page>
  )
}
