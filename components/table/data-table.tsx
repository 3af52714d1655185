'use client'

import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { ColumnView, TableView } from '@/lib/table/view'
import { rowsHtml } from './rows-html'

type Props = Pick<TableView, 'columns' | 'ids' | 'addresses' | 'cells' | 'path' | 'search' | 'density'> & {
  caption: ReactNode
  /** Check marks in front of the rows; without it there are none. */
  selection?: { isOn: (id: number) => boolean; set: (ids: readonly number[], on: boolean) => void } | undefined
}

/**
 * The head as elements, the rows as one piece of markup (rows-html.ts): a thousand cells as elements cost the server a tenth
 * of the page, and the browser has to wake up each of them. How a column looks is said once, on the table
 * (components/ui/columns.css) or by the words of a status.
 */
export function DataTable({ columns, ids, addresses, cells, path, search, density, caption, selection }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const start = useRef(search)
  useEffect(() => {
    // Other rows begin at their first one; a drawer that closes changes nothing.
    const isOther = start.current !== search
    start.current = search
    if (!isOther || !box.current) return
    box.current.scrollTop = 0
    if (box.current.getBoundingClientRect().top < 0) box.current.scrollIntoView({ block: 'start' })
  }, [search])
  const hasMarks = selection !== undefined
  const rows = useMemo(
    () => rowsHtml({ columns, ids, addresses, cells, path, search, hasMarks }),
    [columns, ids, addresses, cells, path, search, hasMarks],
  )
  const body = useRef<HTMLTableSectionElement>(null)
  useLayoutEffect(() => {
    for (const mark of body.current?.querySelectorAll('input') ?? []) mark.checked = !!selection?.isOn(idOf(mark))
  })
  const before = selection ? 2 : 1
  const looks = columns.map(({ kind }, index) => {
    const look = kind === 'number' ? 'num' : kind
    return look === 'code' || look === 'num' ? `${look}-${index + before}` : ''
  })
  return (
    <div ref={box} className="table-box">
      <table
        className={['data-table sticky-first', selection && 'with-checks', ...looks].filter(Boolean).join(' ')}
        data-density={density}
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection ? <PageCheck ids={ids} selection={selection} /> : null}
            {columns.map((column) => (
              <Header key={column.name} column={column} />
            ))}
          </tr>
        </thead>
        <tbody
          ref={body}
          onInput={({ target }) => {
            if (target instanceof HTMLInputElement) selection?.set([idOf(target)], target.checked)
          }}
          dangerouslySetInnerHTML={rows}
        />
      </table>
    </div>
  )
}

/** The row that a check mark stands in front of. */
const idOf = (mark: HTMLInputElement) => Number(mark.closest('tr')?.id.slice('row-'.length))

function Header({ column: { label, href, sorted } }: { column: ColumnView }) {
  return (
    <th scope="col" {...(sorted && { 'aria-sort': sorted })}>
      {href ? (
        <a className="sort-link" href={href}>
          {label}
        </a>
      ) : (
        label
      )}
    </th>
  )
}

function PageCheck({ ids, selection }: { ids: number[]; selection: NonNullable<Props['selection']> }) {
  const on = ids.filter(selection.isOn).length
  return (
    <th scope="col">
      <input
        type="checkbox"
        className="check needs-script"
        aria-label="Select the rows of this page"
        ref={(input) => {
          if (input) input.indeterminate = on > 0 && on < ids.length
        }}
        checked={ids.length > 0 && on === ids.length}
        onChange={({ target }) => selection.set(ids, target.checked)}
      />
    </th>
  )
}
