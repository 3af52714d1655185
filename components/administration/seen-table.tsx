import { Empty } from '@/components/ui/feedback'
import { Pager } from '@/components/ui/pager'
import type { TableView } from '@/lib/table/view'

/** Nothing in the rows can be focused, so their box is. */
const scrolledByKeyboard = (label: string) => ({ role: 'region', 'aria-label': label, tabIndex: 0 })

/** Rows to be read: nothing is chosen, sorted or opened. */
export function SeenTable({ view }: { view: TableView }) {
  const { columns, ids, cells, noun, shown, page, pages, pageHref, range } = view
  if (cells.length === 0) return <Empty kind="nothing" title={`No ${noun.many}`} />
  const looks = columns.map(({ kind }, index) => (kind === 'number' ? `num-${index + 1}` : ''))
  return (
    <>
      <div className="table-box" {...scrolledByKeyboard(noun.many)}>
        <table className={['data-table sticky-first', ...looks].filter(Boolean).join(' ')}>
          <caption className="sr-only">{shown}</caption>
          <thead>
            <tr>
              {columns.map(({ name, label }) => (
                <th scope="col" key={name}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, index) => (
              <tr key={ids[index]}>
                {row.map((cell, at) => (
                  <Cell key={columns[at]?.name} cell={cell} column={columns[at]} isFirst={at === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        summary={range ? `${range} of ${shown}` : shown}
        page={page}
        pages={pages}
        href={(to) => `${pageHref}${to}`}
      />
    </>
  )
}

type CellProps = { cell: string; column: TableView['columns'][number] | undefined; isFirst: boolean }

function Cell({ cell, column, isFirst }: CellProps) {
  const tone = column?.tones?.[cell]
  const text = tone ? <span className={`state tone-${tone}`}>{cell}</span> : cell
  return isFirst ? <th scope="row">{text}</th> : <td>{text}</td>
}
