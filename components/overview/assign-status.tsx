import type { ReactNode } from 'react'
import { CountLink } from '@/components/charts/figure-table'
import { count } from '@/components/charts/scale'
import { Card } from '@/components/ui/surface'
import type { AssignedKind } from '@/lib/overview/stats'
import { percent } from '@/lib/percent'

type AssignStatusProps = { kinds: AssignedKind[]; explain: ReactNode }

/** How far assets, entitlements and orders are assigned to Virtual Accounts. For Smart Account Administrators. */
export function AssignStatusCard({ kinds, explain }: AssignStatusProps) {
  return (
    <Card
      id="assign-status"
      title={
        <span className="flex items-center gap-1">
          Assign Status
          {explain}
        </span>
      }
    >
      <ul className="assign-kinds">
        {kinds.map((one) => (
          <AssignKind key={one.kind} {...one} />
        ))}
      </ul>
    </Card>
  )
}

function AssignKind({ kind, total, parts }: AssignedKind) {
  return (
    <li>
      <div className="flex items-baseline justify-between gap-4">
        <h3>{kind}</h3>
        <span className="text-ink-muted">
          <CountLink text={count(total.value)} {...(total.href && total.value > 0 && { href: total.href })} />
        </span>
      </div>
      <div className="assign-bar" aria-hidden="true">
        {parts.map(({ stat: { label, value }, tone }) => (
          <span key={label} className={`series-${tone}`} style={{ flexGrow: value }} />
        ))}
      </div>
      <dl className="assign-parts">
        {parts.map(({ stat: { label, value, href }, tone }) => (
          <div key={label}>
            <dt>
              <span className={`swatch series-${tone}`} />
              {label}
            </dt>
            <dd>
              <CountLink text={count(value)} {...(href && value > 0 && { href })} />
              <span className="text-ink-muted"> {percent(value, total.value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
