import type { Viewer } from '@/lib/access/viewer'
import { readDate, readNumber, readValue } from './cells'
import type { Counts } from './counts'
import type { DateRange, TableQuery } from './parse'
import { COUNT_CAP, type Resource } from './resource'

const nounOf = ({ noun }: Pick<Resource, 'noun'>, n: number) => (n === 1 ? noun.one : noun.many)

/** `1,234 of 6,000 devices`, `6,000 devices`, `10,000+ of 1,000,000 devices`. */
export function readTotal(resource: Pick<Resource, 'noun'>, { total, all, isCapped }: Counts): string {
  const found = isCapped ? `${readNumber(COUNT_CAP)}+` : readNumber(total)
  if (!isCapped && total === all) return `${found} ${nounOf(resource, total)}`
  return `${found} of ${readNumber(all)} ${nounOf(resource, all)}`
}

/** `1 Jan 2026 – 31 Dec 2026`, `from 1 Jan 2026`, `until 31 Dec 2026`. */
export function readRange({ from, to }: DateRange): string {
  if (from && to) return from === to ? readDate(from) : `${readDate(from)} – ${readDate(to)}`
  return from ? `from ${readDate(from)}` : `until ${readDate(to ?? '')}`
}

/** How a value of a facet, of bands or of an exact filter reads. */
export function readFilterValue(resource: Resource, name: string, value: string, viewer: Viewer): string {
  const bands = resource.bands[name]
  const column = resource.columns[name]
  return bands?.bands[value]?.label ?? (column ? readValue(column, value, viewer) : value)
}

export const labelOf = ({ bands, columns }: Resource, name: string) =>
  bands[name]?.label ?? columns[name]?.label ?? name

export type Chips = { name: string; label: string; values: { value: string; text: string }[] }

/** The filters that hold, by category. A range is one value, ''. */
export function chipsOf(resource: Resource, { q, filters, ranges }: TableQuery, viewer: Viewer): Chips[] {
  const search = q ? [{ name: 'q', label: 'Search', values: [{ value: q, text: `“${q}”` }] }] : []
  const several = Object.entries(filters).map(([name, values]) => ({
    name,
    label: labelOf(resource, name),
    values: values.map((value) => ({ value, text: readFilterValue(resource, name, value, viewer) })),
  }))
  const spans = Object.entries(ranges).map(([name, range]) => ({
    name,
    label: labelOf(resource, name),
    values: [{ value: '', text: readRange(range) }],
  }))
  return [...search, ...several, ...spans]
}
