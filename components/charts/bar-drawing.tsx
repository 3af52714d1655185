import { count } from './scale'
import type { BarsDrawing, FigureValue, Series } from './types'

/**
 * The bars as the server draws them: there at first paint, on paper and without JavaScript. The interactive drawing
 * takes their place, bar for bar, when a pointer comes near. Hidden from screen readers, who have the table.
 */
export function BarDrawing({ layout, stacked, series, rows, top }: Omit<BarsDrawing, 'kind'>) {
  return (
    <div className={`bars bars-${layout}`}>
      {rows.map(({ label, values }) => (
        <div key={label} className="bar-slot">
          <div className={stacked ? 'bar-stack' : 'bar-group'}>
            {values.map((value, index) => {
              const one = series[index]
              return one ? (
                <Bar key={one.label} row={label} series={one} value={value} top={top} layout={layout} />
              ) : null
            })}
          </div>
        </div>
      ))}
    </div>
  )
}

type BarProps = { row: string; series: Series; value: FigureValue; top: number; layout: BarsDrawing['layout'] }

function Bar({ row, series, value: { value, href }, top, layout }: BarProps) {
  const length = `${(value / top) * 100}%`
  const shape = {
    className: `bar series-${series.tone}`,
    style: layout === 'columns' ? { blockSize: length } : { inlineSize: length },
    title: `${row}, ${series.label}: ${count(value)}`,
  }
  if (!href || value === 0) return <span {...shape} />
  return (
    <a {...shape} href={href} tabIndex={-1}>
      <span hidden>{count(value)}</span>
    </a>
  )
}
