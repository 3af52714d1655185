import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { viewerWho } from '@/app/form-steps'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { FieldList } from '@/components/administration/field-list'
import { ReviewedForm } from '@/components/administration/reviewed-form'
import { Facts } from '@/components/ui/facts'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { roleLabels } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { requestStateLabels } from '@/lib/administration/request-schema'
import { approvalFields, approvalGiven, askedPlaces } from '@/lib/administration/request-words'
import { type Request, requestOf } from '@/lib/administration/requests'
import type { FieldSpec } from '@/lib/administration/state'
import { today } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import { administration, idOf, requests } from '@/lib/paths'
import { approveAccessRequest, declineAccessRequest } from '../actions'

export const metadata: Metadata = { title: 'Access request' }

const ANSWER: FieldSpec[] = [
  {
    ...{ kind: 'lines', name: 'answer', label: 'Reason', rows: 2, maxLength: 500, required: false },
    hint: 'Whoever asked reads this.',
  },
]

export default async function RequestPage({ params }: { params: Promise<{ domain: string; request: string }> }) {
  const given = await params
  const viewer = await viewerWho('requests.approve', given.domain)
  const id = idOf(given.request)
  const request = id === null ? null : await requestOf(viewer, id)
  if (!request) notFound()
  const { domain } = viewer.account
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[
              { label: 'Administration', href: administration(domain) },
              { label: 'Access requests', href: requests(domain) },
              { label: request.email },
            ]}
          />
        }
        title={request.email}
        summary={requestStateLabels[request.state]}
      />
      <Card id="asked" title="What was asked for">
        <RequestFacts viewer={viewer} request={request} />
      </Card>
      {request.state === 'pending' ? (
        <>
          <Card id="approve" title="Approve">
            <ReviewedForm
              action={approveAccessRequest.bind(null, domain, request.id)}
              fields={approvalFields(viewer, request, today())}
              initial={approvalGiven(request)}
              give="Approve and give access"
            />
          </Card>
          <Card id="decline" title="Decline">
            <ConfirmForm
              action={declineAccessRequest.bind(null, domain, request.id)}
              formKey={crypto.randomUUID()}
              label="Decline the request"
              pendingLabel="Declining …"
              look="danger"
            >
              <FieldList fields={ANSWER} given={{}} />
            </ConfirmForm>
          </Card>
        </>
      ) : null}
    </Page>
  )
}

function RequestFacts({ viewer, request }: { viewer: Viewer; request: Request }) {
  const { name, email, organisation, isOutside, role, reason, requestedAt, decidedAt, answer } = request
  return (
    <Facts
      items={[
        { label: 'Person', value: name === email ? email : `${name}, ${email}` },
        { label: 'Organization', value: isOutside ? `${organisation}, outside of this account` : organisation },
        { label: 'Role', value: roleLabels[role] },
        { label: 'Where', value: askedPlaces(viewer, request) },
        { label: 'Reason', value: reason },
        { label: 'Asked', value: readInstant(requestedAt) },
        ...(decidedAt ? [{ label: 'Answered', value: readInstant(decidedAt) }] : []),
        ...(answer ? [{ label: 'Answer', value: answer }] : []),
      ]}
    />
  )
}
