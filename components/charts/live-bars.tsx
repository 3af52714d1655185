'use client'

import { useRouter } from 'next/navigation'
import { Bar, BarChart, ResponsiveContainer, Tooltip, type TooltipContentProps, XAxis, YAxis } from 'recharts'
import type { Size } from './chart-slot'
import { ChartTip } from './chart-tip'
import type { BarsDrawing, FigureRow } from './types'

/** The same bars as BarDrawing, with the row's numbers under the pointer; a click opens the rows that a bar counts. */
export function LiveBars({ layout, stacked, series, rows, top, size }: BarsDrawing & { size: Size }) {
  const router = useRouter()
  const upright = layout === 'columns'
  const tip = ({ active, label }: TooltipContentProps) => {
    const row = active ? rows.find((candidate) => candidate.label === label) : undefined
    if (!row) return null
    const lines = series.map((one, index) => ({ ...one, value: row.values[index]?.value ?? 0 }))
    return <ChartTip title={row.label} lines={lines} />
  }
  const names = { dataKey: 'label', type: 'category', hide: true } as const
  const values = { type: 'number', domain: [0, top], hide: true } as const
  return (
    <ResponsiveContainer initialDimension={size}>
      <BarChart
        data={rows}
        layout={upright ? 'horizontal' : 'vertical'}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="15%"
        barGap={2}
        accessibilityLayer={false}
      >
        <XAxis {...(upright ? names : values)} />
        <YAxis {...(upright ? values : { ...names, width: 0 })} />
        <Tooltip
          content={tip}
          isAnimationActive={false}
          cursor={{ fill: 'var(--color-ink)', fillOpacity: 0.06, stroke: 'none' }}
        />
        {series.map(({ label, tone }, index) => (
          <Bar
            key={label}
            name={label}
            dataKey={(row: FigureRow) => row.values[index]?.value ?? 0}
            fill={`var(--color-chart-${tone})`}
            isAnimationActive={false}
            cursor="pointer"
            onClick={(_, position) => {
              const href = rows[position]?.values[index]?.href
              if (href) router.push(href)
            }}
            {...(stacked
              ? { stackId: 'all', maxBarSize: 56, stroke: 'var(--color-surface-raised)', strokeWidth: 1 }
              : { radius: 2 })}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
