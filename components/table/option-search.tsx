'use client'

import { Icon } from '@/components/ui/icon'

/** Narrows the check list that it stands in to what has these words; what is checked stays. */
export function OptionSearch({ label }: { label: string }) {
  return (
    <label className="search-box needs-script option-search">
      <span className="sr-only">Find in {label}</span>
      <Icon name="search" />
      <input
        type="search"
        className="input"
        placeholder={`Find in ${label.toLowerCase()}`}
        autoComplete="off"
        onChange={({ target }) => narrow(target.closest('.facet'), target.value.trim().toLowerCase())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
    </label>
  )
}

function narrow(facet: Element | null, words: string) {
  for (const row of facet?.querySelectorAll<HTMLElement>('.check-row') ?? [])
    row.hidden = words !== '' && !(row.querySelector(':checked') || row.textContent?.toLowerCase().includes(words))
  const rest = facet?.querySelector<HTMLDetailsElement>('.facet-rest')
  if (rest && words) rest.open = true
}
