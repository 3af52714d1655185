import type { OrderDetail, OrderLine } from '@/lib/resources/order-detail'
import { readNumber } from '@/lib/table/cells'
import type { OrderLinks } from './order-view'

type Props = Pick<OrderDetail, 'lines' | 'total'> & { links: OrderLinks }

/** The lines that the viewer sees: what was ordered, how many, where it is, and the way to what came of it. */
export function OrderLines({ lines, total, links }: Props) {
  return (
    <>
      <table className="data-table order-lines num-3" data-density="compact">
        <caption className="sr-only">Lines of the order</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Product</th>
            <th scope="col">Quantity</th>
            <th scope="col">Status</th>
            <th scope="col">Virtual Account</th>
            <th scope="col">Leads to</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.id} line={line} links={links} />
          ))}
        </tbody>
      </table>
      {lines.length < total ? (
        <p className="device-note text-ink-muted">
          These are the first {lines.length} of {readNumber(total)} lines.
        </p>
      ) : null}
    </>
  )
}

function Row({ line, links }: { line: OrderLine; links: OrderLinks }) {
  const { lineNumber, pid, description, quantity, state, place, devices, licenses } = line
  return (
    <tr>
      <th scope="row" className="identifier">
        {lineNumber}
      </th>
      <td>
        <span className="identifier block">{pid}</span>
        <span className="text-ink-muted">{description}</span>
      </td>
      <td data-label="Quantity">{readNumber(quantity)}</td>
      <td>
        <span className={`state tone-${state.tone}`}>{state.text}</span>
      </td>
      <td>{place}</td>
      <td>
        {devices > 0 ? (
          <a href={links.devicesOf(pid)} className="block">
            {readNumber(devices)} {devices === 1 ? 'device' : 'devices'} <span className="sr-only">of {pid}</span>
          </a>
        ) : null}
        {licenses.map(({ id, name }) => (
          <a key={id} href={links.license(id)} className="block">
            {name}
          </a>
        ))}
        {devices === 0 && licenses.length === 0 ? <span className="text-ink-muted">Nothing yet</span> : null}
      </td>
    </tr>
  )
}
