import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Badge } from '@/components/ui/status'
import type { Lead } from '@/lib/search/find-license'
import { readNumber } from '@/lib/table/cells'

/** A license behind an identifier: where it is, who uses it, what stands in the way, and the next step. */
export function LeadCard({ lead, href }: { lead: Lead; href: string }) {
  const { name, sku, place, reached, quantity, inUse, balance, devices, isBlocked, why, next } = lead
  return (
    <section className="card" aria-label={name}>
      <div className="card-header">
        <h2 className="wrap-anywhere">
          <Link href={href} className="link">
            {name}
          </Link>
        </h2>
        <Badge tone={isBlocked ? 'bad' : 'good'}>{isBlocked ? 'Cannot be used as it is' : 'Can be used'}</Badge>
      </div>
      <div className="card-body grid gap-4 lg:grid-cols-2">
        <Facts
          items={[
            { label: 'SKU', value: <span className="identifier">{sku}</span> },
            { label: 'How it was found', value: reached },
            { label: 'Virtual Account', value: place },
            { label: 'Owned, in use, left', value: [quantity, inUse, balance].map(readNumber).join(', ') },
            { label: 'Devices that use it', value: readNumber(devices) },
          ]}
        />
        <div className="grid content-start gap-3">
          <div>
            <h3>How it stands</h3>
            <ul className="list-disc ps-5">
              {why.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
          <div>
            <h3>Next step</h3>
            <ul className="list-disc ps-5">
              {next.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        </div>
      </div>
    </section>
  )
}
