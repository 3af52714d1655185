import { CountLink } from '@/components/charts/figure-table'
import { count } from '@/components/charts/scale'
import { Rosette } from '@/components/ui/icon'
import { Tile } from '@/components/ui/tile'
import { shareOf } from '@/lib/overview/rules'
import type { Stat } from '@/lib/overview/stats'
import { percent } from '@/lib/percent'
import { type Origin, StatExplain } from './stat-explain'

type DeviceStats = Record<
  'total' | 'pastSupport' | 'eligible' | 'covered' | 'notEligible' | 'hardware' | 'software' | 'cloud',
  Stat
>

/** The three numbers that matter first: how many devices, how many past support, how many covered. */
export function Headline({ stats, origin }: { stats: DeviceStats; origin: Origin }) {
  const { total, pastSupport, eligible, covered, notEligible } = stats
  const supportShare = shareOf(pastSupport.value, total.value)
  const coveredShare = shareOf(covered.value, eligible.value)
  return (
    <div className="headline">
      <TotalTile stats={stats} origin={origin} />
      <Tile
        label="Last Date of Support (LDoS)"
        value={percent(pastSupport.value, total.value)}
        base={
          <>
            <Counted stat={pastSupport} /> of <Counted stat={total} /> devices
          </>
        }
        note="have passed their last date of support"
        tone="bad"
        explain={
          <StatExplain
            stat={pastSupport}
            origin={origin}
            formula="Devices past their last date of support, divided by all devices."
          />
        }
        {...(supportShare !== undefined && { share: supportShare })}
        {...(pastSupport.href && { href: pastSupport.href })}
      />
      <Tile
        label="Service Coverage"
        value={percent(covered.value, eligible.value)}
        base={
          <>
            <Counted stat={covered} /> of <Counted stat={eligible} /> eligible devices
          </>
        }
        note={
          <>
            are covered; <Counted stat={notEligible} /> not eligible are left out
          </>
        }
        tone="good"
        explain={
          <StatExplain
            of="Service Coverage"
            stat={covered}
            origin={origin}
            formula="Covered devices, divided by eligible devices."
            excludes={notEligible.explain}
          />
        }
        {...(coveredShare !== undefined && { share: coveredShare })}
        {...(covered.href && { href: covered.href })}
      />
    </div>
  )
}

/** A number in a sentence, leading to its rows. */
const Counted = ({ stat: { value, href } }: { stat: Stat }) => (
  <span className="headline-counted">
    <CountLink text={count(value)} {...(href && value > 0 && { href })} />
  </span>
)

function TotalTile({ stats, origin }: { stats: DeviceStats; origin: Origin }) {
  const { total, hardware, software, cloud } = stats
  return (
    <section className="tile headline-total" aria-label="Total Devices">
      <Rosette className="headline-rosette" />
      <div className="tile-label">
        Total Devices
        <StatExplain stat={total} origin={origin} />
      </div>
      <div className="tile-value">
        {total.href ? (
          <a href={total.href} className="headline-number" aria-label={`Total Devices: ${count(total.value)}`}>
            {count(total.value)}
          </a>
        ) : (
          <span className="headline-number">{count(total.value)}</span>
        )}
      </div>
      <p className="tile-note">
        {[hardware, software, cloud].map((stat, index) => (
          <span key={stat.label}>
            {index > 0 ? ' · ' : ''}
            <Counted stat={stat} /> {stat.label.toLowerCase()}
          </span>
        ))}
      </p>
    </section>
  )
}
