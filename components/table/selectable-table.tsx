'use client'

import { lazy, Suspense, useState } from 'react'
import { allOf, countSelected, isSelected, listOf, noneOf, type Selection, withRows } from '@/lib/table/selection'
import type { TableView } from '@/lib/table/view'
import { DataTable } from './data-table'

const SelectionBar = lazy(() => import('./selection-bar').then((file) => ({ default: file.SelectionBar })))

/** What is chosen, in a form that a server action takes. */
export type Chosen = { search: string; all: boolean; ids: number[] }

type Props = Pick<
  TableView,
  'columns' | 'ids' | 'cells' | 'path' | 'search' | 'density' | 'total' | 'isCapped' | 'noun' | 'shown'
> & {
  /** Reads what is copied of the chosen rows, such as serial numbers. */
  copy: { label: string; read: (chosen: Chosen) => Promise<string[]> }
}

/** The table with check marks. What is chosen stays while pages and order change, and goes when the filters do. */
export function SelectableTable({ copy, total, isCapped, noun, shown, ...table }: Props) {
  const list = listOf(table.search)
  const [kept, setSelection] = useState<Selection>(() => noneOf(list))
  const selection = kept.of === list ? kept : noneOf(list)
  const count = countSelected(selection, total)
  return (
    <>
      <DataTable
        {...table}
        caption={shown}
        selection={{
          isOn: (id) => isSelected(selection, id),
          set: (ids, on) => setSelection(withRows(selection, ids, on)),
        }}
      />
      {count > 0 ? (
        <Suspense>
          <SelectionBar
            count={count}
            total={total}
            canSelectAll={!(selection.all || isCapped) && count < total}
            noun={noun}
            copyLabel={copy.label}
            read={() => copy.read({ search: table.search, all: selection.all, ids: [...selection.ids] })}
            onSelectAll={() => setSelection(allOf(list))}
            onClear={() => setSelection(noneOf(list))}
          />
        </Suspense>
      ) : null}
    </>
  )
}
