import Link from 'next/link'
import { History } from '@/components/devices/history'
import { Section } from '@/components/devices/section'
import { WhoSees } from '@/components/devices/who-sees'
import { Facts } from '@/components/ui/facts'
import { Badge } from '@/components/ui/status'
import type { LicenseDetail } from '@/lib/resources/license-detail'
import { readNumber } from '@/lib/table/cells'
import { ComplianceNote } from './compliance-note'
import { ConsumingDevices } from './consuming-devices'
import { Terms } from './terms'

type Props = {
  detail: LicenseDetail
  hrefOf: (id: number) => string
  deviceHrefOf: (id: number) => string
  /** In the drawer links lead on in the drawer; on a page of its own they open pages. */
  inDrawer?: boolean
}

/** Everything about one license in one Virtual Account; the same in the drawer and on a page of its own. */
export function LicenseView({ detail, hrefOf, deviceHrefOf, inDrawer = false }: Props) {
  const { statuses, compliance, facts, source, terms, devices, documents, elsewhere } = detail
  const items = facts.map(({ label, value, isCode }) => ({
    label,
    value: value && isCode ? <span className="identifier">{value}</span> : value,
  }))
  return (
    <div className="device">
      <p className="flex flex-wrap gap-2">
        {statuses.map(({ text, tone }) => (
          <Badge key={text} tone={tone}>
            {text}
          </Badge>
        ))}
      </p>
      <ComplianceNote {...compliance} />
      <Section title="License" note={source}>
        <Facts items={items} />
      </Section>
      <Section title="Terms">
        <Terms terms={terms} />
      </Section>
      <Section title="To spare in other Virtual Accounts">
        {elsewhere.length === 0 ? (
          <p className="text-ink-muted">No other Virtual Account that you can see has any of it left.</p>
        ) : (
          <ul className="device-list">
            {elsewhere.map(({ id, place, balance, quantity }) => (
              <li key={id}>
                <PlaceLink href={hrefOf(id)} inDrawer={inDrawer} place={place} />
                <span>
                  {readNumber(balance)} of {readNumber(quantity)} to spare
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Devices that use it">
        <ConsumingDevices devices={devices} hrefOf={deviceHrefOf} />
      </Section>
      {documents.length > 0 ? (
        <Section title="Documents of its orders">
          <ul className="device-list">
            {documents.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Who can see this and why">
        <WhoSees {...detail.reasons} thing="license" />
      </Section>
      <Section title="History">
        <History happenings={detail.history} />
      </Section>
    </div>
  )
}

function PlaceLink({ href, inDrawer, place }: { href: string; inDrawer: boolean; place: string }) {
  // As for devices: a page of its own leads to pages.
  if (!inDrawer)
    return (
      <a href={href} className="link">
        {place}
      </a>
    )
  return (
    <Link href={href} className="link" scroll={false} prefetch={false}>
      {place}
    </Link>
  )
}
