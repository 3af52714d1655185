import { Section } from '@/components/devices/section'
import { WhoSees } from '@/components/devices/who-sees'
import { Papers } from '@/components/orders/papers'
import { Facts } from '@/components/ui/facts'
import { NotOffered } from '@/components/ui/not-offered'
import { billingWords, renewalWords } from '@/lib/resources/line-words'
import type { SubscriptionDetail } from '@/lib/resources/subscription-detail'
import { readDate } from '@/lib/table/cells'
import { AllLines, Lifecycle, ReadOnlyNote } from './agreement-parts'

type Props = {
  detail: SubscriptionDetail
  linesHref: string
  place: (virtualAccountId: number | null) => string
  /** The address of a file of an order by its name. */
  fileHref: (order: string, file: string) => string
}

/** Everything about one subscription that the viewer may see, the product first that it was opened from. */
export function SubscriptionView({ detail, linesHref, place, fileHref }: Props) {
  const { lines, chosen, total, suites, papers, term, billing, autoRenews, startDate, endDate, source, asOf, reasons } =
    detail
  const renewal = renewalWords[autoRenews ? 'true' : 'false']
  return (
    <div className="device">
      <Lifecycle term={term} note={autoRenews ? 'It renews by itself.' : 'It does not renew by itself.'} />
      {chosen ? <Product product={chosen} place={place} /> : null}
      <Section title="Subscription" note={`${source}, as of ${readDate(asOf.toISOString())}`}>
        <Facts
          items={[
            { label: 'Subscription', value: <span className="identifier">{detail.number}</span> },
            { label: 'Billing', value: billingWords[billing] },
            { label: 'Renewal', value: renewal },
            { label: 'Products that you can see', value: total.toLocaleString('en-US') },
            { label: 'Start', value: readDate(startDate) },
            { label: 'End', value: readDate(endDate) },
          ]}
        />
        <ReadOnlyNote thing="subscription" />
      </Section>
      {suites.length > 0 ? (
        <Section title="Active suites in the agreement">
          <ul className="device-list">
            {suites.map(({ suite, growthAllowance, products, quantity, added }) => (
              <li key={`${suite} ${growthAllowance}`}>
                <b>{suite}</b>
                <span>
                  {products.toLocaleString('en-US')} {products === 1 ? 'product' : 'products'}, quantity{' '}
                  {quantity.toLocaleString('en-US')}
                  {growthAllowance === null ? '' : `, may grow by ${growthAllowance}% before more is due`}
                </span>
                <span className="facts-source">Added on {readDate(added)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Products">
        {total === 0 ? <p className="text-ink-muted">There is no product in this subscription yet.</p> : null}
        <ul className="device-list">
          {lines.map(({ id, sku, description, quantity, virtualAccountId, startDate: from, endDate: to }) => (
            <li key={id}>
              <span>
                <span className="identifier">{sku}</span> <span className="text-ink-muted">{description}</span>
              </span>
              <span>
                Quantity {quantity.toLocaleString('en-US')}, {readDate(from)} – {readDate(to)}
              </span>
              <span className="facts-source">{place(virtualAccountId)}</span>
            </li>
          ))}
        </ul>
        <AllLines shown={lines.length} total={total} href={linesHref} />
      </Section>
      {papers ? (
        <Section title="General Terms and Offer Descriptions" note={`Of order ${papers.order}, by which it began`}>
          <Papers documents={[]} terms={papers.terms} fileHref={(file) => fileHref(papers.order, file)} />
        </Section>
      ) : null}
      <Section title="Who can view and use this and why">
        <WhoSees {...reasons} thing="subscription" />
      </Section>
      <Section title="Not offered here">
        <NotOffered names={['finance']} />
      </Section>
    </div>
  )
}

type ProductProps = { product: SubscriptionDetail['lines'][number]; place: Props['place'] }

function Product({ product, place }: ProductProps) {
  const { sku, description, quantity, suite, architecture, virtualAccountId, startDate, endDate, source, asOf } =
    product
  return (
    <Section title="This product" note={`${source}, as of ${readDate(asOf.toISOString())}`}>
      <Facts
        items={[
          { label: 'SKU', value: <span className="identifier">{sku}</span> },
          { label: 'Description', value: description },
          { label: 'Quantity', value: quantity.toLocaleString('en-US') },
          { label: 'Architecture', value: architecture },
          { label: 'Suite', value: suite },
          { label: 'Virtual Account', value: place(virtualAccountId) },
          { label: 'Start', value: readDate(startDate) },
          { label: 'End', value: readDate(endDate) },
        ]}
      />
    </Section>
  )
}
