import { AllLines } from '@/components/contracts/agreement-parts'
import type { OrderDetail } from '@/lib/resources/order-detail'
import type { OrderLinks } from './order-view'

type Props = OrderDetail['assets'] & { links: OrderLinks }

/** The devices that came by the order, as far as the viewer sees them. */
export function Assets({ rows, total, links }: Props) {
  if (total === 0) return <p className="text-ink-muted">No device that you can see came by this order.</p>
  return (
    <>
      <ul className="device-list">
        {rows.map(({ id, name, serialNumber, instanceNumber, pid, lineNumber, place }) => (
          <li key={id}>
            <a href={links.device(id)} className="link">
              {name ?? serialNumber ?? `Instance ${instanceNumber}`}
            </a>
            <span>
              <span className="identifier">{pid}</span>{' '}
              <span className="identifier text-ink-muted">{name ? serialNumber : null}</span>
            </span>
            <span className="facts-source">
              {lineNumber ? `Line ${lineNumber}, ` : ''}
              {place}
            </span>
          </li>
        ))}
      </ul>
      <AllLines shown={rows.length} total={total} href={links.devices} />
    </>
  )
}
