import { Icon } from '@/components/ui/icon'
import type { LicenseDetail } from '@/lib/resources/license-detail'
import { readDate, readNumber } from '@/lib/table/cells'

const SHOWN = 50

type Props = Pick<LicenseDetail, 'devices'> & {
  hrefOf: (id: number) => string
  /** All devices of the Virtual Account that are not license sufficient. */
  insufficientHref: string | undefined
}

/** The devices that report use of a license, those that use most first. */
export function ConsumingDevices({ devices, hrefOf, insufficientHref }: Props) {
  if (devices.length === 0)
    return <p className="text-ink-muted">No device that you can see has reported use of this license.</p>
  return (
    <>
      <ul className="device-list">
        {devices
          .slice(0, SHOWN)
          .map(({ id, name, serialNumber, instanceNumber, pid, quantity, source, reportedAt }) => (
            <li key={id}>
              <span>
                <a href={hrefOf(id)} className="link">
                  {name ?? serialNumber ?? instanceNumber}
                </a>{' '}
                <span className="identifier text-ink-muted">{pid}</span>
              </span>
              <span>{readNumber(quantity)} in use</span>
              <span className="facts-source">
                {source}, as of {readDate(reportedAt.toISOString())}
              </span>
            </li>
          ))}
      </ul>
      {devices.length > SHOWN ? (
        <p className="device-note text-ink-muted">These are the {SHOWN} that use most; more devices use it.</p>
      ) : null}
      {insufficientHref ? (
        <p className="device-note">
          <a href={insufficientHref} className="link">
            All devices of this Virtual Account with an insufficient license
            <Icon name="chevron-right" />
          </a>
        </p>
      ) : null}
    </>
  )
}
