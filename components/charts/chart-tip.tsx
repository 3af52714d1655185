'use client'

import { count } from './scale'
import type { SeriesTone } from './types'

type Line = { label: string; tone: SeriesTone; value: number }

/** The numbers under the pointer. */
export function ChartTip({ title, lines }: { title?: string; lines: Line[] }) {
  return (
    <div className="chart-tip">
      {title ? <p className="font-semibold">{title}</p> : null}
      {lines.map(({ label, tone, value }) => (
        <div key={label} className="chart-tip-row">
          <span className={`swatch series-${tone}`} />
          {label}
          <b>{count(value)}</b>
        </div>
      ))}
    </div>
  )
}
