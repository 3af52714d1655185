import type { ReactNode } from 'react'
import { Explain } from '@/components/ui/explain'
import type { Stat } from '@/lib/overview/stats'

/** Where the numbers of a page come from, and when they were counted. */
export type Origin = { source: string; asOf: string }

type StatExplainProps = { of?: string; stat: Stat; origin: Origin; formula?: ReactNode; excludes?: ReactNode }

/** "Explain this number" of a metric: its own definition, and the way to its rows. */
export function StatExplain({ of, stat, origin, formula, excludes }: StatExplainProps) {
  return (
    <Explain
      of={of ?? stat.label}
      counts={stat.explain}
      formula={formula}
      excludes={excludes}
      source={origin.source}
      asOf={origin.asOf}
      {...(stat.href && { rowsHref: stat.href })}
    />
  )
}
