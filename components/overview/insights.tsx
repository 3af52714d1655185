import { count } from '@/components/charts/scale'
import { Icon, type IconName } from '@/components/ui/icon'
import type { Insight } from '@/lib/overview/stats'
import { percent } from '@/lib/percent'
import { type Origin, StatExplain } from './stat-explain'
import { StatNumber } from './stat-number'

const icons: Readonly<Record<string, IconName>> = {
  Licenses: 'license',
  Devices: 'device',
  Contracts: 'contract',
  Subscriptions: 'refresh',
}

/** What is said with the red dot where there is any of it. */
const BAD = ['Insufficient', 'License insufficient']

type Show = 'number' | 'percent'
type InsightsProps = {
  insights: Insight[]
  show: Show
  /** The page with the cards shown the one way and the other. */
  hrefs: Record<Show, string>
  origin: Origin
}

/** Licenses, devices, contracts and subscriptions, as numbers or as shares of the number printed above them. */
export function Insights({ insights, show, hrefs, origin }: InsightsProps) {
  return (
    <section className="card" aria-labelledby="insights">
      <div className="card-header">
        <h2 id="insights">Assets and Entitlements</h2>
        <nav className="segments no-print" aria-label="Show insights as">
          {(['number', 'percent'] as const).map((way) => (
            <a key={way} href={hrefs[way]} className="segment" {...(way === show && { 'aria-current': 'true' })}>
              {way === 'number' ? 'Numbers' : 'Percentages'}
            </a>
          ))}
        </nav>
      </div>
      <div className="insights">
        {insights.map((insight) => (
          <InsightCard key={insight.kind} insight={insight} show={show} origin={origin} />
        ))}
      </div>
    </section>
  )
}

function InsightCard({ insight, show, origin }: { insight: Insight; show: Show; origin: Origin }) {
  const { kind, noun, total, lines } = insight
  return (
    <section className="insight" aria-label={kind}>
      <div className="insight-head">
        <Icon name={icons[kind] ?? 'info'} />
        <h3>{kind}</h3>
        <StatExplain
          of={kind}
          stat={total}
          origin={origin}
          formula={lines.map(({ label, explain }) => (
            <span key={label} className="block">
              <b>{label}:</b> {explain}
            </span>
          ))}
        />
      </div>
      <p className="insight-total">
        <b>
          <StatNumber stat={total} text={count(total.value)} />
        </b>{' '}
        {total.value === 1 ? noun.one : noun.many}
        {show === 'percent' ? ' = 100 %' : ''}
      </p>
      <dl className="insight-lines">
        {lines.map((line) => (
          <div key={line.label}>
            <dt>
              {BAD.includes(line.label) && line.value > 0 ? (
                <span className="state tone-bad">{line.label}</span>
              ) : (
                line.label
              )}
            </dt>
            <dd>
              <StatNumber stat={line} text={show === 'number' ? count(line.value) : percent(line.value, total.value)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
