import type { ReactNode } from 'react'
import { BarFigure } from '@/components/charts/bar-figure'
import { Explain } from '@/components/ui/explain'
import type { Row } from '@/lib/overview/figures'
import { ExpirationTable, type ExpiringLines } from './expiration-table'
import type { Origin } from './stat-explain'

type ExpirationsProps = {
  rows: Row[]
  lines: ExpiringLines[]
  period: 'quarter' | 'month'
  hrefs: Record<'quarter' | 'month', string>
  filters: ReactNode
  /** The filter in words; '' without one. */
  filterText: string
  origin: Origin
}

/** Products in contracts and subscriptions by their end. */
export function Expirations({ rows, lines, period, hrefs, filters, filterText, origin }: ExpirationsProps) {
  return (
    <div className="expirations">
      <BarFigure
        title="Contract and Subscription Expirations"
        filters={
          <>
            <nav className="segments no-print" aria-label="Expirations by">
              {(['quarter', 'month'] as const).map((one) => (
                <a key={one} href={hrefs[one]} className="segment" {...(one === period && { 'aria-current': 'true' })}>
                  {one === 'quarter' ? 'Quarters' : 'Months'}
                </a>
              ))}
            </nav>
            {filters}
          </>
        }
        caption={
          <>
            {filterText ? <p>Only {filterText}</p> : null}
            <ExpirationTable lines={lines} />
          </>
        }
        explain={
          <Explain
            of="Contract and Subscription Expirations"
            counts="Products in service contracts and in subscriptions, by the day on which their term ends. Each line counts once."
            formula="Expired: ended before today. Next 30, 60 and 90 days: end today or within that many days."
            source={origin.source}
            asOf={origin.asOf}
          />
        }
        categories={period === 'quarter' ? 'Quarter' : 'Month'}
        series={[
          { label: 'Products in contracts', tone: '1' },
          { label: 'Products in subscriptions', tone: '2' },
        ]}
        rows={rows}
        height={240}
        emptyText="No products in contracts or subscriptions under this filter."
      />
    </div>
  )
}
