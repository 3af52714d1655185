import { Button } from '@/components/ui/button'
import { buttonFace } from '@/components/ui/button-face'
import { Select } from '@/components/ui/field'
import type { Choice, Choices } from '@/lib/overview/figures'
import type { FigureFilter } from '@/lib/overview/schema'

type FigureFilterFormProps = {
  /** What the parameters' names begin with. */
  figure: 'expiration' | 'coverage'
  /** Begins the names that a screen reader hears: "Device Coverage". */
  title: string
  filter: FigureFilter
  choices: Choices
  action: string
  /** The state of the rest of the page, sent along. */
  kept: [name: string, value: string][]
  clearHref: string
}

/** Architecture and country of one figure: a form of the address, also without JavaScript. */
export function FigureFilterForm(props: FigureFilterFormProps) {
  const { figure, title, filter, choices, action, kept, clearHref } = props
  const { architecture, country } = filter
  return (
    <form
      // Selects keep what was chosen in the browser: another address is another form.
      key={`${architecture} ${country}`}
      action={action}
      className="figure-filter no-print"
    >
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Select
        name={`${figure}Architecture`}
        aria-label={`${title}: architecture`}
        defaultValue={architecture ?? ''}
        options={optionsOf('All architectures', choices.architectures, architecture)}
      />
      <Select
        name={`${figure}Country`}
        aria-label={`${title}: country`}
        defaultValue={country ?? ''}
        options={optionsOf('All countries', choices.countries, country)}
      />
      <Button type="submit" size="small">
        Apply
      </Button>
      {architecture || country ? (
        <a {...buttonFace({ look: 'quiet', size: 'small' }, 'Clear')} href={clearHref}>
          Clear
        </a>
      ) : null}
    </form>
  )
}

/** A value that the address names and that does not occur is shown as what it is: chosen, and counting nothing. */
function optionsOf(all: string, choices: Choice[], chosen: string | undefined) {
  const isKnown = chosen === undefined || choices.some(({ value }) => value === chosen)
  return [{ value: '', label: all }, ...choices, ...(isKnown ? [] : [{ value: chosen, label: `${chosen} (none)` }])]
}
