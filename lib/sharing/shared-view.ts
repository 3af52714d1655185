import { exportChoices } from '@/lib/exporting/choices'
import { readDate, readNumber } from '@/lib/table/cells'
import type { FilterView } from '@/lib/table/facets'
import { cleared, isFiltered, toggled, toSearch, without } from '@/lib/table/href'
import type { TableQuery } from '@/lib/table/parse'
import { PAGE_SIZES, type Tone } from '@/lib/table/resource'
import { type Choice, columnView, type TableView, withoutValue, withPanel } from '@/lib/table/view'
import { readRange } from '@/lib/table/words'
import {
  MENUS,
  type MenuName,
  menuLabel,
  menuValues,
  RANGES,
  readMenuValue,
  type SharedColumn,
  type SharedName,
  sharedColumns,
  sharedTable,
} from './shared-table'

const columnsByName: Readonly<Record<SharedName, SharedColumn>> = sharedColumns

/** A row as it is read: calendar dates, and how much is open. */
export type SharedRow = {
  id: number
  number: string
  customer: string | null
  status: string
  ordered: string
  isShared: boolean
  isContact: boolean
  isWhole: boolean
  lines: number
  assets: number
  sender: string | null
  sent: string | null
  until: string | null
}

/** `facets`: by menu and value, how many orders there are under the other filters. */
export type SharedFound = {
  total: number
  whole: number
  facets: Readonly<Record<string, Readonly<Record<string, number>>>>
  rows: readonly SharedRow[]
}

const several = (n: number, one: string) => `${readNumber(n)} ${n === 1 ? one : `${one}s`}`

function opensOf({ isWhole, lines, assets }: SharedRow): string {
  if (isWhole) return 'Whole order'
  return [lines > 0 ? several(lines, 'line') : '', assets > 0 ? several(assets, 'asset') : '']
    .filter(Boolean)
    .join(', ')
}

/** A row as the list shows it. */
export const cellsOf = (row: SharedRow): Record<SharedName, string> => ({
  number: row.number,
  customer: row.customer ?? '',
  status: readMenuValue('status', row.status),
  ordered: readDate(row.ordered),
  way: [row.isShared ? sharedColumns.way.words.share : '', row.isContact ? sharedColumns.way.words.contact : '']
    .filter(Boolean)
    .join(', '),
  opens: opensOf(row),
  sender: row.sender ?? '',
  sent: row.sent ? readDate(row.sent) : '',
  until: row.until ? readDate(row.until) : 'No end',
})

/** The User View as it is drawn, at the address `path`. */
export function sharedView(query: TableQuery, { total, whole, facets, rows }: SharedFound, path: string): TableView {
  const href = (state: TableQuery) => `${path}${toSearch(sharedTable, state)}`
  const search = toSearch(sharedTable, query)
  const first = (query.page - 1) * query.size
  const names = Object.keys(sharedColumns) as SharedName[]
  return {
    path,
    search,
    noun: { one: 'order', many: 'orders' },
    searchHint: 'Order number, product or serial number',
    shown: total === whole ? several(total, 'order') : `${readNumber(total)} of ${several(whole, 'order')}`,
    state: total === 0 ? (isFiltered(query) ? 'no-match' : 'nothing') : first >= total ? 'beyond' : 'rows',
    total,
    isCapped: false,
    columns: names.map((name) => columnView(name, columnsByName[name], query, href)),
    ids: rows.map(({ id }) => id),
    addresses: rows.map(({ number }) => encodeURIComponent(number)),
    cells: rows.map((row) => names.map((name) => cellsOf(row)[name])),
    density: 'default',
    chips: chipsOf(query, href),
    clearHref: href(cleared(query)),
    menus: MENUS.map((name) => ({
      name,
      label: menuLabel(name),
      choices: choicesOf(name, query, facets[name] ?? {}, href),
      clearHref: href(without(query, name)),
    })),
    further: Object.keys(query.ranges).length,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / query.size)),
    pageHref: href({ ...query, page: 2 }).slice(0, -1),
    range: rows.length > 0 ? `${readNumber(first + 1)}–${readNumber(first + rows.length)}` : '',
    size: query.size,
    sizes: PAGE_SIZES.map((size) => ({ size, href: href({ ...query, size, page: 1 }) })),
    kept: [...new URLSearchParams(toSearch(sharedTable, { ...query, page: 1 }))].map(([name, value]) => ({
      name,
      value,
    })),
    filtersHref: withPanel(href(query), 'filters'),
    exports: exportChoices({ path, search, total, isCapped: false, hasChoice: false }),
  }
}

type Href = (state: TableQuery) => string

function choicesOf(name: MenuName, query: TableQuery, counted: Readonly<Record<string, number>>, href: Href): Choice[] {
  const tones: Readonly<Record<string, Tone>> = name === 'status' ? sharedColumns.status.tones : {}
  return menuValues(name).map((value) => {
    const tone = tones[value]
    return {
      value,
      text: readMenuValue(name, value),
      isOn: query.filters[name]?.includes(value) ?? false,
      href: href(toggled(query, name, value)),
      count: readNumber(counted[value] ?? 0),
      ...(tone && { tone }),
    }
  })
}

function chipsOf(query: TableQuery, href: Href): TableView['chips'] {
  const chip = (name: string, label: string, values: { value: string; text: string }[]) => ({
    label,
    values: values.map(({ value, text }) => ({ text, href: href(withoutValue(query, name, value)) })),
  })
  return [
    ...(query.q ? [chip('q', 'Search', [{ value: query.q, text: `“${query.q}”` }])] : []),
    ...MENUS.flatMap((name) => {
      const values = query.filters[name] ?? []
      const read = values.map((value) => ({ value, text: readMenuValue(name, value) }))
      return read.length > 0 ? [chip(name, menuLabel(name), read)] : []
    }),
    ...RANGES.flatMap((name) => {
      const range = query.ranges[name]
      return range ? [chip(name, sharedColumns[name].label, [{ value: '', text: readRange(range) }])] : []
    }),
  ]
}

/** All filters, for their panel. */
export function sharedFilters(query: TableQuery, view: TableView): FilterView[] {
  const menus = view.menus.map(({ name, label, choices }) => ({
    kind: 'facet' as const,
    name,
    label,
    options: choices,
  }))
  const ranges = RANGES.map((name) => ({
    kind: 'range' as const,
    name,
    label: sharedColumns[name].label,
    from: query.ranges[name]?.from ?? '',
    to: query.ranges[name]?.to ?? '',
  }))
  return [...menus, ...ranges]
}
