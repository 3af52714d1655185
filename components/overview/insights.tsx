import Link from 'next/link'
import { count, percent } from '@/components/charts/scale'
import { Icon, type IconName } from '@/components/ui/icon'
import type { Insight, Stat } from '@/lib/overview/stats'
import { type Origin, StatExplain } from './stat-explain'

const icons: Readonly<Record<string, IconName>> = {
  Licenses: 'license',
  Devices: 'device',
  Contracts: 'contract',
  Subscriptions: 'refresh',
}

type InsightsProps = {
  insights: Insight[]
  show: 'number' | 'percent'
  /** The page with the cards shown the one way and the other. */
  hrefs: Record<'number' | 'percent', string>
  origin: Origin
}

/** Licenses, devices, contracts and subscriptions, as numbers or as shares of the number printed above them. */
export function Insights({ insights, show, hrefs, origin }: InsightsProps) {
  return (
    <section className="card" aria-labelledby="insights">
      <div className="card-header">
        <h2 id="insights">What the account holds</h2>
        <nav className="segments" aria-label="Show insights as">
          {(['number', 'percent'] as const).map((way) => (
            <Link
              key={way}
              href={hrefs[way]}
              className="segment"
              scroll={false}
              prefetch={false}
              {...(way === show && { 'aria-current': 'true' })}
            >
              {way === 'number' ? 'Numbers' : 'Percentages'}
            </Link>
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

function InsightCard({ insight, show, origin }: { insight: Insight; show: 'number' | 'percent'; origin: Origin }) {
  const { kind, total, lines } = insight
  return (
    <section className="insight" aria-label={kind}>
      <div className="insight-head">
        <Icon name={icons[kind] ?? 'info'} />
        <h3>{kind}</h3>
        <StatExplain of={kind} stat={total} origin={origin} formula="Each line below is a part of this number." />
      </div>
      <p className="insight-total">
        <StatNumber stat={total} text={count(total.value)} />
        {total.label === kind ? null : <span className="text-ink-muted"> {total.label.toLowerCase()}</span>}
      </p>
      <dl className="insight-lines">
        {lines.map((line) => (
          <div key={line.label}>
            <dt>
              {line.label === 'Insufficient' && line.value > 0 ? <span className="state tone-bad" /> : null}
              {line.label}
              <StatExplain stat={line} origin={origin} />
            </dt>
            <dd>
              <StatNumber stat={line} text={show === 'number' ? count(line.value) : percent(line.value, total.value)} />
              <span className="sr-only"> of {count(total.value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A stat as it is read, leading to its rows where there is a list of them. */
export function StatNumber({ stat, text }: { stat: Pick<Stat, 'href'>; text: string }) {
  if (!stat.href) return <span>{text}</span>
  return (
    <Link href={stat.href} className="stat-link" prefetch={false}>
      {text}
    </Link>
  )
}
