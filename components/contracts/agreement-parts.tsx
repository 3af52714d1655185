import { Icon } from '@/components/ui/icon'
import { Badge } from '@/components/ui/status'
import type { Term } from '@/lib/resources/agreement-detail'
import { readDaysLeft } from '@/lib/resources/line-words'
import { readDate } from '@/lib/table/cells'

/** From the first day to the last, how far it is, in words too. `note` says what comes at the end, while it lies ahead. */
export function Lifecycle({ term, note }: { term: Term; note: string }) {
  const { start, end, daysLeft, share, status, tone } = term
  const isOver = daysLeft < 0
  return (
    <div className="lifecycle">
      <p className="flex flex-wrap gap-2">
        <Badge tone={tone}>{status}</Badge>
        <span>
          {isOver ? 'Ended' : 'Ends'} {readDaysLeft(daysLeft)}.{isOver ? '' : ` ${note}`}
        </span>
      </p>
      <progress className="lifecycle-bar" max={100} value={Math.round(share * 100)} aria-label="Passed of the term">
        {Math.round(share * 100)}%
      </progress>
      <p className="lifecycle-ends">
        <span>
          {share > 0 ? 'Started' : 'Starts'} <time dateTime={start}>{readDate(start)}</time>
        </span>
        <span>
          {isOver ? 'Ended' : 'Ends'} <time dateTime={end}>{readDate(end)}</time>
        </span>
      </p>
    </div>
  )
}

/** The way to all lines, with how many of them are on the page. */
export function AllLines({ shown, total, href }: { shown: number; total: number; href: string }) {
  if (total === 0) return null
  return (
    <p className="device-note">
      {shown < total ? `The first ${shown} of ${total.toLocaleString('en-US')}. ` : null}
      <a href={href} className="link">
        {total === 1 ? 'See it in the list' : `See all ${total.toLocaleString('en-US')} in the list`}
        <Icon name="chevron-right" />
      </a>
    </p>
  )
}

/** Nothing is changed here. */
export function ReadOnlyNote({ thing }: { thing: string }) {
  return (
    <p className="device-note text-ink-muted">
      License Central shows this {thing} and does not change it. Renewals, quantities and cancellations are made where
      it was bought: ask the partner or account team that sold it.
    </p>
  )
}
