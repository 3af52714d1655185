import type { DeviceDetail } from '@/lib/resources/device-detail'
import { readDate } from '@/lib/table/cells'

type Props = Pick<DeviceDetail, 'licenses'> & { hrefOf: (id: number) => string }

/** The licenses that a device uses, and whether there are enough of each. */
export function LicensesInUse({ licenses, hrefOf }: Props) {
  if (licenses.length === 0) return <p className="text-ink-muted">This device has reported no use of a license.</p>
  return (
    <ul className="device-list">
      {licenses.map(({ id, name, sku, status, quantity, source, reportedAt }) => (
        <li key={id}>
          <span>
            <a href={hrefOf(id)} className="link">
              {name}
            </a>{' '}
            <span className="identifier text-ink-muted">{sku}</span>
          </span>
          <span>
            {quantity} in use
            {status === 'out_of_compliance' ? (
              <>
                {' · '}
                <span className="state tone-bad">Insufficient in its Virtual Account</span>
              </>
            ) : null}
          </span>
          <span className="facts-source">
            {source}, as of {readDate(reportedAt.toISOString())}
          </span>
        </li>
      ))}
    </ul>
  )
}
