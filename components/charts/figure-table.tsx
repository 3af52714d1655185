import { count } from './scale'
import type { FigureRow, Series } from './types'

type FigureTableProps = {
  title: string
  /** Heading of the first column: "Quarter", "Architecture". */
  categories: string
  series: Series[]
  rows: FigureRow[]
  /** Adds the sum of each row; only where the series are parts of a whole. */
  total: boolean
}

/** The figures of a bar drawing; every number leads to the rows that it counts. */
export function FigureTable({ title, categories, series, rows, total }: FigureTableProps) {
  const columns = series.length + (total ? 1 : 0)
  const ends = Array.from({ length: columns }, (_, index) => `num-${index + 2}`).join(' ')
  return (
    <div className="overflow-x-auto">
      <table className={`data-table ${ends}`} data-density="compact">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{categories}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {total ? <th scope="col">Total</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, href, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {values.map((value, index) => (
                <td key={series[index]?.label}>
                  <CountLink text={count(value.value)} {...(value.href && { href: value.href })} />
                </td>
              ))}
              {total ? (
                <td>
                  <CountLink text={count(values.reduce((sum, { value }) => sum + value, 0))} {...(href && { href })} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function CountLink({ text, href }: { text: string; href?: string }) {
  if (!href) return text
  return <a href={href}>{text}</a>
}
