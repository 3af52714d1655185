import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import type { TableView } from '@/lib/table/view'
import { FilterMenu } from './filter-menu'
import { Kept } from './kept'

type Props = Pick<TableView, 'path' | 'kept' | 'searchHint' | 'menus' | 'further' | 'filtersHref' | 'columnsHref'>

/** Search, the filters used most, the way to all filters and to the columns. */
export function Toolbar({ path, kept, searchHint, menus, further, filtersHref, columnsHref }: Props) {
  const q = kept.find(({ name }) => name === 'q')?.value ?? ''
  return (
    <div className="toolbar">
      <search className="table-search">
        <form action={path}>
          <Kept fields={kept} but={['q']} />
          <label className="search-box">
            <span className="sr-only">Search this list</span>
            <Icon name="search" />
            <input
              type="search"
              name="q"
              className="input"
              defaultValue={q}
              placeholder={searchHint}
              data-search
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
            />
          </label>
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
      <a href={columnsHref} className="button toolbar-end" id="columns-and-density">
        <Icon name="columns" />
        Columns
      </a>
    </div>
  )
}
