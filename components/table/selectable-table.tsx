'use client'

import { lazy, Suspense, useState } from 'react'
import type { ActionChoice } from '@/lib/table/row-actions'
import { allOf, countSelected, isSelected, listOf, noneOf, type Selection, withRows } from '@/lib/table/selection'
import type { TableView } from '@/lib/table/view'
import { DataTable } from './data-table'

const SelectionBar = lazy(() => import('./selection-bar').then((file) => ({ default: file.SelectionBar })))

/** What is chosen, in a form that a server action takes. */
export type Chosen = { search: string; all: boolean; ids: number[] }

type Props = Pick<
  TableView,
  'columns' | 'ids' | 'addresses' | 'cells' | 'path' | 'search' | 'density' | 'total' | 'isCapped' | 'noun' | 'shown'
> & {
  /** Reads what is copied of the chosen rows, such as serial numbers. */
  copy?: { label: string; read: (chosen: Chosen) => Promise<string[]> } | undefined
  /** What is done with them: the choices, and what leads them to the page of one. */
  acts?: { choices: readonly ActionChoice[]; take: (action: string, chosen: Chosen) => Promise<void> } | undefined
}

/** The table with check marks. What is chosen stays while pages and order change, and goes when the filters do. */
export function SelectableTable({ copy, acts, total, isCapped, noun, shown, ...table }: Props) {
  const list = listOf(table.search)
  const [kept, setSelection] = useState<Selection>(() => noneOf(list))
  const selection = kept.of === list ? kept : noneOf(list)
  const count = countSelected(selection, total)
  const chosen = () => ({ search: table.search, all: selection.all, ids: [...selection.ids] })
  return (
    <>
      <DataTable
        {...table}
        caption={shown}
        selection={{
          isOn: (id) => isSelected(selection, id),
          set: (ids, on) => setSelection((now) => withRows(now.of === list ? now : noneOf(list), ids, on)),
        }}
      />
      {count > 0 ? (
        <Suspense>
          <SelectionBar
            count={count}
            total={total}
            canSelectAll={!(selection.all || isCapped) && count < total}
            noun={noun}
            cells={() => [
              table.columns.map(({ label }) => label),
              ...table.cells.filter((_, at) => isSelected(selection, table.ids[at] ?? 0)),
            ]}
            copy={copy && { label: copy.label, read: () => copy.read(chosen()) }}
            choices={acts?.choices ?? []}
            take={async (action) => acts?.take(action, chosen())}
            onSelectAll={() => setSelection(allOf(list))}
            onClear={() => setSelection(noneOf(list))}
          />
        </Suspense>
      ) : null}
    </>
  )
}
