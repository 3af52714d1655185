import type { Viewer } from '@/lib/access/viewer'
import { readNumber } from './cells'
import type { Counts } from './counts'
import type { TableQuery } from './parse'
import { facetNames, type Resource, type Tone } from './resource'
import { labelOf, readFilterValue } from './words'

export type FacetOption = {
  value: string
  text: string
  isOn: boolean
  count?: string
  tone?: Tone
  /** How deep a Virtual Account is nested. */
  depth?: number
}
export type FilterView =
  | { kind: 'facet'; name: string; label: string; options: FacetOption[] }
  | { kind: 'range'; name: string; label: string; from: string; to: string }
  | { kind: 'exact'; name: string; label: string; values: readonly string[] }

/** Whether every facet was counted by value. */
export const isCounted = (resource: Resource, { facets }: Counts) => facetNames(resource).every((name) => facets[name])

/**
 * Every filter of a table for its panel, with how many rows each choice has under the other filters. `known` names the
 * values to choose from where nothing was counted by value.
 */
export function filtersOf(
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  counts: Counts,
  known?: Counts['facets'],
): FilterView[] {
  const facet = (name: string): FilterView => ({
    kind: 'facet',
    name,
    label: labelOf(resource, name),
    options: optionsOf(resource, viewer, query, counts, name, known),
  })
  const others = Object.entries(resource.columns).flatMap(([name, { filter, label }]): FilterView[] => {
    if (filter === 'facet') return resource.promoted.includes(name) ? [] : [facet(name)]
    if (filter === 'exact') return [{ kind: 'exact', name, label, values: query.filters[name] ?? [] }]
    const { from = '', to = '' } = query.ranges[name] ?? {}
    return filter === 'range' ? [{ kind: 'range', name, label, from, to }] : []
  })
  const bands = Object.keys(resource.bands).filter((name) => !resource.promoted.includes(name))
  return [...resource.promoted.map(facet), ...bands.map(facet), ...others]
}

/** The choices of one facet: a closed set in its order, Virtual Accounts as a tree, anything else by how often it occurs. */
export function optionsOf(
  resource: Resource,
  viewer: Viewer,
  query: TableQuery,
  counts: Counts,
  name: string,
  known: Counts['facets'] = counts.facets,
): FacetOption[] {
  const counted = counts.facets[name]
  const on = query.filters[name] ?? []
  const bands = resource.bands[name]?.bands
  const column = resource.columns[name]
  const option = (value: string): FacetOption => {
    const tone = bands?.[value]?.tone ?? column?.tones?.[value]
    return {
      value,
      text: readFilterValue(resource, name, value, viewer),
      isOn: on.includes(value),
      ...(counted && { count: readNumber(counted[value] ?? 0) }),
      ...(tone && { tone }),
    }
  }
  if (name === 'va') return tree(viewer).map(({ value, depth }) => ({ ...option(value), depth }))
  const closed = bands ? Object.keys(bands) : column?.values
  if (closed) return closed.map(option)
  const values = [...new Set([...Object.keys(known[name] ?? {}), ...on])].filter((value) => value !== '')
  const often = (value: string) => known[name]?.[value] ?? 0
  return values.map(option).sort((a, b) => often(b.value) - often(a.value) || a.text.localeCompare(b.text, 'en'))
}

/** The Virtual Accounts in scope from the top down; who sees the whole account also sees what is in none. */
function tree({ virtualAccounts, scope }: Viewer): { value: string; depth: number }[] {
  const ids = new Set(virtualAccounts.map(({ id }) => id))
  const under = (parent: number | null, depth: number): { value: string; depth: number }[] =>
    virtualAccounts
      .filter(({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null) === parent)
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name, 'en'))
      .flatMap(({ id }) => [{ value: String(id), depth }, ...under(id, depth + 1)])
  return [...under(null, 0), ...(scope.kind === 'account' ? [{ value: 'none', depth: 0 }] : [])]
}
