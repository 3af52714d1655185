import { Icon } from './icon'

type Props = { label: string; hint: string; value: string; longest: number }

/** The field `q` of a form that searches; the shortcut `/` leads into it. */
export function SearchField({ label, hint, value, longest }: Props) {
  return (
    <label className="search-box">
      <span className="sr-only">{label}</span>
      <Icon name="search" />
      <input
        type="search"
        name="q"
        className="input"
        defaultValue={value}
        placeholder={hint}
        data-search
        maxLength={longest}
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  )
}
