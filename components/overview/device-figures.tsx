import type { ReactNode } from 'react'
import { BarFigure } from '@/components/charts/bar-figure'
import { CountLink } from '@/components/charts/figure-table'
import { count } from '@/components/charts/scale'
import { Explain } from '@/components/ui/explain'
import type { Linked, Row } from '@/lib/overview/figures'
import type { Origin } from './stat-explain'

type CoverageProps = {
  figure: { rows: Row[]; sums: (Linked & { label: string })[]; total: Linked }
  filters: ReactNode
  /** The filter in words; '' without one. */
  filterText: string
  origin: Origin
}

/** Devices by architecture and coverage; the parts of a bar together are all its devices. */
export function CoverageFigure({ figure: { rows, sums, total }, filters, filterText, origin }: CoverageProps) {
  return (
    <BarFigure
      title="Device Coverage"
      filters={filters}
      caption={
        <>
          {sums.map(({ label, value, href }, index) => (
            <span key={label}>
              {index > 0 ? ' + ' : ''}
              <span className="figure-caption-number">
                <CountLink text={count(value)} {...(href && { href })} />
              </span>{' '}
              {label.toLowerCase()}
            </span>
          ))}{' '}
          ={' '}
          <span className="figure-caption-number">
            <CountLink text={count(total.value)} {...(total.href && { href: total.href })} />
          </span>{' '}
          devices{filterText ? `: ${filterText}` : ''}
        </>
      }
      explain={
        <Explain
          of="Device Coverage"
          counts="Devices by architecture: covered by a service contract in force today, eligible but uncovered (the contract has lapsed, or there never was one), or not eligible."
          formula="Covered + uncovered + not eligible = all devices under the filter. A device on two contracts counts once."
          source={origin.source}
          asOf={origin.asOf}
        />
      }
      categories="Architecture"
      series={[
        { label: 'Covered', tone: 'good' },
        { label: 'Uncovered', tone: 'bad' },
        { label: 'Not eligible', tone: '6' },
      ]}
      rows={rows}
      layout="bars"
      stacked
      height={Math.max(160, rows.length * 40 + 24)}
      emptyText="No devices under this filter."
    />
  )
}

type SupportProps = { figure: { rows: Row[]; bands: string[]; unknown: Linked }; origin: Origin }

/** Devices by the year of their last date of support. */
export function SupportFigure({ figure: { rows, bands, unknown }, origin }: SupportProps) {
  const tones = ['bad', 'warn', 'good'] as const
  return (
    <BarFigure
      title="Last Date of Support by Year"
      caption={
        <>
          <span className="figure-caption-number">
            <CountLink text={count(unknown.value)} {...(unknown.href && { href: unknown.href })} />
          </span>{' '}
          more devices have no announced date
        </>
      }
      explain={
        <Explain
          of="Last Date of Support by Year"
          counts="Devices by the year in which the support of their product ends. A device is supported on the date itself."
          excludes="Devices whose product has no announced last date of support; their number stands under the title."
          source={origin.source}
          asOf={origin.asOf}
        />
      }
      categories="Year"
      series={bands.map((label, index) => ({ label, tone: tones[index] ?? '6' }))}
      rows={rows}
      stacked
      height={264}
      emptyText="No device has an announced last date of support."
    />
  )
}
