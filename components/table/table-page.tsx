'use client'

import { useMemo } from 'react'
import { SoftNavigation } from '@/components/ui/soft-navigation'
import { Page, PageHeader } from '@/components/ui/surface'
import { type Packed, unpack } from '@/lib/packed'
import type { TableView } from '@/lib/table/view'
import { DataTable } from './data-table'
import { FilterChips } from './filter-chips'
import { SelectableTable } from './selectable-table'
import { TablePager } from './table-pager'
import { TableState } from './table-states'
import { Toolbar } from './toolbar'
import { ViewMenu } from './view-menu'

type Props = {
  title: string
  view: Packed<TableView>
  /** What rows are selected for; without it they are not. */
  copy?: Parameters<typeof SelectableTable>[0]['copy']
  acts?: Parameters<typeof SelectableTable>[0]['acts']
  /** Over the toolbar: other lists of the same tab, or what holds of the whole list. */
  switches?: React.ReactNode
  /** What stands over the table: filters or columns. */
  panel: React.ReactNode
}

/** A tab that is a table: search and filters, what holds of them, the rows, the pages. Sent as data, as the frame is. */
export function TablePage({ title, view: packed, copy, acts, switches, panel }: Props) {
  const view = useMemo(() => unpack(packed), [packed])
  const { columns, ids, addresses, cells, path, search, density, total, isCapped, noun, shown } = view
  const rows = { columns, ids, addresses, cells, path, search, density, total, isCapped, noun, shown }
  return (
    <Page>
      <SoftNavigation>
        <PageHeader
          title={title}
          summary={<span role="status">{shown}</span>}
          {...(view.views && { actions: <ViewMenu views={view.views} all={`All ${view.noun.many}`} /> })}
        />
        {switches}
        <Toolbar {...view} />
        <FilterChips {...view} />
        {view.state === 'rows' ? (
          <Rows {...rows} copy={copy} acts={acts} />
        ) : (
          <div className="card">
            <TableState {...view} />
          </div>
        )}
        {view.state === 'nothing' || view.state === 'no-match' ? null : <TablePager {...view} />}
        {panel}
      </SoftNavigation>
    </Page>
  )
}

function Rows({ copy, acts, ...rows }: Parameters<typeof SelectableTable>[0]) {
  if (copy || acts?.choices.length) return <SelectableTable {...rows} copy={copy} acts={acts} />
  const { total: _, isCapped: __, noun: ___, shown, ...table } = rows
  return <DataTable {...table} caption={shown} />
}
