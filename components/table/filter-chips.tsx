import { Icon } from '@/components/ui/icon'
import type { TableView } from '@/lib/table/view'

/** The filters that hold, by category, each with a way to take it off. */
export function FilterChips({ chips, clearHref }: Pick<TableView, 'chips' | 'clearHref'>) {
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label="Filters that hold">
      {chips.map(({ label, values }) => (
        <li key={label} className="chip-group">
          <span className="chip-label">{label}</span>
          {values.map(({ text, href }) => (
            <a key={text} href={href} className="chip">
              <b>{text}</b>
              <Icon name="close" />
              <span className="sr-only">Remove the filter {label}</span>
            </a>
          ))}
        </li>
      ))}
      <li>
        <a href={clearHref} className="link">
          Clear all
        </a>
      </li>
    </ul>
  )
}
