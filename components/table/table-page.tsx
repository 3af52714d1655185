import { Page, PageHeader } from '@/components/ui/surface'
import type { TableView } from '@/lib/table/view'
import { FilterChips } from './filter-chips'
import { SelectableTable } from './selectable-table'
import { SoftNavigation } from './soft-navigation'
import { TablePager } from './table-pager'
import { TableState } from './table-states'
import { Toolbar } from './toolbar'

type Props = {
  title: string
  view: TableView
  copy: Parameters<typeof SelectableTable>[0]['copy']
  /** What stands over the table: filters or columns. */
  panel: React.ReactNode
}

/** A tab that is a table: search and filters, what holds of them, the rows, the pages. */
export function TablePage({ title, view, copy, panel }: Props) {
  const { columns, ids, cells, path, search, density, total, isCapped, noun, shown } = view
  const rows = { columns, ids, cells, path, search, density, total, isCapped, noun, shown }
  return (
    <Page>
      <SoftNavigation>
        <PageHeader title={title} summary={<span role="status">{shown}</span>} />
        <Toolbar {...view} />
        <FilterChips {...view} />
        {view.state === 'rows' ? (
          <SelectableTable {...rows} copy={copy} />
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
