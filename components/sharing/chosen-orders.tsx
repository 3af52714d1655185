import type { ChosenOrder } from '@/lib/sharing/chosen-orders'
import { readDate } from '@/lib/table/cells'

/** Orders to share, each by itself: what the recipients see is chosen order by order. */
export function ChosenOrders({
  orders,
  hrefOf,
}: {
  orders: readonly ChosenOrder[]
  hrefOf: (number: string) => string
}) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table">
        <caption className="sr-only">The chosen orders</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Customer order</th>
            <th scope="col">Ordered</th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ number, customerOrderNumber, orderedOn }) => (
            <tr key={number}>
              <th scope="row">
                <a href={hrefOf(number)} className="link">
                  Share order <span className="identifier">{number}</span>
                </a>
              </th>
              <td className="identifier">{customerOrderNumber}</td>
              <td>{readDate(orderedOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
