import type { ReactNode } from 'react'
import { Facts, factOf } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { NotOffered } from '@/components/ui/not-offered'
import { Statuses } from '@/components/ui/status'
import type { DeviceDetail, Relative } from '@/lib/resources/device-detail'
import type { FactGroup } from '@/lib/resources/device-facts'
import { readDate } from '@/lib/table/cells'
import { History } from './history'
import { LicensesInUse } from './licenses-in-use'
import { Section } from './section'
import { Timeline } from './timeline'
import { WhoSees } from './who-sees'

type Props = {
  detail: DeviceDetail
  hrefOf: (id: number) => string
  licenseHrefOf: (id: number) => string
  contractHrefOf: (number: string) => string
  orderHrefOf: (number: string) => string
  /** The device's events. */
  eventsHref: string
  /** In the drawer links lead on in the drawer; on a page of its own they open pages. */
  inDrawer?: boolean
}

const SHOWN = 50

/** Everything about one device; the same in the drawer and on a page of its own. */
export function DeviceView(props: Props) {
  const { detail, hrefOf, licenseHrefOf, contractHrefOf, orderHrefOf, eventsHref, inDrawer = false } = props
  const { statuses, groups, timeline, day, contracts, licenses, order, parent, children, bulletin } = detail
  const relative = (device: Relative) => (
    <DeviceLink key={device.id} href={hrefOf(device.id)} inDrawer={inDrawer} device={device} />
  )
  return (
    <div className="device">
      <Statuses statuses={statuses} />
      <Timeline milestones={timeline} day={day} />
      {groups.map((group) => (
        <Group key={group.title} group={group}>
          {group.title === 'Identity' ? (
            <Relatives parent={parent ? relative(parent) : null}>{children.slice(0, SHOWN).map(relative)}</Relatives>
          ) : null}
          {group.title === 'Coverage' ? <Contracts lines={contracts} hrefOf={contractHrefOf} /> : null}
          {group.title === 'Order' ? <OrderLine order={order} hrefOf={orderHrefOf} /> : null}
          {group.title === 'Lifecycle' && bulletin ? <p className="device-note">Bulletin {bulletin}</p> : null}
        </Group>
      ))}
      <Section title="Licenses in use">
        <LicensesInUse licenses={licenses} hrefOf={licenseHrefOf} />
      </Section>
      <Section title="Who can see this and why">
        <WhoSees {...detail.reasons} thing="device" />
      </Section>
      <Section title="History">
        <History happenings={detail.history} href={eventsHref} />
      </Section>
      <Section title="Not offered here">
        <NotOffered names={['software', 'transfer']} />
      </Section>
    </div>
  )
}

function Group({ group: { title, source, facts }, children }: { group: FactGroup; children: ReactNode }) {
  return (
    <Section title={title} note={source}>
      <Facts items={facts.map(factOf)} />
      {children}
    </Section>
  )
}

type OrderProps = Pick<DeviceDetail, 'order'> & { hrefOf: Props['orderHrefOf'] }

function OrderLine({ order, hrefOf }: OrderProps) {
  if (!order) return null
  const { number, lineNumber, quantity, pid, orderedOn, soldBy } = order
  return (
    <p className="device-note">
      Line {lineNumber} of order{' '}
      <a href={hrefOf(number)} className="link identifier">
        {number}
      </a>
      : {quantity} × <b className="identifier">{pid}</b>, ordered on {readDate(orderedOn)}
      {soldBy ? ` · ${soldBy}` : ''}
    </p>
  )
}

type ContractsProps = { lines: DeviceDetail['contracts']; hrefOf: Props['contractHrefOf'] }

function Contracts({ lines, hrefOf }: ContractsProps) {
  if (lines.length === 0) return null
  return (
    <ul className="device-list">
      {lines.map(({ id, number, label, serviceLevel, serviceSku, startDate, endDate, source, asOf }) => (
        <li key={id}>
          <span>
            Contract{' '}
            <a href={hrefOf(number)} className="link identifier">
              {number}
            </a>{' '}
            {label}
          </span>
          <span>
            {serviceLevel} <span className="identifier text-ink-muted">{serviceSku}</span>, {readDate(startDate)} –{' '}
            {readDate(endDate)}
          </span>
          <span className="facts-source">
            {source}, as of {readDate(asOf.toISOString())}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Relatives({ parent, children }: { parent: ReactNode; children: ReactNode[] }) {
  if (!parent && children.length === 0) return null
  return (
    <dl className="facts device-relatives">
      {parent ? (
        <div>
          <dt>Part of</dt>
          <dd>{parent}</dd>
        </div>
      ) : null}
      {children.length > 0 ? (
        <div>
          <dt>Contains</dt>
          <dd className="grid gap-1">{children}</dd>
        </div>
      ) : null}
    </dl>
  )
}

type LinkProps = { href: string; inDrawer: boolean; device: Relative }

function DeviceLink({ href, inDrawer, device: { name, serialNumber, instanceNumber, pid } }: LinkProps) {
  const text = `${name ?? serialNumber ?? instanceNumber} (${pid})`
  // A page of its own leads to pages: within the router the way to a device opens the drawer of a list that is not there.
  if (!inDrawer)
    return (
      <a href={href} className="link">
        {text}
      </a>
    )
  return (
    <Link href={href} className="link" scroll={false}>
      {text}
    </Link>
  )
}
