import { Section } from '@/components/devices/section'
import { WhoSees } from '@/components/devices/who-sees'
import { Facts } from '@/components/ui/facts'
import { NotOffered } from '@/components/ui/not-offered'
import type { ContractDetail } from '@/lib/resources/contract-detail'
import { readDate } from '@/lib/table/cells'
import { AllLines, Lifecycle, ReadOnlyNote } from './agreement-parts'

type Props = { detail: ContractDetail; linesHref: string; deviceHref: (id: number) => string; place: Place }
type Place = (virtualAccountId: number | null) => string

/** Everything about one contract that the viewer may see, the product first that it was opened from. */
export function ContractView({ detail, linesHref, deviceHref, place }: Props) {
  const { lines, chosen, total, term, serviceLevel, billToName, startDate, endDate, source, asOf, reasons } = detail
  return (
    <div className="device">
      <Lifecycle term={term} note="A contract does not renew by itself." />
      {chosen ? (
        <Section title="This product" note={`${chosen.source}, as of ${readDate(chosen.asOf.toISOString())}`}>
          <Facts
            items={[
              { label: 'Service SKU', value: <span className="identifier">{chosen.sku}</span> },
              { label: 'Service level', value: chosen.level },
              { label: 'Covered device', value: <Covered {...chosen} href={deviceHref} /> },
              { label: 'Virtual Account', value: place(chosen.virtualAccountId) },
              { label: 'Start', value: readDate(chosen.startDate) },
              { label: 'End', value: readDate(chosen.endDate) },
            ]}
          />
        </Section>
      ) : null}
      <Section title="Contract" note={`${source}, as of ${readDate(asOf.toISOString())}`}>
        <Facts
          items={[
            { label: 'Contract', value: <span className="identifier">{detail.number}</span> },
            { label: 'Service level', value: serviceLevel },
            { label: 'Bill to', value: billToName },
            { label: 'Products that you can see', value: total.toLocaleString('en-US') },
            { label: 'Start', value: readDate(startDate) },
            { label: 'End', value: readDate(endDate) },
          ]}
        />
        <ReadOnlyNote thing="contract" />
      </Section>
      <Section title="Covered devices">
        {total === 0 ? <p className="text-ink-muted">No device is covered by this contract yet.</p> : null}
        <ul className="device-list">
          {lines.map(({ id, sku, level, device, virtualAccountId, startDate: from, endDate: to }) => (
            <li key={id}>
              <Covered device={device} href={deviceHref} />
              <span>
                <span className="identifier">{sku}</span> {level}, {readDate(from)} – {readDate(to)}
              </span>
              <span className="facts-source">{place(virtualAccountId)}</span>
            </li>
          ))}
        </ul>
        <AllLines shown={lines.length} total={total} href={linesHref} />
      </Section>
      <Section title="Who can view and use this and why">
        <WhoSees {...reasons} thing="contract" />
      </Section>
      <Section title="Not offered here">
        <NotOffered names={['finance']} />
      </Section>
    </div>
  )
}

type CoveredProps = Pick<ContractDetail['lines'][number], 'device'> & { href: (id: number) => string }

/** The device that a product covers, where the viewer sees it. */
function Covered({ device, href }: CoveredProps) {
  if (!device) return <span className="text-ink-muted">A device that you cannot see</span>
  const { id, name, serialNumber, pid } = device
  return (
    <span>
      <a href={href(id)} className="link">
        {name ?? serialNumber ?? pid}
      </a>{' '}
      <span className="identifier text-ink-muted">{name ? serialNumber : null}</span>
    </span>
  )
}
