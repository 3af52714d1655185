import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { SearchField } from '@/components/ui/search-field'
import type { TableView } from '@/lib/table/view'
import { ExportMenu } from './export-menu'
import { FilterMenu } from './filter-menu'
import { Kept } from './kept'

type Props = Pick<
  TableView,
  'path' | 'kept' | 'shown' | 'state' | 'searchHint' | 'menus' | 'further' | 'filtersHref' | 'columnsHref' | 'exports'
>

/** Search, the filters used most, the way to all filters, to the columns and to a file of it all. */
export function Toolbar(view: Props) {
  const { path, kept, shown, state, searchHint, menus, further, filtersHref, columnsHref, exports } = view
  const q = kept.find(({ name }) => name === 'q')?.value ?? ''
  return (
    <div className="toolbar">
      <search className="table-search">
        <form action={path}>
          <Kept fields={kept} but={['q']} />
          <SearchField label="Search this list" hint={searchHint} value={q} longest={100} />
          <Button type="submit" className="only-without-script">
            Search
          </Button>
        </form>
      </search>
      {menus.map((menu) => (
        <FilterMenu key={menu.name} {...menu} />
      ))}
      <a href={filtersHref} className="button" id="all-filters">
        <Icon name="filter" />
        Filters
        {further ? <span className="count-badge">{further}</span> : null}
      </a>
      <div className="toolbar-end toolbar-group">
        {columnsHref ? (
          <a href={columnsHref} className="button" id="columns-and-density">
            <Icon name="columns" />
            Columns
          </a>
        ) : null}
        {state === 'nothing' || state === 'no-match' ? null : <ExportMenu shown={shown} exports={exports} />}
      </div>
    </div>
  )
}
