import type { LicenseDetail } from '@/lib/resources/license-detail'
import { readDate, readNumber } from '@/lib/table/cells'

type Term = LicenseDetail['terms'][number]

/** What was bought, the latest first: how much, from when to when, by which subscription and order. */
export function Terms({ terms }: Pick<LicenseDetail, 'terms'>) {
  if (terms.length === 0) return <p className="text-ink-muted">No terms are known.</p>
  return (
    <ul className="device-list">
      {terms.map((term) => (
        <li key={term.id}>
          <span>
            <b>{readNumber(term.quantity)}</b> · {term.typeText} · <TermState {...term} />
          </span>
          <span>
            {term.startDate ? `From ${readDate(term.startDate)} ` : ''}
            {term.endDate ? `until ${readDate(term.endDate)}` : 'without an end'}
          </span>
          <Bought {...term} />
        </li>
      ))}
    </ul>
  )
}

function TermState({ isInForce, isPast }: Term) {
  if (isInForce) return <span className="state tone-good">In force</span>
  return <span className="state tone-neutral">{isPast ? 'Ended' : 'Not started'}</span>
}

function Bought({ subscription, order, line, customerOrder }: Term) {
  return (
    <span className="facts-source">
      {subscription ? (
        <span className="block">
          Subscription <span className="identifier">{subscription}</span>
        </span>
      ) : null}
      {order ? (
        <span className="block">
          Order <span className="identifier">{order}</span> line {line}
          {customerOrder ? `, your number ${customerOrder}` : ''}
        </span>
      ) : null}
    </span>
  )
}
