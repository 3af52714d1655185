import { Icon } from '@/components/ui/icon'

/** Narrows the check list that it stands in to what has these words (narrow-options.ts); what is checked stays. */
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
        data-narrows
      />
    </label>
  )
}
