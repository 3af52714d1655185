import { Icon } from '@/components/ui/icon'
import type { TableView } from '@/lib/table/view'

/** One filter as a menu of links, each with the rows that it has under the other filters. Opens without JavaScript. */
export function FilterMenu({ name, label, choices, clearHref }: TableView['menus'][number]) {
  const on = choices.filter(({ isOn }) => isOn)
  const id = `menu-${name}`
  return (
    <div className="filter-menu">
      <button type="button" className="button" popoverTarget={id}>
        {label}
        {on.length > 0 ? <span className="count-badge">{on.length}</span> : null}
        <Icon name="chevron-down" />
      </button>
      <div id={id} popover="auto" className="popover menu">
        <ul>
          {choices.map(({ value, text, href, isOn, count, tone }) => (
            <li key={value}>
              <a href={href} className="menu-item facet-item" {...(isOn && { 'aria-current': 'true' })}>
                <span className={isOn ? 'tick tick-on' : 'tick'}>{isOn ? <Icon name="check" /> : null}</span>
                <span className={tone ? `state tone-${tone}` : undefined}>{text}</span>
                {count === undefined ? null : <span className="check-count">{count}</span>}
              </a>
            </li>
          ))}
        </ul>
        {on.length > 0 ? (
          <>
            <hr className="menu-rule" />
            <a href={clearHref} className="menu-item">
              Clear this filter
            </a>
          </>
        ) : null}
      </div>
    </div>
  )
}
