'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { rowHref } from '@/lib/table/href'
import type { ColumnView, TableView } from '@/lib/table/view'

type Props = Pick<TableView, 'columns' | 'ids' | 'addresses' | 'cells' | 'path' | 'search' | 'density'> & {
  caption: ReactNode
  /** Check marks in front of the rows; without it there are none. */
  selection?: { isOn: (id: number) => boolean; set: (ids: readonly number[], on: boolean) => void } | undefined
}

/**
 * The rows as plain text, no component and no class a cell: how a column looks is said once, on the table
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
        <tbody>
          {cells.map((row, index) => {
            const id = ids[index] ?? 0
            return (
              <tr key={id} id={`row-${id}`}>
                {selection ? (
                  <td>
                    <input
                      type="checkbox"
                      aria-labelledby={`name-${id}`}
                      checked={selection.isOn(id)}
                      onChange={({ target }) => selection.set([id], target.checked)}
                    />
                  </td>
                ) : null}
                {row.map((cell, at) =>
                  cellOf(
                    cell,
                    columns[at],
                    at === 0
                      ? {
                          id,
                          href: rowHref(path, addresses[index] ?? String(id), search),
                          otherwise: otherOf(row),
                        }
                      : null,
                  ),
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** What tells a row without a name from others. */
const otherOf = (row: string[]) => row.find(Boolean) ?? ''

type Row = { id: number; href: string; otherwise: string }

function cellOf(cell: string, column: ColumnView | undefined, row: Row | null) {
  const tone = column?.tones?.[cell]
  const look = tone && `state tone-${tone}`
  if (!row)
    return (
      <td key={column?.name} className={look}>
        {cell}
      </td>
    )
  const named = look ? <span className={look}>{cell}</span> : cell
  return (
    <th key={column?.name} scope="row">
      <a id={`name-${row.id}`} href={row.href}>
        {cell ? named : `No ${column?.label.toLowerCase()}`}
        {cell ? null : <span className="sr-only">, {row.otherwise}</span>}
      </a>
    </th>
  )
}

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
