import type { SharedOrder } from '@/lib/sharing/shared-orders'
import { readDate } from '@/lib/table/cells'

const levels = { order: 'the whole order', lines: 'these lines of it', assets: 'these assets of it' }

/** One order of the User View with the lines that were opened to the person, and nothing else of it. */
export function SharedOrderCard({ number, orderedOn, by, level, note, until, lines }: Omit<SharedOrder, 'key'>) {
  return (
    <section className="card" aria-labelledby={`order-${number}-${by}`}>
      <div className="card-header">
        <h2 id={`order-${number}-${by}`}>
          Order <span className="identifier">{number}</span>
        </h2>
        <p className="text-sm text-ink-muted">Ordered on {readDate(orderedOn)}</p>
      </div>
      <div className="card-body grid gap-3">
        <p className="text-ink-muted">
          {by === 'contact' ? 'The order names you as eDelivery contact.' : `Shared with you: ${levels[level]}`}
          {until ? `, until ${readDate(until.toISOString())}` : ''}
          {note ? ` “${note}”` : ''}
        </p>
        <div className="table-box table-box-natural">
          <table className="data-table num-4 code-1 code-2">
            <caption className="sr-only">Lines of order {number}</caption>
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Product ID</th>
                <th scope="col">Description</th>
                <th scope="col">Quantity</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ lineNumber, pid, description, quantity, serials }) => (
                <tr key={lineNumber}>
                  <th scope="row">{lineNumber}</th>
                  <td>{pid}</td>
                  <td className="wrap">
                    {description}
                    {serials.length > 0 ? (
                      <span className="block text-sm text-ink-muted">Serial numbers {serials.join(', ')}</span>
                    ) : null}
                  </td>
                  <td>{level === 'assets' ? `${serials.length} of ${quantity}` : quantity}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  )
}
