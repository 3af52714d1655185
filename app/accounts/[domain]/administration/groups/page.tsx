import type { Metadata } from 'next'
import { viewerWho } from '@/app/form-steps'
import { GroupTable } from '@/components/administration/group-table'
import { PlainForm } from '@/components/administration/plain-form'
import { Empty } from '@/components/ui/feedback'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { groupFields } from '@/lib/administration/group-words'
import { groupsOf } from '@/lib/administration/groups'
import { administration, group } from '@/lib/paths'
import { createGroup } from './actions'

export const metadata: Metadata = { title: 'User groups' }

export default async function GroupsPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await viewerWho('users.see', (await params).domain)
  const { domain, name } = viewer.account
  const { groups, mayMake } = await groupsOf(viewer)
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'User groups' }]} />
        }
        title="User groups"
        summary={`People who get Virtual Account roles in ${name} together`}
      />
      <Card id="groups" title={groups.length === 1 ? '1 group' : `${groups.length} groups`}>
        {groups.length === 0 ? (
          <Empty kind="nothing" icon="people" title="No groups yet">
            A group gives all of its members the same roles in Virtual Accounts, and takes them away together.
          </Empty>
        ) : (
          <GroupTable groups={groups} href={(id) => group(domain, id)} />
        )}
      </Card>
      {mayMake ? (
        <Card id="new" title="Create a group">
          <PlainForm
            action={createGroup.bind(null, domain)}
            fields={groupFields}
            formKey={crypto.randomUUID()}
            initial={{}}
            label="Create"
          />
        </Card>
      ) : null}
    </Page>
  )
}
