import { CheckList } from '@/components/ui/check-list'
import { Drawer } from '@/components/ui/drawer'
import { Icon } from '@/components/ui/icon'
import { LinkButton } from '@/components/ui/link-button'
import type { FacetOption, FilterView } from '@/lib/table/facets'
import type { TableView } from '@/lib/table/view'
import { Kept } from './kept'
import { OptionSearch } from './option-search'

const SHOWN = 10
const order = { facet: 0, range: 1, exact: 2 }

/** All filters of a table. What is checked here holds when it is applied, not before. */
export function FilterPanel({ filters, view }: { filters: FilterView[]; view: TableView }) {
  const { path, search, kept, noun, clearHref } = view
  const footer = (
    <>
      <LinkButton href={clearHref} look="quiet">
        Clear all
      </LinkButton>
      <button type="submit" form="filter-form" className="button button-primary">
        Show {noun.many}
      </button>
    </>
  )
  return (
    <Drawer title="Filters" closeHref={`${path}${search}`} returnTo="#all-filters" footer={footer}>
      <form id="filter-form" action={path} className="filter-form">
        <Kept fields={kept} but={filters.map(({ name }) => name)} />
        {filters
          .toSorted((a, b) => order[a.kind] - order[b.kind])
          .map((filter) => (
            <Filter key={filter.name} filter={filter} />
          ))}
      </form>
    </Drawer>
  )
}

function Filter({ filter }: { filter: FilterView }) {
  const chosen = chosenIn(filter)
  return (
    <details className="facet" open={chosen > 0}>
      <summary>
        <span>{filter.label}</span>
        {chosen ? <span className="count-badge">{chosen}</span> : null}
        <Icon name="chevron-down" />
      </summary>
      <div className="facet-body">
        {filter.kind === 'facet' ? <Options {...filter} /> : null}
        {filter.kind === 'range' ? <Range {...filter} /> : null}
        {filter.kind === 'exact' ? <Exact {...filter} /> : null}
      </div>
    </details>
  )
}

function chosenIn(filter: FilterView): number {
  if (filter.kind === 'facet') return filter.options.filter(({ isOn }) => isOn).length
  return filter.kind === 'range' ? Number(Boolean(filter.from || filter.to)) : filter.values.length
}

function Options({ name, label, options }: Extract<FilterView, { kind: 'facet' }>) {
  if (options.length === 0) return <p className="text-ink-muted">Nothing to choose from.</p>
  const isTree = options.some(({ depth }) => depth)
  const first = isTree ? options : options.filter(({ isOn }, index) => isOn || index < SHOWN)
  const rest = options.filter((option) => !first.includes(option))
  return (
    <>
      {options.length > SHOWN + 5 ? <OptionSearch label={label} /> : null}
      <CheckList name={name} legend={<span className="sr-only">{label}</span>} options={first.map(checkOf)} />
      {rest.length > 0 ? (
        <details className="facet-rest">
          <summary className="link">Show {rest.length} more</summary>
          <CheckList
            name={name}
            legend={<span className="sr-only">{label}, further</span>}
            options={rest.map(checkOf)}
          />
        </details>
      ) : null}
    </>
  )
}

function checkOf({ value, text, isOn, count, tone, depth = 0 }: FacetOption) {
  const classes = [tone && `state tone-${tone}`, depth > 0 && `depth-${Math.min(depth, 4)}`].filter(Boolean).join(' ')
  return {
    value,
    label: classes ? <span className={classes}>{text}</span> : text,
    checked: isOn,
    ...(count && { count }),
  }
}

function Range({ name, label, from, to }: Extract<FilterView, { kind: 'range' }>) {
  return (
    <fieldset className="facet-range">
      <legend className="sr-only">{label}</legend>
      <label>
        From
        <input type="date" className="input" name={`${name}.from`} defaultValue={from} />
      </label>
      <label>
        Until
        <input type="date" className="input" name={`${name}.to`} defaultValue={to} />
      </label>
    </fieldset>
  )
}

function Exact({ name, label, values }: Extract<FilterView, { kind: 'exact' }>) {
  return (
    <fieldset className="grid gap-2">
      <legend className="field-hint">Exactly as written; several are either one.</legend>
      {[...values, ''].map((value) => (
        <input
          key={value}
          className="input identifier"
          name={name}
          defaultValue={value}
          aria-label={label}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
      ))}
    </fieldset>
  )
}
