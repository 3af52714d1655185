import { BarDrawing } from './bar-drawing'
import { ChartSlot } from './chart-slot'
import { Figure, type FigureProps, FoldedTable, NothingDrawn } from './figure'
import { FigureTable } from './figure-table'
import { longest, niceTicks, shortCount } from './scale'
import type { FigureRow, Series } from './types'

type BarFigureProps = Omit<FigureProps, 'children'> & {
  /** What the rows are: "Quarter", "Architecture". */
  categories: string
  series: Series[]
  rows: FigureRow[]
  /** Upright columns for time, lying bars for names. */
  layout?: 'columns' | 'bars'
  /** Parts of a whole on one bar; otherwise side by side. */
  stacked?: boolean
  /** Pixels of the drawing, fixed so that nothing moves. */
  height?: number
  table?: 'folded' | 'shown'
  /** Said when everything is zero. */
  emptyText?: string
}

/** Bars with their legend and their figures as a table of links. */
export function BarFigure(props: BarFigureProps) {
  const { categories, series, rows, layout = 'columns', stacked = false, height = 240, table = 'folded' } = props
  const { emptyText = 'Nothing to count here.', ...figure } = props
  const max = longest(rows, stacked)
  const ticks = niceTicks(max)
  const top = ticks.at(-1) ?? 1
  const drawing = { layout, stacked, series, rows, top }
  return (
    <Figure {...frameOf(figure)}>
      {max === 0 ? (
        <NothingDrawn height={height}>{emptyText}</NothingDrawn>
      ) : (
        <div>
          {series.length > 1 ? <Legend series={series} /> : null}
          <div className={`chart-box chart-${layout}`} style={{ blockSize: height }} aria-hidden="true">
            <Axis ticks={ticks} labels={rows.map(({ label }) => label)} />
            <ChartSlot drawing={{ kind: 'bars', ...drawing }}>
              <BarDrawing {...drawing} />
            </ChartSlot>
          </div>
        </div>
      )}
      <FoldedTable open={table === 'shown'}>
        <FigureTable title={props.title} categories={categories} series={series} rows={rows} total={stacked} />
      </FoldedTable>
    </Figure>
  )
}

function frameOf({ title, caption, explain, filters }: Omit<FigureProps, 'children'>) {
  return { title, ...(caption && { caption }), ...(explain && { explain }), ...(filters && { filters }) }
}

function Legend({ series }: { series: Series[] }) {
  return (
    <ul className="legend">
      {series.map(({ label, tone }) => (
        <li key={label}>
          <span className={`swatch series-${tone}`} />
          {label}
        </li>
      ))}
    </ul>
  )
}

/** Grid lines and names, as text of the page: the same before and after the interactive drawing arrives. */
function Axis({ ticks, labels }: { ticks: number[]; labels: string[] }) {
  return (
    <>
      <div className="axis-values">
        {ticks.map((tick) => (
          <span key={tick}>{shortCount(tick)}</span>
        ))}
      </div>
      <div className="axis-names">
        {labels.map((label) => (
          <span key={label}>{label}</span>
        ))}
      </div>
    </>
  )
}
