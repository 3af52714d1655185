import { countryName } from '@/lib/countries'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { subscriptions } from '@/lib/resources/subscriptions'
import type { Filters } from '@/lib/table/resource'
import type { RowsHref } from './links'
import type { LinePart, Overview } from './queries'
import {
  expirationPeriods,
  filterParams,
  isWithin,
  overlap,
  rangeParam,
  type Span,
  spanOfBand,
  sumOf,
  supportYears,
} from './rules'
import type { FigureFilter, OverviewState } from './schema'

/** A number and the address of exactly the rows that it counts. */
export type Linked = { value: number; href?: string }
/** `href` leads to all rows of its values together, where they are parts of a whole. */
export type Row = { label: string; href?: string; values: Linked[] }
export type Choice = { value: string; label: string }
export type Choices = { architectures: Choice[]; countries: Choice[] }
type Place = { at: { architecture: string; country: string } }

export const linked = (value: number, href: string | undefined): Linked => ({ value, ...(href && { href }) })

const coverageMetrics = ['covered', 'uncovered', 'notEligible'] as const

/** Devices by architecture, the largest first: covered, uncovered, not eligible. Together they are all of them. */
export function coverageFigure({ coverage }: Overview, filter: FigureFilter, rowsHref: RowsHref) {
  const { architecture, country } = filter
  const groups = coverage.filter(
    ({ at }) => (!architecture || at.architecture === architecture) && (!country || at.country === country),
  )
  const cell = (label: string | undefined, name: (typeof coverageMetrics)[number], value: number) => {
    const params = { ...filterParams(filter), ...(label && { architecture: [label] }), ...devices.metrics[name].params }
    return linked(value, rowsHref(devices.name, params))
  }
  const rows = unique(groups.map(({ at }) => at.architecture)).map((label): Row => {
    const numbers = sumOf(
      coverageMetrics,
      groups.filter(({ at }) => at.architecture === label),
    )
    const href = rowsHref(devices.name, { ...filterParams(filter), architecture: [label] })
    return { label, ...(href && { href }), values: coverageMetrics.map((name) => cell(label, name, numbers[name])) }
  })
  const sizeOf = ({ values }: Row) => values.reduce((sum, { value }) => sum + value, 0)
  rows.sort((a, b) => sizeOf(b) - sizeOf(a))
  const sums = sumOf(coverageMetrics, groups)
  return {
    rows,
    sums: coverageMetrics.map((name) => ({
      label: devices.metrics[name].label,
      ...cell(undefined, name, sums[name]),
    })),
    total: linked(
      coverageMetrics.reduce((sum, name) => sum + sums[name], 0),
      rowsHref(devices.name, filterParams(filter)),
    ),
    choices: choicesOf(coverage),
  }
}

const { support } = devices.bands
const drawnBands = ['passed', 'year', 'later'] as const

/** Devices by the year in which their support ends: past, within twelve months, later; and those without a date. */
export function supportFigure({ support: groups, today }: Overview, rowsHref: RowsHref) {
  const known = groups.filter(({ at }) => at.ldos !== '-infinity')
  const count = (span: Span) =>
    known.reduce((sum, { at, numbers }) => sum + (isWithin(at.ldos, span) ? numbers.total : 0), 0)
  const cell = (span: Span, name: (typeof drawnBands)[number]) => {
    const common = overlap(span, spanOfBand(support, name, today) ?? {})
    return common ? linked(count(common), rowsHref(devices.name, { ldos: [rangeParam(common)] })) : { value: 0 }
  }
  const dates = known.map(({ at }) => at.ldos)
  const rows = supportYears(dates, today).map(({ label, span }): Row => {
    const href = rowsHref(devices.name, { ldos: [rangeParam(span)] })
    return { label, ...(href && { href }), values: drawnBands.map((name) => cell(span, name)) }
  })
  const all = groups.reduce((sum, { numbers }) => sum + numbers.total, 0)
  return {
    rows,
    bands: drawnBands.map((name) => support.bands[name].label),
    unknown: linked(all - count({}), rowsHref(devices.name, { support: ['unknown'] })),
  }
}

/** Products in contracts and in subscriptions by the quarter or month of their end. */
export function expirationFigure(read: Overview, { expiration, expirationPeriod }: OverviewState, rowsHref: RowsHref) {
  const under = filterParams(expiration)
  const within = ({ months }: LinePart, span: Span) =>
    months.reduce((sum, { at, numbers }) => sum + (isWithin(at.endMonth, span) ? numbers.total : 0), 0)
  const rows = expirationPeriods(expirationPeriod, read.today).map(({ label, span }): Row => {
    const params = { ...under, end: [rangeParam(span)] }
    return {
      label,
      values: [
        linked(within(read.contracts, span), rowsHref(contracts.name, params)),
        linked(within(read.subscriptions, span), rowsHref(subscriptions.name, params)),
      ],
    }
  })
  return { rows, choices: choicesOf([...read.contracts.places, ...read.subscriptions.places]) }
}

/** `quantity` and `inUse` are of the same licenses. */
export type Category = { label: string; quantity: Linked; inUse: Linked; insufficient: Linked; licenses: number }

/** What is owned and used of licenses by category, the largest first. */
export function consumptionFigure({ categories, licenses: owned }: Overview, rowsHref: RowsHref) {
  const entry = (label: string, numbers: (typeof categories)[number]['numbers'], filter: Filters): Category => {
    const all = rowsHref(licenses.name, filter)
    return {
      label,
      quantity: linked(numbers.quantity, all),
      inUse: linked(numbers.inUse, all),
      insufficient: linked(
        numbers.insufficient,
        rowsHref(licenses.name, { ...filter, ...licenses.metrics.insufficient.params }),
      ),
      licenses: numbers.total,
    }
  }
  const rows = categories
    .map(({ at: { category }, numbers }) => entry(category, numbers, { category: [category] }))
    .sort((a, b) => b.quantity.value - a.quantity.value || a.label.localeCompare(b.label, 'en'))
  return { rows, all: entry('All categories', owned, {}) }
}

const unique = (values: readonly string[]) => [...new Set(values)].sort()

/** What a figure can be filtered by: the values that occur. */
function choicesOf(places: readonly Place[]): Choices {
  const countries = unique(places.map(({ at }) => at.country)).filter((code) => code !== '')
  return {
    architectures: unique(places.map(({ at }) => at.architecture)).map((value) => ({ value, label: value })),
    countries: countries
      .map((value) => ({ value, label: countryName(value) }))
      .sort((a, b) => a.label.localeCompare(b.label, 'en')),
  }
}
