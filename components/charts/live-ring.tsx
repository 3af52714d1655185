'use client'

import { useRouter } from 'next/navigation'
import { Pie, PieChart, ResponsiveContainer, Tooltip, type TooltipContentProps } from 'recharts'
import type { Size } from './chart-slot'
import { ChartTip } from './chart-tip'
import type { RingDrawing } from './types'

/** The same ring as RingDrawing, with the slice's number under the pointer. */
export function LiveRing({ slices, size }: RingDrawing & { size: Size }) {
  const router = useRouter()
  const drawn = slices.filter(({ value }) => value > 0)
  const data = drawn.map((slice) => ({ ...slice, fill: `var(--color-chart-${slice.tone})` }))
  const tip = ({ active, payload }: TooltipContentProps) => {
    const slice = active ? drawn.find(({ label }) => label === payload[0]?.name) : undefined
    return slice ? <ChartTip lines={[slice]} /> : null
  }
  return (
    <ResponsiveContainer initialDimension={size}>
      <PieChart margin={{ top: 0, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <Tooltip content={tip} isAnimationActive={false} />
        <Pie
          data={data}
          dataKey="value"
          nameKey="label"
          innerRadius="68%"
          outerRadius="99.5%"
          startAngle={90}
          endAngle={-270}
          paddingAngle={drawn.length > 1 ? 2.9 : 0}
          stroke="none"
          isAnimationActive={false}
          cursor="pointer"
          rootTabIndex={-1}
          onClick={(_, position) => {
            const href = drawn[position]?.href
            if (href) router.push(href)
          }}
        />
      </PieChart>
    </ResponsiveContainer>
  )
}
