import { FoldedTable } from '@/components/charts/figure'
import { count, niceTicks, shortCount } from '@/components/charts/scale'
import type { LicenseDay } from '@/lib/resources/license-days'
import { readDate } from '@/lib/table/cells'

const WIDTH = 1000
const HEIGHT = 100
const SERIES = [
  { name: 'quantity', label: 'Quantity', tone: '1' },
  { name: 'inUse', label: 'In use', tone: '2' },
] as const

const dayNumber = (day: string) => Date.parse(day) / 86_400_000

/**
 * What was owned and what was in use, day by day, from the oldest to today. A day without a figure is drawn as the one
 * before it. Drawn by the server; who does not see it has the table.
 */
export function UseOverTime({ days }: { days: readonly LicenseDay[] }) {
  const [first, last] = [days[0], days.at(-1)]
  if (!(first && last) || first === last)
    return <p className="text-ink-muted">No day is kept yet. Each is, when the next one begins.</p>
  const ticks = niceTicks(Math.max(...days.flatMap(({ quantity, inUse }) => [quantity, inUse])))
  const top = ticks.at(-1) ?? 1
  const [from, span] = [dayNumber(first.day), dayNumber(last.day) - dayNumber(first.day)]
  const x = (day: string) => round(((dayNumber(day) - from) / span) * WIDTH)
  const y = (value: number) => round(HEIGHT - (value / top) * HEIGHT)
  const line = (name: 'quantity' | 'inUse') =>
    days
      .map((one, index) => `${index === 0 ? 'M' : 'H'}${x(one.day)}${index === 0 ? ',' : 'V'}${y(one[name])}`)
      .join('')
  return (
    <div>
      <ul className="legend">
        {SERIES.map(({ name, label, tone }) => (
          <li key={name}>
            <span className={`swatch series-${tone}`} />
            {label}, {count(last[name])} today
          </li>
        ))}
      </ul>
      <div className="chart-box chart-columns use-over-time" aria-hidden="true">
        <div className="axis-values">
          {ticks.map((tick) => (
            <span key={tick}>{shortCount(tick)}</span>
          ))}
        </div>
        <svg aria-hidden="true" className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          {SERIES.map(({ name, tone }) => (
            <path key={name} className={`use-line use-line-${name} series-${tone}`} d={line(name)} />
          ))}
        </svg>
        <div className="axis-names">
          <span>{readDate(first.day)}</span>
          <span>{readDate(last.day)}</span>
        </div>
      </div>
      <FoldedTable open={false}>
        <Changes days={days} />
      </FoldedTable>
    </div>
  )
}

const round = (value: number) => Math.round(value * 10) / 10

/** The first day, and each on which a figure is another one than the day before; the newest first. */
const changesIn = (days: readonly LicenseDay[]) =>
  days
    .filter((one, index) => {
      const before = days[index - 1]
      return !before || before.quantity !== one.quantity || before.inUse !== one.inUse
    })
    .reverse()

function Changes({ days }: { days: readonly LicenseDay[] }) {
  return (
    <table className="data-table num-2 num-3" data-density="compact">
      <caption className="sr-only">Quantity and use on each day on which one of them changed</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Quantity</th>
          <th scope="col">In use</th>
        </tr>
      </thead>
      <tbody>
        {changesIn(days).map(({ day, quantity, inUse }) => (
          <tr key={day}>
            <th scope="row">{readDate(day)}</th>
            <td>{count(quantity)}</td>
            <td>{count(inUse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
