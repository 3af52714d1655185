import { Link } from '@/components/ui/link'

type Props = { pasteHref: string; licenseHref: string; exampleHref: (q: string) => string }

const examples = [
  { q: 'type:device status:lapsed', says: 'devices whose coverage has lapsed' },
  { q: 'expires:<90d', says: 'what ends within 90 days' },
  { q: 'type:license status:insufficient', says: 'licenses of which there is not enough' },
]

/** What can be searched for, and the two other ways to find something. */
export function SearchHelp({ pasteHref, licenseHref, exampleHref }: Props) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <section className="card">
        <div className="card-body grid gap-3">
          <h2>What is searched</h2>
          <p>
            Serial numbers, host names, PIDs and SKUs, license names, sales, web and customer orders, contracts,
            subscriptions and Virtual Accounts. A PAK is found by the whole of it only.
          </p>
          <p>Words can be narrowed:</p>
          <ul className="grid gap-2">
            {examples.map(({ q, says }) => (
              <li key={q}>
                <Link href={exampleHref(q)} className="link identifier">
                  {q}
                </Link>{' '}
                <span className="text-ink-muted">{says}</span>
              </li>
            ))}
          </ul>
        </div>
      </section>
      <section className="card">
        <div className="card-body grid gap-3">
          <h2>Other ways to find things</h2>
          <p>
            <Link href={pasteHref} className="link">
              Paste many identifiers
            </Link>
            : up to 500 serial numbers, orders, contracts or PIDs at once, and you see which of them are here.
          </p>
          <p>
            <Link href={licenseHref} className="link">
              Find my license
            </Link>
            : from an order, a PAK, a serial number or a SKU to the license, who holds it, and what to do next.
          </p>
        </div>
      </section>
    </div>
  )
}
