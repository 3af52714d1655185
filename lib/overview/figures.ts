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
export type Row = { label: string; values: Linked[] }
export type Choice = { value: string; label: string }
export type Choices = { architectures: Choice[]; countries: Choice[] }
type Place = { at: { architecture: string; country: string } }

const linked = (value: number, href: string | undefined): Linked => ({ value, ...(href && { href }) })

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
    return { label, values: coverageMetrics.map((name) => cell(label, name, numbers[name])) }
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
  const rows = supportYears(dates, today).map(
    ({ label, span }): Row => ({ label, values: drawnBands.map((name) => cell(span, name)) }),
  )
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

export type Category = { label: string; quantity: Linked; inUse: number; insufficient: Linked; licenses: number }

/** What is owned and used of licenses by category, the largest first. */
export function consumptionFigure({ categories }: Overview, rowsHref: RowsHref): Category[] {
  const href = (category: string, params: Filters) => rowsHref(licenses.name, { category: [category], ...params })
  return categories
    .map(({ at: { category }, numbers }) => ({
      label: category,
      quantity: linked(numbers.quantity, href(category, {})),
      inUse: numbers.inUse,
      insufficient: linked(numbers.insufficient, href(category, licenses.metrics.insufficient.params)),
      licenses: numbers.total,
    }))
    .sort((a, b) => b.quantity.value - a.quantity.value || a.label.localeCompare(b.label, 'en'))
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
