type Props = { orders: { id: number; number: string; lines: number; problem: string | null; href: string }[] }

/** Each chosen order, and why one of them stays. */
export function WaitingOrders({ orders }: Props) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-2">
        <caption className="sr-only">The chosen orders, and which of them can be assigned to a customer</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Lines</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ id, number, lines, problem, href }) => (
            <tr key={id}>
              <th scope="row">
                <a href={href} className="link identifier">
                  {number}
                </a>
              </th>
              <td>{lines.toLocaleString('en-US')}</td>
              <td>{problem ? <span className="state tone-warn">Stays: {problem}</span> : 'Goes to the customer'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
