import { RingFigure } from '@/components/charts/ring-figure'
import { count } from '@/components/charts/scale'
import { StatExplain } from '@/components/overview/stat-explain'
import { StatNumber } from '@/components/overview/stat-number'
import { Explain } from '@/components/ui/explain'
import type { OrderCards as Cards } from '@/lib/overview/order-cards'
import type { Stat } from '@/lib/overview/stats'
import { percent } from '@/lib/percent'

const tones = ['good', '1', 'warn', 'bad'] as const

/** Over the list of orders: how far they are assigned, what holds them, what is on its way. Each number leads to its rows. */
export function OrderCards({ total, assignment, onHold, holds, recent, underWay, origin }: Cards) {
  if (total.value === 0) return null
  return (
    <div className="order-cards">
      {assignment ? <Assignment parts={assignment} total={total.value} origin={origin} /> : null}
      <section className="card order-card" aria-labelledby="orders-on-hold">
        <Head id="orders-on-hold" title="Orders on hold" stat={onHold} origin={origin} />
        <p className="order-number">
          <StatNumber stat={linked(onHold)} text={count(onHold.value)} />
        </p>
        {holds.length > 0 ? (
          <Parts parts={holds} />
        ) : (
          <p className="text-ink-muted">Nothing holds any order that you can see.</p>
        )}
      </section>
      <section className="card order-card" aria-labelledby="orders-recent">
        <Head id="orders-recent" title="Ordered in the last 90 days" stat={recent} origin={origin} />
        <p className="order-number">
          <StatNumber stat={linked(recent)} text={count(recent.value)} />
        </p>
        <Parts parts={underWay} title="Still to arrive, whenever ordered" />
      </section>
    </div>
  )
}

/** A number of no rows leads nowhere. */
const linked = ({ href, value }: Stat) => (href && value > 0 ? { href } : {})

function Assignment({ parts, total, origin }: { parts: Stat[]; total: number; origin: Cards['origin'] }) {
  const [assigned] = parts
  return (
    <RingFigure
      title="Smart Account assignment status"
      categories="Lines of the order"
      counted="Orders"
      slices={parts.map((part, index) => ({
        label: part.label,
        tone: tones[index] ?? 'bad',
        value: part.value,
        ...linked(part),
      }))}
      center={{ value: percent(assigned?.value ?? 0, total), label: 'assigned' }}
      explain={
        <Explain
          of="Smart Account assignment status"
          counts="Each order once, by the Virtual Accounts that its lines are in."
          formula={parts.map(({ label, explain }) => (
            <span key={label} className="block">
              <b>{label}:</b> {explain}
            </span>
          ))}
          {...origin}
        />
      }
    />
  )
}

type HeadProps = { id: string; title: string; stat: Stat; origin: Cards['origin'] }

function Head({ id, title, stat, origin }: HeadProps) {
  return (
    <div className="card-header">
      <div className="flex items-center gap-1">
        <h2 id={id}>{title}</h2>
        <StatExplain of={title} stat={stat} origin={origin} />
      </div>
    </div>
  )
}

function Parts({ parts, title }: { parts: Stat[]; title?: string }) {
  return (
    <>
      {title ? <p className="text-sm text-ink-muted">{title}</p> : null}
      <dl className="insight-lines">
        {parts.map((part) => (
          <div key={part.label}>
            <dt>{part.label}</dt>
            <dd>
              <StatNumber stat={linked(part)} text={count(part.value)} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
