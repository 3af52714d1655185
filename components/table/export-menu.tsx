import { Icon } from '@/components/ui/icon'
import type { TableView } from '@/lib/table/view'

type Props = Pick<TableView, 'shown' | 'exports'>

/** The table as a file: every row that matches, whatever page is shown. Opens and works without JavaScript. */
export function ExportMenu({ shown, exports: { isLarge, extents } }: Props) {
  const hasChoice = extents.length > 1
  return (
    <div className="export-menu">
      <button type="button" className="button" popoverTarget="export-menu">
        <Icon name="download" />
        Export
        <Icon name="chevron-down" />
      </button>
      <div id="export-menu" popover="auto" className="popover popover-end menu">
        <p className="menu-heading">{shown}</p>
        {extents.map(({ title, files }) => (
          <div key={title}>
            {hasChoice ? <p className="menu-heading">{title}</p> : null}
            <ul>
              {files.map(({ label, href }) => (
                <li key={label}>
                  <a
                    className="menu-item"
                    {...(hasChoice && { 'aria-label': `${label}, ${title.toLowerCase()}` })}
                    href={href}
                    {...(!isLarge && { download: true, 'data-hard': '' })}
                  >
                    {label}
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
