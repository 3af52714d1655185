import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { ReviewView } from '@/components/assignment/review-view'
import { UndoForm } from '@/components/assignment/undo-form'
import { Notice } from '@/components/ui/feedback'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { loadReview, type Review } from '@/lib/assignment/review'
import { planId } from '@/lib/assignment/schema'
import { countOf, placeText } from '@/lib/assignment/words'
import * as paths from '@/lib/paths'
import { type Params, valuesOf } from '@/lib/table/parse'
import { applyAssignment, undoChange } from '../actions'

export const metadata: Metadata = { title: 'Review the assignment' }

type Props = { params: Promise<{ domain: string; plan: string }>; searchParams: Promise<Params> }

/** A plan before it is carried out, and what became of it after. */
export default async function PlanPage({ params, searchParams }: Props) {
  const given = await params
  const viewer = await getViewer(given.domain)
  const id = planId.safeParse(given.plan)
  const [page = '1'] = valuesOf(await searchParams, 'page')
  if (!(can(viewer, 'assign') && id.success && /^[1-9]\d{0,5}$/.test(page))) notFound()
  const review = await loadReview(viewer, id.data, Number(page))
  if (!review) notFound()
  const { domain } = viewer.account
  const place = (at: number | null) => placeText(at, viewer)
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Organize', href: paths.organize(domain) }, { label: 'Assignment' }]} />}
        title={review.done ? 'Assignment' : 'Review the assignment'}
        summary={`To ${review.places.to.map(place).join(', ') || 'nowhere'}`}
      />
      {review.done ? (
        <Outcome viewer={viewer} done={review.done} review={review} />
      ) : (
        <Submit domain={domain} review={review} />
      )}
      <ReviewView
        review={review}
        place={place}
        pageHref={(to) => `${paths.assignmentPlan(domain, review.id)}?page=${to}`}
      />
    </Page>
  )
}

const movedText = ({ tallies }: Review) =>
  tallies
    .filter(({ stays, follows }) => stays === null && !follows)
    .map(({ subject, n }) => countOf(subject, n))
    .join(' and ')

function Submit({ domain, review }: { domain: string; review: Review }) {
  const moved = movedText(review)
  if (!moved) return <Notice tone="warn" title="Nothing of this can move" />
  return (
    <Card id="submit" title="Nothing has moved yet">
      <ConfirmForm
        action={applyAssignment.bind(null, domain, review.id)}
        formKey={crypto.randomUUID()}
        label={`Move ${moved}`}
        pendingLabel="Moving …"
        look="primary"
      />
    </Card>
  )
}

type OutcomeProps = { viewer: Viewer; review: Review; done: NonNullable<Review['done']> }

function Outcome({ viewer, review, done: { changeSetId, seq, isUndone } }: OutcomeProps) {
  const { domain } = viewer.account
  return (
    <Card id="outcome" title="Moved">
      <div className="grid gap-3">
        <Notice tone={isUndone ? 'info' : 'good'} title={`${movedText(review)} moved`} live>
          {isUndone ? 'It was taken back since. ' : ''}
          {seq === null ? null : (
            <a href={paths.event(domain, seq)} className="link">
              See it in the Event Log
            </a>
          )}
        </Notice>
        <UndoForm action={undoChange.bind(null, domain, changeSetId, crypto.randomUUID())} isUndone={isUndone} />
      </div>
    </Card>
  )
}
