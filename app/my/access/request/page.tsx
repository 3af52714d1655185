import type { Metadata } from 'next'
import { PlainForm } from '@/components/administration/plain-form'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { roleLabels } from '@/lib/access/roles'
import { getPerson } from '@/lib/access/signed-in'
import type { FieldSpec } from '@/lib/administration/state'
import { access } from '@/lib/paths'
import { askForAccess } from '../actions'

export const metadata: Metadata = { title: 'Ask for access' }

const FIELDS: FieldSpec[] = [
  {
    ...{ kind: 'text', name: 'domain', label: 'Domain of the Smart Account', maxLength: 253 },
    hint: 'For example corp.example.',
  },
  {
    ...{ kind: 'select', name: 'role', label: 'Role' },
    options: Object.entries(roleLabels).map(([value, label]) => ({ value, label })),
  },
  {
    ...{ kind: 'lines', name: 'places', label: 'Virtual Accounts', rows: 2, maxLength: 1000, required: false },
    hint: 'For a role in Virtual Accounts: their names, with commas between them. Empty: the whole account.',
  },
  {
    ...{ kind: 'lines', name: 'reason', label: 'Reason', rows: 3, maxLength: 500 },
    hint: 'Whoever decides reads this.',
  },
]

type Props = { searchParams: Promise<{ account?: string | string[] }> }

export default async function AskPage({ searchParams }: Props) {
  await getPerson()
  const asked = [(await searchParams).account].flat()[0] ?? ''
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'My access', href: access() }, { label: 'Ask for access' }]} />}
        title="Ask for access"
        summary="The administrators of the account get your request and decide. They may give a narrower role."
      />
      <Card id="ask" title="What you need">
        <PlainForm
          action={askForAccess}
          fields={FIELDS}
          formKey={crypto.randomUUID()}
          initial={{ domain: [asked.slice(0, 253)], role: ['sa_viewer'] }}
          label="Ask for access"
        />
      </Card>
    </Page>
  )
}
