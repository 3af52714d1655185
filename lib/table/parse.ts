import { z } from 'zod'
import { type Layout, quoted, viewIn } from './layout'
import { type Column, PAGE_SIZES, type Resource } from './resource'

/** What a table has to say of itself for its addresses to be read. */
export type Addressed = Pick<Resource, 'bands' | 'defaultSort'> & { columns: Readonly<Record<string, AddressedColumn>> }
type AddressedColumn = Pick<Column, 'label' | 'filter' | 'values' | 'matches' | 'unsorted'>

export type Params = Readonly<Record<string, string | readonly string[] | undefined>>
export type DateRange = { from?: string; to?: string }

/** A table's state, as its URL says it. `filters` holds facet, band and exact values. */
export type TableQuery = {
  q: string
  sort: string
  descending: boolean
  page: number
  size: number
  filters: Readonly<Record<string, readonly string[]>>
  ranges: Readonly<Record<string, DateRange>>
  /** The saved view that the list was opened by. */
  saved?: string
  /** Columns and density where the address says them; otherwise the saved view does, or the person's own layout. */
  layout?: Layout
}

const SEARCH_LENGTH = 100
const VALUES_AT_MOST = 500
const date = z.iso.date()
const pageNumber = z.string().regex(/^[1-9]\d{0,6}$/)

/** A parameter's values: none, one or many. */
export const valuesOf = (params: Params, key: string): string[] => [
  ...new Set([params[key] ?? []].flat().filter((value) => value !== '')),
]

/**
 * Reads a URL's parameters. Unknown parameters are ignored; a bad value of a known one is a problem, one plain
 * sentence each, and then the query must not be used: a filter that was dropped would show more than was asked for.
 */
export function parseTable(resource: Addressed, params: Params): { query: TableQuery; problems: string[] } {
  const problems: string[] = []
  const filters: Record<string, string[]> = {}
  const ranges: Record<string, DateRange> = {}
  for (const [name, column] of Object.entries(resource.columns)) {
    const values = valuesOf(params, name)
    if (!column.filter || values.length === 0) continue
    problems.push(...problemsOf(name, column, values))
    if (column.filter === 'range') ranges[name] = rangeOf(values) ?? {}
    else filters[name] = values
  }
  for (const [name, { label, bands }] of Object.entries(resource.bands)) {
    const values = valuesOf(params, name)
    problems.push(...values.filter((value) => !Object.hasOwn(bands, value)).map((value) => notAValue(label, value)))
    if (values.length > 0) filters[name] = values
  }
  const q = (valuesOf(params, 'q')[0] ?? '').normalize('NFKC').replaceAll('\0', '').trim().slice(0, SEARCH_LENGTH)
  const [[saved], [layout]] = [valuesOf(params, 'saved'), valuesOf(params, 'layout')]
  const place = { ...placeOf(resource, params, problems), ...viewIn(resource, { saved, layout }, problems) }
  return { query: { q, ...place, filters, ranges }, problems }
}

/** Order and page. */
function placeOf(resource: Addressed, params: Params, problems: string[]) {
  const [sort = resource.defaultSort] = valuesOf(params, 'sort')
  const [page = '1'] = valuesOf(params, 'page')
  const [size = '50'] = valuesOf(params, 'size')
  const column = sort.replace(/^-/, '')
  if (!Object.hasOwn(resource.columns, column) || resource.columns[column]?.unsorted)
    problems.push(`sort: ${quoted(sort)} is not a column of this table.`)
  if (!pageNumber.safeParse(page).success) problems.push(`page: ${quoted(page)} is not a page number.`)
  if (!PAGE_SIZES.some((known) => String(known) === size))
    problems.push(`size: ${quoted(size)} is not one of ${PAGE_SIZES.join(', ')}.`)
  return { sort: column, descending: sort.startsWith('-'), page: Number(page), size: Number(size) }
}

const notAValue = (label: string, value: string) => `${label}: ${quoted(value)} is not one of its values.`

function problemsOf(
  name: string,
  { label, filter, values: known, matches }: AddressedColumn,
  values: string[],
): string[] {
  if (values.length > VALUES_AT_MOST) return [`${label}: more than ${VALUES_AT_MOST} values at once.`]
  if (filter === 'range')
    return rangeOf(values)
      ? []
      : [`${label}: ${quoted(values[0] ?? '')} is not a range such as 2026-01-01..2026-12-31.`]
  const isValue = (value: string) => {
    if (known) return known.includes(value)
    if (matches) return matches.form.test(value)
    return name === 'va' ? /^(none|[1-9]\d{0,14})$/.test(value) : value.length <= 200 && !value.includes('\0')
  }
  return values.filter((value) => !isValue(value)).map((value) => notAValue(label, value))
}

/** `from..to`, either end open; dates that exist, in order. */
function rangeOf(values: string[]): DateRange | undefined {
  const match = /^([\d-]*)\.\.([\d-]*)$/.exec(values[0] ?? '')
  const [from = '', to = ''] = match?.slice(1) ?? []
  const isDate = (value: string) => value === '' || date.safeParse(value).success
  if (values.length > 1 || !(from || to) || !isDate(from) || !isDate(to) || (from && to && from > to)) return undefined
  return { ...(from && { from }), ...(to && { to }) }
}
