import type { OrderDetail } from '@/lib/resources/order-detail'
import { deliveryKinds } from '@/lib/resources/order-words'
import { readDate, readNumber } from '@/lib/table/cells'

type Props = Pick<OrderDetail, 'deliveries'> & { most?: number }

/** What was sent of each line, those still awaited first. */
export function Deliveries({ deliveries, most = 50 }: Props) {
  if (deliveries.length === 0) return <p className="text-ink-muted">Nothing of what you can see was sent yet.</p>
  return (
    <>
      <ul className="device-list">
        {deliveries.slice(0, most).map(({ id, kind, deliveredOn, reference, quantity, lineNumber, pid }) => (
          <li key={id}>
            <span>
              <b>{deliveryKinds[kind]}</b> of {readNumber(quantity)} × <span className="identifier">{pid}</span>
            </span>
            <span>
              {deliveredOn ? (
                <>
                  Delivered <time dateTime={deliveredOn}>{readDate(deliveredOn)}</time>
                </>
              ) : (
                <span className="state tone-warn">On its way</span>
              )}
              {reference ? (
                <>
                  , reference <span className="identifier">{reference}</span>
                </>
              ) : null}
            </span>
            <span className="facts-source">Line {lineNumber}</span>
          </li>
        ))}
      </ul>
      {deliveries.length > most ? (
        <p className="device-note text-ink-muted">These are the latest {most}; there are more.</p>
      ) : null}
    </>
  )
}
