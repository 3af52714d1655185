import { Icon } from '@/components/ui/icon'
import type { ListViews, ViewChoice } from '@/lib/views/list-views'

/** The saved views of a list, beside its title: which one is open, whether it still is as saved, and the others. */
export function ViewMenu({ views, all }: { views: ListViews; all: string }) {
  const { choices, current, isModified, allHref, panelHref } = views
  const mine = choices.filter(({ isShared, isMine }) => isMine && !isShared)
  const shared = choices.filter(({ isShared }) => isShared)
  return (
    <div className="view-menu no-print">
      <button type="button" className="button" popoverTarget="view-menu" id="saved-views">
        <Icon name="star" />
        {current ? (
          <span className="view-name">
            <span className="sr-only">Saved view: </span>
            {current.name}
          </span>
        ) : (
          'Views'
        )}
        <Icon name="chevron-down" />
      </button>
      {isModified ? <span className="view-modified">Modified</span> : null}
      <div id="view-menu" popover="auto" className="popover menu">
        <ul>
          <li>
            <a href={allHref} className="menu-item" {...(!current && { 'aria-current': 'true' })}>
              {all}
            </a>
          </li>
        </ul>
        <Views title="My views" choices={mine} />
        <Views title="Shared in this account" choices={shared} />
        {panelHref ? (
          <>
            <hr className="menu-rule" />
            <a href={panelHref} className="menu-item">
              <Icon name="edit" />
              Save and manage views
            </a>
          </>
        ) : null}
      </div>
    </div>
  )
}

function Views({ title, choices }: { title: string; choices: ViewChoice[] }) {
  if (choices.length === 0) return null
  return (
    <>
      <p className="menu-heading">{title}</p>
      <ul>
        {choices.map(({ id, name, href, isCurrent, isDefault }) => (
          <li key={id}>
            <a href={href} className="menu-item" {...(isCurrent && { 'aria-current': 'true' })}>
              <span className="view-name">{name}</span>
              {isDefault ? <span className="text-ink-muted">opens first</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
