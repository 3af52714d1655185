import type { ReactNode } from 'react'
import { CountLink } from '@/components/charts/figure-table'
import { count, percent } from '@/components/charts/scale'
import { Card } from '@/components/ui/surface'
import type { Stat } from '@/lib/overview/stats'

type AssignStatusProps = { kinds: { kind: string; parts: Stat[] }[]; explain: ReactNode }

const tones = ['good', 'warn', 'bad'] as const

/** How far assets and entitlements are assigned to Virtual Accounts. For Smart Account Administrators. */
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
        {kinds.map(({ kind, parts }) => (
          <AssignKind key={kind} kind={kind} parts={parts} />
        ))}
      </ul>
    </Card>
  )
}

function AssignKind({ kind, parts }: { kind: string; parts: Stat[] }) {
  const whole = parts.reduce((sum, { value }) => sum + value, 0)
  return (
    <li>
      <div className="flex items-baseline justify-between gap-4">
        <h3>{kind}</h3>
        <span className="text-ink-muted">{count(whole)}</span>
      </div>
      <div className="assign-bar" aria-hidden="true">
        {parts.map(({ label, value }, index) => (
          <span key={label} className={`series-${tones[index]}`} style={{ flexGrow: value }} />
        ))}
      </div>
      <dl className="assign-parts">
        {parts.map((part, index) => (
          <div key={part.label}>
            <dt>
              <span className={`swatch series-${tones[index]}`} />
              {part.label}
            </dt>
            <dd>
              <CountLink text={count(part.value)} {...(part.href && part.value > 0 && { href: part.href })} />
              <span className="text-ink-muted"> {percent(part.value, whole)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
