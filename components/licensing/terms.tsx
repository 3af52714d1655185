import type { LicenseDetail } from '@/lib/resources/license-detail'
import { readDate, readNumber } from '@/lib/table/cells'

type Term = LicenseDetail['terms'][number]
type Props = Pick<LicenseDetail, 'terms'> & {
  subscriptionHrefOf: (id: number) => string
  orderHrefOf: (number: string) => string
}

/** What was bought, the latest first: how much, from when to when, by which subscription and order. */
export function Terms({ terms, subscriptionHrefOf, orderHrefOf }: Props) {
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
          <Bought
            {...term}
            {...(term.subscriptionId !== null && { subscriptionHref: subscriptionHrefOf(term.subscriptionId) })}
            {...(term.order !== null && { orderHref: orderHrefOf(term.order) })}
          />
        </li>
      ))}
    </ul>
  )
}

function TermState({ isInForce, isPast }: Term) {
  if (isInForce) return <span className="state tone-good">In force</span>
  return <span className="state tone-neutral">{isPast ? 'Ended' : 'Not started'}</span>
}

type BoughtProps = Term & { subscriptionHref?: string; orderHref?: string }

function Bought({ subscription, subscriptionHref, order, orderHref, line, customerOrder }: BoughtProps) {
  return (
    <span className="facts-source">
      {subscription ? (
        <span className="block">
          Subscription{' '}
          <a href={subscriptionHref} className="link identifier">
            {subscription}
          </a>
        </span>
      ) : null}
      {order ? (
        <span className="block">
          Order{' '}
          <a href={orderHref} className="link identifier">
            {order}
          </a>{' '}
          line {line}
          {customerOrder ? `, your number ${customerOrder}` : ''}
        </span>
      ) : null}
    </span>
  )
}
