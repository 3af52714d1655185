import { Icon } from '@/components/ui/icon'
import { formatNames, formats, LARGE_ROWS } from '@/lib/exporting/formats'
import { decoded, exported, exportsIn, tableAt } from '@/lib/paths'
import type { TableView } from '@/lib/table/view'

type Props = Pick<TableView, 'path' | 'search' | 'shown' | 'total' | 'isCapped' | 'columnsHref'>

const EXTENTS = { shown: 'Columns as shown', all: 'All columns' } as const

/**
 * The table as a file: every row that matches, whatever page is shown. Many rows are made while one goes on working. Opens
 * and works without JavaScript.
 */
export function ExportMenu({ path, search, shown, total, isCapped, columnsHref }: Props) {
  const isLarge = isCapped || total > LARGE_ROWS
  // A list whose columns cannot be chosen has no others.
  const extents = (['shown', 'all'] as const).filter((extent) => extent === 'shown' || columnsHref)
  return (
    <div className="export-menu">
      <button type="button" className="button" popoverTarget="export-menu">
        <Icon name="download" />
        Export
        <Icon name="chevron-down" />
      </button>
      <div id="export-menu" popover="auto" className="popover popover-end menu">
        <p className="menu-heading">{shown}</p>
        {extents.map((extent) => (
          <div key={extent}>
            {columnsHref ? <p className="menu-heading">{EXTENTS[extent]}</p> : null}
            <ul>
              {formatNames.map((format) => (
                <li key={format}>
                  <a
                    className="menu-item"
                    {...(columnsHref && { 'aria-label': `${formats[format].label}, ${EXTENTS[extent].toLowerCase()}` })}
                    href={(isLarge ? jobHref : exportHref)(path, search, format, extent)}
                    {...(!isLarge && { download: true, 'data-hard': '' })}
                  >
                    {formats[format].label}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {isLarge ? <p className="menu-heading">Made in the background</p> : null}
      </div>
    </div>
  )
}

function exportHref(path: string, search: string, format: string, extent: string): string {
  return `${exported(path)}?${asked(search, format, extent)}`
}

/** The page where such an export is started: of the account that the list is in, and of the list's tab. */
function jobHref(path: string, search: string, format: string, extent: string): string {
  const { domain = '', name = '' } = tableAt(path) ?? {}
  const params = asked(search, format, extent)
  params.set('of', name)
  return `${exportsIn(decoded(domain) ?? domain)}?${params}`
}

function asked(search: string, format: string, extent: string): URLSearchParams {
  const params = new URLSearchParams(search)
  for (const name of ['page', 'size']) params.delete(name)
  params.set('format', format)
  if (extent === 'all') params.set('columns', extent)
  return params
}
