import { countryName } from '@/lib/countries'
import { devices } from '@/lib/resources/devices'
import type { Filters } from '@/lib/table/resource'
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

type Place = { at: { architecture: string; country: string } }
export type Choice = { value: string; label: string }
export type Choices = { architectures: Choice[]; countries: Choice[] }

/** The figures of the Overview as rows to be drawn, each part with the parameters of the list that it counts. */
export function overviewFigures(read: Overview, state: OverviewState) {
  return {
    coverage: coverageFigure(read, state.coverage),
    support: supportFigure(read),
    expirations: expirationFigure(read, state),
  }
}

const coverageMetrics = ['covered', 'uncovered', 'notEligible'] as const

function coverageFigure({ coverage }: Overview, filter: FigureFilter) {
  const { architecture, country } = filter
  const groups = coverage.filter(
    ({ at }) => (!architecture || at.architecture === architecture) && (!country || at.country === country),
  )
  const rows = unique(groups.map(({ at }) => at.architecture)).map((label) => {
    const own = groups.filter(({ at }) => at.architecture === label)
    return { label, ...sumOf(coverageMetrics, own) }
  })
  return { rows, sum: sumOf(coverageMetrics, groups), choices: choicesOf(coverage) }
}

const { support } = devices.bands
const drawnBands = ['passed', 'year', 'later'] as const

export type SupportPart = { n: number; params?: Filters }

function supportFigure({ support: groups, today }: Overview) {
  const known = groups.filter(({ at }) => at.ldos !== '-infinity' && at.ldos !== '')
  const count = (span: Span | null | undefined) =>
    span ? known.reduce((sum, { at, numbers }) => sum + (isWithin(at.ldos, span) ? numbers.total : 0), 0) : 0
  const rows = supportYears(
    known.map(({ at }) => at.ldos),
    today,
  ).map(({ label, span }) => ({
    label,
    parts: drawnBands.map((name): SupportPart => {
      const band = spanOfBand(support, name, today)
      const common = band && overlap(span, band)
      return { n: count(common), ...(common && { params: { ldos: [rangeParam(common)] } }) }
    }),
  }))
  const all = groups.reduce((sum, { numbers }) => sum + numbers.total, 0)
  return { rows, bands: drawnBands.map((name) => support.bands[name].label), unknown: all - count({}) }
}

function expirationFigure(read: Overview, { expiration, expirationPeriod }: OverviewState) {
  const within = ({ months }: LinePart, span: Span) =>
    months.reduce((sum, { at, numbers }) => sum + (isWithin(at.endMonth, span) ? numbers.total : 0), 0)
  const rows = expirationPeriods(expirationPeriod, read.today).map(({ label, span }) => ({
    label,
    params: { ...filterParams(expiration), end: [rangeParam(span)] },
    contracts: within(read.contracts, span),
    subscriptions: within(read.subscriptions, span),
  }))
  return { rows, choices: choicesOf([...read.contracts.places, ...read.subscriptions.places]) }
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
