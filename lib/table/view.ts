import { can, type Viewer } from '@/lib/access/viewer'
import { type ExportChoices, exportChoices } from '@/lib/exporting/choices'
import type { ListViews } from '@/lib/views/list-views'
import { readNumber, toCells } from './cells'
import type { Counts } from './counts'
import { optionsOf } from './facets'
import { cleared, isFiltered, rowAddress, sortedBy, toggled, toSearch, without } from './href'
import type { Density, Layout } from './layout'
import type { TableQuery } from './parse'
import { COUNT_CAP, type Column, PAGE_SIZES, type Resource, type Tone } from './resource'
import { chipsOf, labelOf, readTotal } from './words'

/** The name by which a row's address is read beside its columns. */
export const ADDRESS = '#address'

export type Choice = { value: string; text: string; href: string; isOn: boolean; count?: string; tone?: Tone }

export type ColumnView = {
  name: string
  label: string
  kind: Resource['columns'][string]['kind']
  /** Sorted by it; absent where one cannot. */
  href?: string
  sorted?: 'ascending' | 'descending'
  /** By the word that stands in a cell. */
  tones?: Readonly<Record<string, Tone>>
}

/** A table as it is drawn: plain data, and an address for everything that one can do with it. */
export type TableView = {
  path: string
  /** The state of the list, carried to a row and back. */
  search: string
  noun: { one: string; many: string }
  searchHint: string
  shown: string
  state: 'rows' | 'nothing' | 'no-match' | 'beyond'
  total: number
  isCapped: boolean
  columns: ColumnView[]
  ids: number[]
  /** By row, the last part of its address. */
  addresses: string[]
  cells: string[][]
  density: Density
  chips: { label: string; values: { text: string; href: string }[] }[]
  clearHref: string
  menus: { name: string; label: string; choices: Choice[]; clearHref: string }[]
  /** How many filters hold that have no menu of their own. */
  further: number
  page: number
  pages: number
  /** The address of a page, but for the number at its end. */
  pageHref: string
  range: string
  size: number
  sizes: { size: number; href: string }[]
  /** What a form of the table sends along, so that it changes nothing else. */
  kept: { name: string; value: string }[]
  filtersHref: string
  /** Absent where columns cannot be chosen. */
  columnsHref?: string
  exports: ExportChoices
  /** Absent where nothing of a list can be kept. */
  views?: ListViews
}

export type Loaded = {
  counts: Counts
  layout: Layout
  rows: Record<string, unknown>[]
  saved: ListViews
}

/** The view of what was loaded for `query`, at the address `path`. */
export function viewOf(resource: Resource, viewer: Viewer, query: TableQuery, path: string, loaded: Loaded): TableView {
  const { counts, layout, rows, saved } = loaded
  const href = (state: TableQuery) => `${path}${toSearch(resource, state)}`
  const search = toSearch(resource, query)
  const first = (query.page - 1) * query.size
  const countable = counts.isCapped ? COUNT_CAP : counts.total
  return {
    path,
    search,
    noun: resource.noun,
    searchHint: resource.searchHint,
    shown: readTotal(resource, counts),
    state: stateOf(counts, query, first),
    total: counts.total,
    isCapped: counts.isCapped,
    columns: columnsOf(resource, layout, query, href),
    ids: rows.map(({ id }) => Number(id)),
    addresses: rows.map((row) => rowAddress(resource, row[ADDRESS], row['id'])),
    cells: toCells(resource, viewer, layout.columns, rows),
    density: layout.density,
    chips: chipsOf(resource, query, viewer).map(({ name, label, values }) => ({
      label,
      values: values.map(({ value, text }) => ({ text, href: href(withoutValue(query, name, value)) })),
    })),
    clearHref: href(cleared(query)),
    menus: resource.promoted.map((name) => ({
      name,
      label: labelOf(resource, name),
      choices: optionsOf(resource, viewer, query, counts, name).map(({ isOn, value, ...option }) => ({
        ...option,
        value,
        isOn,
        href: href(toggled(query, name, value)),
      })),
      clearHref: href(without(query, name)),
    })),
    further: [...Object.keys(query.filters), ...Object.keys(query.ranges)].filter(
      (name) => !resource.promoted.includes(name),
    ).length,
    page: query.page,
    pages: Math.max(1, Math.ceil(countable / query.size)),
    pageHref: href({ ...query, page: 2 }).slice(0, -1),
    range: rows.length > 0 ? `${readNumber(first + 1)}–${readNumber(first + rows.length)}` : '',
    size: query.size,
    sizes: PAGE_SIZES.map((size) => ({ size, href: href({ ...query, size, page: 1 }) })),
    kept: [...new URLSearchParams(toSearch(resource, { ...query, page: 1 }))].map(([name, value]) => ({ name, value })),
    filtersHref: withPanel(href(query), 'filters'),
    columnsHref: withPanel(href(query), 'columns'),
    exports: exportChoices({ path, search, ...counts, hasChoice: true }),
    ...(can(viewer, 'export') && { views: saved }),
  }
}

export const withPanel = (href: string, panel: string) => `${href}${href.includes('?') ? '&' : '?'}panel=${panel}`

export function withoutValue(query: TableQuery, name: string, value: string): TableQuery {
  if (name === 'q') return { ...query, q: '', page: 1 }
  return query.filters[name] ? toggled(query, name, value) : without(query, name)
}

function stateOf({ total, isCapped }: Counts, query: TableQuery, first: number): TableView['state'] {
  if (total === 0) return isFiltered(query) ? 'no-match' : 'nothing'
  return first >= total && !isCapped ? 'beyond' : 'rows'
}

const columnsOf = (
  { columns }: Resource,
  layout: Layout,
  query: TableQuery,
  href: (state: TableQuery) => string,
): ColumnView[] =>
  layout.columns.flatMap((name) => {
    const column = columns[name]
    return column ? [columnView(name, column, query, href)] : []
  })

/** The head of a column, as a list in this state has it. */
export function columnView(
  name: string,
  { label, kind, words, tones, unsorted }: Pick<Column, 'label' | 'kind' | 'words' | 'tones' | 'unsorted'>,
  query: TableQuery,
  href: (state: TableQuery) => string,
): ColumnView {
  const read = (value: string) => (typeof words === 'object' ? words[value] : undefined) ?? value
  return {
    name,
    label,
    kind,
    ...(!unsorted && { href: href(sortedBy(query, name)) }),
    ...(query.sort === name && { sorted: query.descending ? ('descending' as const) : ('ascending' as const) }),
    ...(tones && { tones: Object.fromEntries(Object.entries(tones).map(([value, tone]) => [read(value), tone])) }),
  }
}
