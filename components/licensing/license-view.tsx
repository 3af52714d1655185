import { History } from '@/components/devices/history'
import { Section } from '@/components/devices/section'
import { WhoSees } from '@/components/devices/who-sees'
import { Paper } from '@/components/orders/papers'
import { PakList } from '@/components/paks/pak-list'
import { type RevealAction, RevealForm } from '@/components/paks/reveal-form'
import { Facts, factOf } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { NotOffered } from '@/components/ui/not-offered'
import { Statuses } from '@/components/ui/status'
import { documentFile } from '@/lib/delivery/rules'
import type { LicenseDetail } from '@/lib/resources/license-detail'
import { documentKinds } from '@/lib/resources/order-words'
import { readNumber } from '@/lib/table/cells'
import { ComplianceNote } from './compliance-note'
import { ConsumingDevices } from './consuming-devices'
import { Terms } from './terms'
import { UseOverTime } from './use-over-time'

type Props = {
  detail: LicenseDetail
  hrefOf: (id: number) => string
  deviceHrefOf: (id: number) => string
  subscriptionHrefOf: (id: number) => string
  orderHrefOf: (number: string) => string
  fileHrefOf: (order: string, file: string) => string
  /** What reveals a PAK. */
  pakActionOf: (id: number) => RevealAction
  /** The devices of its Virtual Account that are not license sufficient, where it is short itself. */
  insufficientHref: string | undefined
  /** The license's events. */
  eventsHref: string
  /** In the drawer links lead on in the drawer; on a page of its own they open pages. */
  inDrawer?: boolean
}

/** Everything about one license in one Virtual Account; the same in the drawer and on a page of its own. */
export function LicenseView(props: Props) {
  const {
    detail,
    hrefOf,
    deviceHrefOf,
    insufficientHref,
    subscriptionHrefOf,
    orderHrefOf,
    fileHrefOf,
    pakActionOf,
    eventsHref,
    inDrawer = false,
  } = props
  const { statuses, compliance, facts, source, terms, devices, documents, elsewhere } = detail
  return (
    <div className="device">
      <Statuses statuses={statuses} />
      <ComplianceNote {...compliance} />
      <Section title="License" note={source}>
        <Facts items={facts.map(factOf)} />
      </Section>
      <Section title="Quantity and use over time" note="At the end of each day">
        <UseOverTime days={detail.days} />
      </Section>
      <Section title="Terms">
        <Terms terms={terms} subscriptionHrefOf={subscriptionHrefOf} orderHrefOf={orderHrefOf} />
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
        <ConsumingDevices devices={devices} hrefOf={deviceHrefOf} insufficientHref={insufficientHref} />
      </Section>
      {documents.length > 0 ? (
        <Section title="Documents of its orders">
          <ul className="device-list">
            {documents.map(({ id, kind, order, ...file }) => (
              <li key={id}>
                <b>{documentKinds[kind]}</b>
                <Paper {...file} href={fileHrefOf(order, documentFile(id))} />
                <span className="facts-source">Order {order}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {detail.paks.length > 0 ? (
        <Section title="PAKs">
          <PakList paks={detail.paks} formOf={(id) => <RevealForm action={pakActionOf(id)} />} />
        </Section>
      ) : null}
      <Section title="Who can see this and why">
        <WhoSees {...detail.reasons} thing="license" />
      </Section>
      <Section title="History">
        <History happenings={detail.history} href={eventsHref} />
      </Section>
      <Section title="Not offered here">
        <NotOffered names={['upgrade', 'transfer']} />
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
    <Link href={href} className="link" scroll={false}>
      {place}
    </Link>
  )
}
