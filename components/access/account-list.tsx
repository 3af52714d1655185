import { Link } from '@/components/ui/link'
import type { Access } from '@/lib/access/directory'
import { readDate } from '@/lib/table/cells'

/** Smart Accounts with the ways in which a person has them. */
export function AccountList({ accounts }: { accounts: (Access & { href: string })[] }) {
  return (
    <ul className="account-list">
      {accounts.map(({ name, domain, href, isOpen, ways }) => (
        <li key={domain} className="card">
          <div className="card-body grid gap-3">
            <div>
              <h2>
                {isOpen ? (
                  <Link href={href} className="link">
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </h2>
              <p className="text-ink-muted">{domain}</p>
            </div>
            <ul className="grid gap-2">
              {ways.map(({ by, place, until }) => (
                <li key={`${by} ${place}`}>
                  <b className="font-semibold">{by}</b>
                  <span className="block text-sm text-ink-muted">
                    {place}
                    {until ? `, until ${readDate(until)}` : ''}
                  </span>
                </li>
              ))}
            </ul>
            {isOpen ? null : <p className="text-sm text-ink-muted">This role sees no assets.</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
