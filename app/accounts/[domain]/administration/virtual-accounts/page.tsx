import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PlaceForm } from '@/components/administration/place-form'
import { PlaceTable } from '@/components/administration/place-table'
import { LinkButton } from '@/components/ui/link-button'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { placesOf } from '@/lib/administration/places'
import { parentsFor } from '@/lib/administration/words'
import { administration, users, virtualAccount } from '@/lib/paths'
import { createVirtualAccount } from './actions'

export const metadata: Metadata = { title: 'Virtual Accounts' }

export default async function VirtualAccountsPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'virtual-accounts.manage')) notFound()
  const { domain, name } = viewer.account
  const places = await placesOf(viewer)
  const parents = parentsFor(viewer)
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'Virtual Accounts' }]}
          />
        }
        title="Virtual Accounts"
        summary={`How ${name} keeps its assets apart. Numbers are of each one itself, without what is nested in it.`}
        actions={
          <LinkButton href={users(domain)} icon="people">
            Users
          </LinkButton>
        }
      />
      <Card id="tree" title={places.length === 1 ? '1 Virtual Account' : `${places.length} Virtual Accounts`}>
        <PlaceTable places={places} href={(id) => virtualAccount(domain, id)} />
      </Card>
      {parents.length > 0 ? (
        <Card id="new" title="Create a Virtual Account">
          <PlaceForm
            action={createVirtualAccount.bind(null, domain)}
            formKey={crypto.randomUUID()}
            initial={{ name: '', description: '', parentId: parents[0]?.value ?? '' }}
            parents={parents}
            label="Create"
          />
        </Card>
      ) : null}
    </Page>
  )
}
