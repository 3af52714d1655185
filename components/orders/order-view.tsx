import { History } from '@/components/devices/history'
import { Section } from '@/components/devices/section'
import { WhoSees } from '@/components/devices/who-sees'
import { PakList } from '@/components/paks/pak-list'
import { type RevealAction, RevealForm } from '@/components/paks/reveal-form'
import { Facts, factOf } from '@/components/ui/facts'
import { Notice } from '@/components/ui/feedback'
import { NotOffered } from '@/components/ui/not-offered'
import { Statuses } from '@/components/ui/status'
import type { OrderDetail } from '@/lib/resources/order-detail'
import { Assets } from './assets'
import { Deliveries } from './deliveries'
import { OrderLines } from './order-lines'
import { Papers } from './papers'

export type OrderLinks = {
  /** The devices of the order, and those of one product in it. */
  devices: string
  devicesOf: (pid: string) => string
  device: (id: number) => string
  license: (id: number) => string
  events: string
  file: (name: string) => string
  /** What reveals a PAK. */
  pakAction: (id: number) => RevealAction
  /** Where it is shared from, and what was shared of it; absent where the viewer shares nothing of it. */
  sharing?: { send: string; given: string }
}

type Props = { detail: OrderDetail; links: OrderLinks }

/** Everything about one order that the viewer may see; the same in the drawer and on a page of its own. */
export function OrderView({ detail, links }: Props) {
  const { statuses, hold, facts, source, lines, total, assets, deliveries, documents, terms } = detail
  return (
    <div className="device">
      <Statuses statuses={statuses} />
      {hold ? (
        <Notice tone="bad" title={hold.label}>
          <p>{hold.what}</p>
          <p className="device-note">
            <b>What ends it:</b> {hold.next}
          </p>
        </Notice>
      ) : null}
      <Section title="Order" note={source}>
        <Facts
          items={[...facts.map(factOf), { label: 'Lines that you can see', value: total.toLocaleString('en-US') }]}
        />
      </Section>
      <Section title="Lines">
        <OrderLines lines={lines} total={total} links={links} />
      </Section>
      <Section title="Assets">
        <Assets {...assets} links={links} />
      </Section>
      <Section title="Deliveries">
        <Deliveries deliveries={deliveries} />
      </Section>
      <Section title="Documents">
        <Papers documents={documents} terms={terms} fileHref={links.file} />
      </Section>
      {detail.paks.length > 0 ? (
        <Section title="PAKs">
          <PakList paks={detail.paks} formOf={(id) => <RevealForm action={links.pakAction(id)} />} />
        </Section>
      ) : null}
      <Section title="Who can see this and why">
        <WhoSees {...detail.reasons} thing="order" />
        {links.sharing ? (
          <p className="flex flex-wrap gap-3">
            <a href={links.sharing.send} className="link">
              Send Order Based Access
            </a>
            <a href={links.sharing.given} className="link">
              Order Based Access that was given
            </a>
          </p>
        ) : null}
      </Section>
      <Section title="History">
        <History happenings={detail.history} href={links.events} />
      </Section>
      <Section title="Not offered here">
        <NotOffered names={['software', 'finance']} />
      </Section>
    </div>
  )
}
