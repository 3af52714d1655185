import { count } from '@/components/charts/scale'
import type { Stat } from '@/lib/overview/stats'
import { StatNumber } from './stat-number'

const names = ['total', 'expired', 'next30', 'next60', 'next90'] as const

/** Products in contracts, or in subscriptions, under the filter of the figure. */
export type ExpiringLines = { kind: string; filtered: Record<(typeof names)[number], Stat> }

/** What has ended and what ends soon, exact to the day. */
export function ExpirationTable({ lines }: { lines: ExpiringLines[] }) {
  return (
    <table className="data-table expiration-table num-2 num-3">
      <caption className="sr-only">Products that have expired and that expire in the next 30, 60 and 90 days</caption>
      <thead>
        <tr>
          <th scope="col">Products in</th>
          {lines.map(({ kind }) => (
            <th key={kind} scope="col">
              {kind}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{name === 'total' ? 'In all' : lines[0]?.filtered[name].label}</th>
            {lines.map(({ kind, filtered }) => (
              <td key={kind}>
                <StatNumber stat={filtered[name]} text={count(filtered[name].value)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
