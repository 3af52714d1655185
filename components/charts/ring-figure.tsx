import { percent } from '@/lib/percent'
import { ChartSlot } from './chart-slot'
import { Figure, type FigureProps, NothingDrawn } from './figure'
import { CountLink } from './figure-table'
import { RingDrawing } from './ring-drawing'
import { count } from './scale'
import type { Slice } from './types'

type RingFigureProps = Omit<FigureProps, 'children'> & {
  /** What the slices are: "Coverage". */
  categories: string
  /** What is counted: "Devices". */
  counted: string
  slices: Slice[]
  /** In the middle: the number that matters and its name. */
  center?: { value: string; label: string }
  emptyText?: string
}

/** Parts of a whole as a ring; beside it the same as a table, which is also the legend. */
export function RingFigure(props: RingFigureProps) {
  const { categories, counted, slices, center, emptyText = 'Nothing to count here.', title } = props
  const { caption, explain, filters } = props
  const total = slices.reduce((sum, { value }) => sum + value, 0)
  return (
    <Figure title={title} {...(caption && { caption })} {...(explain && { explain })} {...(filters && { filters })}>
      {total === 0 ? (
        <NothingDrawn height={176}>{emptyText}</NothingDrawn>
      ) : (
        <div className="figure-split">
          <div className="chart-box chart-ring" aria-hidden="true">
            <ChartSlot drawing={{ kind: 'ring', slices }}>
              <RingDrawing slices={slices} />
            </ChartSlot>
            {center ? (
              <div className="ring-center">
                <b>{center.value}</b>
                <span className="text-ink-muted">{center.label}</span>
              </div>
            ) : null}
          </div>
          <table className="data-table num-2 num-3" data-density="compact">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{categories}</th>
                <th scope="col">{counted}</th>
                <th scope="col">Share</th>
              </tr>
            </thead>
            <tbody>
              {slices.map(({ label, tone, value, href }) => (
                <tr key={label}>
                  <th scope="row">
                    <span className={`swatch series-${tone} me-2`} />
                    {label}
                  </th>
                  <td>
                    <CountLink text={count(value)} {...(href && { href })} />
                  </td>
                  <td>{percent(value, total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Figure>
  )
}
