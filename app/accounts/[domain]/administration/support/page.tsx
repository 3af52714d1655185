import type { Metadata } from 'next'
import { viewerWho } from '@/app/form-steps'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { ReviewedForm } from '@/components/administration/reviewed-form'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import type { FieldSpec } from '@/lib/administration/state'
import { type SupportSeen, supportOf } from '@/lib/administration/support'
import { lastSupportDay, SUPPORT_DAYS } from '@/lib/administration/support-schema'
import { today } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import { administration } from '@/lib/paths'
import { endSupport, openSupport } from './actions'

export const metadata: Metadata = { title: 'Support access' }

const fieldsOn = (day: string): FieldSpec[] => [
  {
    ...{ kind: 'email', name: 'email', label: 'E-mail address of the support engineer', maxLength: 254 },
    hint: 'As it stands in your support case.',
  },
  { kind: 'text', name: 'reason', label: 'Reason', hint: 'The case, and what is to be looked at.', maxLength: 200 },
  {
    ...{ kind: 'date', name: 'lastDay', label: 'Last day', min: day, max: lastSupportDay(day) },
    hint: `In UTC; ${SUPPORT_DAYS} days from today at most.`,
  },
]

export default async function SupportPage({ params }: { params: Promise<{ domain: string }> }) {
  const viewer = await viewerWho('account.manage', (await params).domain)
  const { domain, name } = viewer.account
  const all = await supportOf(viewer)
  const open = all.filter(({ isOpen }) => isOpen)
  const ended = all.filter(({ isOpen }) => !isOpen)
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'Support access' }]}
          />
        }
        title="Support access"
        summary={`Support reads ${name} only while you let it, and leaves an event for every page`}
      />
      <Card id="open" title={open.length === 0 ? 'Nobody reads the account now' : 'Open now'}>
        {open.length === 0 ? (
          <p>Support sees nothing of it.</p>
        ) : (
          <ul className="grid gap-4">
            {open.map((access) => (
              <li key={access.id}>
                <ConfirmForm
                  action={endSupport.bind(null, domain, access.id)}
                  formKey={crypto.randomUUID()}
                  label={`End the access of ${access.name}`}
                  pendingLabel="Ending …"
                  look="danger"
                >
                  <AccessText access={access} />
                </ConfirmForm>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card id="let-in" title="Let support read the account">
        <ReviewedForm
          action={openSupport.bind(null, domain)}
          fields={fieldsOn(today())}
          initial={{ email: [''], reason: [''], lastDay: [today()] }}
          give="Open the access"
        />
      </Card>
      {ended.length > 0 ? (
        <Card id="ended" title="Ended">
          <ul className="grid gap-2">
            {ended.map((access) => (
              <li key={access.id}>
                <AccessText access={access} />
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </Page>
  )
}

function AccessText({ access: { name, email, reason, startsAt, endsAt, isOpen } }: { access: SupportSeen }) {
  return (
    <p>
      <strong>{name}</strong> ({email}): {reason}
      <span className="block text-sm text-ink-muted">
        {readInstant(startsAt)} to {readInstant(endsAt)}
        {isOpen ? ', read only' : ''}
      </span>
    </p>
  )
}
