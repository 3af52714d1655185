import { daysAfter } from '@/lib/calendar'
import type { Bands, Filters } from '@/lib/table/resource'
import type { FigureFilter } from './schema'

/** Calendar dates, both ends inclusive; a missing end is open. */
export type Span = { from?: string; to?: string }
export type Period = { label: string; span: Span }

const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
const monthName = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' })

export const isWithin = (date: string, { from, to }: Span) => (!from || date >= from) && (!to || date <= to)

/** The days that two spans share; null when there are none. */
export function overlap(a: Span, b: Span): Span | null {
  const from = [a.from, b.from]
    .filter((date) => date !== undefined)
    .sort()
    .at(-1)
  const to = [a.to, b.to].filter((date) => date !== undefined).sort()[0]
  if (from && to && from > to) return null
  return { ...(from && { from }), ...(to && { to }) }
}

/** A span as a range parameter of a list. */
export const rangeParam = ({ from = '', to = '' }: Span) => `${from}..${to}`

/** A band of a date's time line as calendar dates; undefined for the band of unknown dates. */
export function spanOfBand({ bands }: Bands, name: string, today: string): Span | undefined {
  const band = bands[name]
  if (!band || band.none) return undefined
  return {
    ...(band.from !== undefined && { from: daysAfter(today, band.from) }),
    ...(band.to !== undefined && { to: daysAfter(today, band.to) }),
  }
}

/** From the period before to five quarters or seven months ahead, with what lies before and after: every date is in one. */
export function expirationPeriods(period: 'quarter' | 'month', today: string): Period[] {
  const length = period === 'quarter' ? 3 : 1
  const [year = 0, month = 1] = today.split('-').map(Number)
  const current = month - 1 - ((month - 1) % length)
  const ahead = period === 'quarter' ? 5 : 7
  const periods = Array.from({ length: 2 + ahead }, (_, index) => {
    const start = current + (index - 1) * length
    const span = { from: iso(year, start, 1), to: iso(year, start + length, 0) }
    return { label: labelOf(period, span.from), span }
  })
  return withOpenEnds(periods)
}

function labelOf(period: 'quarter' | 'month', from: string): string {
  const name = period === 'month' ? monthName.format(new Date(from)) : `Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`
  return `${name} ’${from.slice(2, 4)}`
}

/** The years in which any of these dates lie, at most five back and seven ahead, with what lies before and after. */
export function supportYears(dates: readonly string[], today: string): Period[] {
  const current = Number(today.slice(0, 4))
  const years = dates.map((date) => Number(date.slice(0, 4)))
  const first = Math.max(Math.min(current, ...years), current - 5)
  const last = Math.min(Math.max(current, ...years), current + 7)
  const periods = Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index
    return { label: String(year), span: { from: `${year}-01-01`, to: `${year}-12-31` } }
  })
  return withOpenEnds(periods).filter(
    ({ span }) => (span.from && span.to) || dates.some((date) => isWithin(date, span)),
  )
}

function withOpenEnds(periods: Period[]): Period[] {
  const [first, last] = [periods[0]?.span.from, periods.at(-1)?.span.to]
  if (!first || !last) return periods
  return [
    { label: 'Prior', span: { to: daysAfter(first, -1) } },
    ...periods,
    { label: 'Later', span: { from: daysAfter(last, 1) } },
  ]
}

/** A figure's filter as parameters of the list behind it. */
export const filterParams = ({ architecture, country }: FigureFilter): Filters => ({
  ...(architecture && { architecture: [architecture] }),
  ...(country && { country: [country] }),
})

/** A part of a whole, 0 to 1; undefined where there is no whole. */
export const shareOf = (part: number, whole: number) => (whole === 0 ? undefined : part / whole)

/** Adds up the numbers of groups by name. */
export function sumOf<M extends string>(
  names: readonly M[],
  groups: readonly { numbers: Record<M, number> }[],
): Record<M, number> {
  const sums = names.map((name) => [name, groups.reduce((sum, { numbers }) => sum + numbers[name], 0)])
  return Object.fromEntries(sums) as Record<M, number>
}
