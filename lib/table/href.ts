import type { Params, TableQuery } from './parse'
import type { Resource } from './resource'

/** A table's state as the search part of its address: '' or `?…`, nothing in it that would hold anyway. */
export function toSearch({ defaultSort, view }: Pick<Resource, 'defaultSort' | 'view'>, query: TableQuery): string {
  const search = new URLSearchParams()
  if (view) search.set('view', view)
  if (query.q) search.set('q', query.q)
  for (const [name, values] of Object.entries(query.filters)) for (const value of values) search.append(name, value)
  for (const [name, { from = '', to = '' }] of Object.entries(query.ranges)) search.set(name, `${from}..${to}`)
  const sort = `${query.descending ? '-' : ''}${query.sort}`
  if (sort !== defaultSort) search.set('sort', sort)
  if (query.size !== 50) search.set('size', String(query.size))
  if (query.saved) search.set('saved', query.saved)
  if (query.layout) search.set('layout', `${query.layout.density}:${query.layout.columns.join(',')}`)
  if (query.page > 1) search.set('page', String(query.page))
  const text = search.toString()
  return text && `?${text}`
}

/** The last part of a row's address, before the state of the list: `204117`, or `204117?line=12` where rows share it. */
export const rowAddress = ({ rowParam }: Pick<Resource, 'rowParam'>, address: unknown, id: unknown): string =>
  `${encodeURIComponent(String(address ?? id))}${rowParam ? `?${rowParam}=${id}` : ''}`

/** The address of a row in the list at `path` with the state `search`. */
export const rowHref = (path: string, address: string, search: string): string =>
  `${path}/${address}${address.includes('?') ? search.replace('?', '&') : search}`

/** The search part of an address as a page gets its parameters. */
export const paramsOf = (search: URLSearchParams): Params =>
  Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]))

/** By this column; by it backwards when the table is sorted by it already. */
export const sortedBy = (query: TableQuery, column: string): TableQuery => ({
  ...query,
  sort: column,
  descending: query.sort === column && !query.descending,
  page: 1,
})

/** With the value among the filter's, or without it when it is there. */
export function toggled(query: TableQuery, name: string, value: string): TableQuery {
  const values = query.filters[name] ?? []
  return withFilter(
    query,
    name,
    values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
  )
}

/** Without a filter: all its values, or its range. */
export const without = (query: TableQuery, name: string): TableQuery => withFilter(query, name, [])

export const cleared = (query: TableQuery): TableQuery => ({ ...query, q: '', filters: {}, ranges: {}, page: 1 })

export const isFiltered = ({ q, filters, ranges }: TableQuery) =>
  q !== '' || Object.keys(filters).length > 0 || Object.keys(ranges).length > 0

function withFilter(query: TableQuery, name: string, values: readonly string[]): TableQuery {
  const { [name]: _, ...filters } = query.filters
  const { [name]: __, ...ranges } = query.ranges
  return { ...query, ranges, filters: values.length > 0 ? { ...filters, [name]: values } : filters, page: 1 }
}
