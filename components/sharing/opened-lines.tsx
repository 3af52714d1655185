import type { OpenedOrder } from '@/lib/sharing/opened'
import { readNumber } from '@/lib/table/cells'

/** Lines that were opened. Of a line of which only assets were, those are counted and nothing else. */
export function OpenedLines({ rows }: Pick<OpenedOrder['lines'], 'rows'>) {
  return (
    <table className="data-table order-lines num-3" data-density="compact">
      <caption className="sr-only">Lines open to you</caption>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Product</th>
          <th scope="col">Quantity</th>
          <th scope="col">Status</th>
          <th scope="col">Assets open to you</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, lineNumber, pid, description, quantity, state, assets }) => (
          <tr key={id}>
            <th scope="row" className="identifier">
              {lineNumber}
            </th>
            <td>
              <span className="identifier block">{pid}</span>
              <span className="text-ink-muted">{description}</span>
            </td>
            <td data-label="Quantity">{quantity === null ? 'Not shared' : readNumber(quantity)}</td>
            <td>
              <span className={`state tone-${state.tone}`}>{state.text}</span>
            </td>
            <td data-label="Assets open to you">{readNumber(assets)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
