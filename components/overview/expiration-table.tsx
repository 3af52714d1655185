import { count } from '@/components/charts/scale'
import type { Stat } from '@/lib/overview/stats'
import { StatNumber } from './insights'

const columns = ['total', 'expired', 'next30', 'next60', 'next90'] as const

type ExpirationTableProps = {
  lines: { kind: string; filtered: Record<(typeof columns)[number], Stat> }[]
}

/** What has ended and what ends soon, exact to the day. */
export function ExpirationTable({ lines }: ExpirationTableProps) {
  return (
    <div className="overflow-x-auto">
      <table className="data-table expiration-table num-2 num-3 num-4 num-5 num-6">
        <caption className="sr-only">Products that have expired and that expire in the next 30, 60 and 90 days</caption>
        <thead>
          <tr>
            <th scope="col">Products in</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name === 'total' ? 'Total' : lines[0]?.filtered[name].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ kind, filtered }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              {columns.map((name) => (
                <td key={name}>
                  <StatNumber stat={filtered[name]} text={count(filtered[name].value)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
