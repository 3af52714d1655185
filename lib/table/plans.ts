import 'server-only'
import { type Planning, plan, type Reader } from '@/db/client'
import { isSet } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { filteredColumns } from './filters'
import { placingRollup } from './histogram'
import type { TableQuery } from './parse'
import { type Resource, rollupOf } from './resource'

/** Above this many rows a page is read from where it begins in the order of the sort column, if a rollup says where. */
export const FEW_ROWS = 20_000

/** By one plan for all values, or by one that is made for these. */
type Planned = 'any values' | 'these values'
const planMode = (values: Planned): Planning => ({
  plan_cache_mode: values === 'any values' ? 'force_generic_plan' : 'force_custom_plan',
})

/**
 * Until the end of the transaction, rows are read in the order of an index wherever one gives it, and sorted only where
 * none does: which of the two a page needs is decided here, whatever the planner expects, so that planning it anew (2 ms
 * with the indexes of devices) gains nothing but where many rows are looked at, of several Virtual Accounts or under several
 * filters: one plan for all values would read all of theirs, and go through the list of Virtual Accounts for each row, or take
 * the index of whichever filter. It travels with what comes next.
 */
const alongIndexesBy = (values: Planned): Planning => ({ enable_sort: 'off', ...planMode(values) })
export const alongIndexes = (reader: Reader, values: Planned = 'any values') => plan(reader, alongIndexesBy(values))

/**
 * Until alongIndexes or the end of the transaction: what a key finds is found by one plan for all values, whatever they are;
 * rows are counted by a plan made for these values, as one for all would take every account to be of the same size, and read
 * the whole of a large one.
 */
export const plannedFor = (reader: Reader, values: Planned) => plan(reader, planMode(values))

/**
 * Until the end of the transaction, for what a text finds: by one plan for all texts, as to plan every kind anew takes
 * longer than to find it in. Rows called by their id are read by the index of ids: for one plan an index that holds all
 * that is asked of them looks as good, though it is led by another column.
 */
export const plannedForTexts = (reader: Reader) =>
  plan(reader, { enable_indexonlyscan: 'off', ...planMode('any values') })

/**
 * Whether many rows lie between a page of a list of `total` rows and its nearer end; of several Virtual Accounts also on the
 * first page when it is in the order of names, which go by the place of a thing.
 */
export function isFar({ columns }: Resource, { page, size, sort }: TableQuery, total: number): boolean {
  const before = Math.min((page - 1) * size, Math.max(total - page * size, 0))
  return before > FEW_ROWS || columns[sort]?.kind === 'text'
}

/** Whether it is filtered by these and nothing else, each by one value. */
const isUnder = (names: readonly string[], { q, filters, ranges }: TableQuery) =>
  !q &&
  Object.keys(ranges).length === 0 &&
  Object.keys(filters).length === names.length &&
  names.every((name) => filters[name]?.length === 1)

/** Whether an index holds the rows of these filters in the order of the list. */
export const isHeld = ({ heldUnder = [] }: Resource, query: TableQuery): boolean =>
  heldUnder.some(({ by, under }) => by === query.sort && isUnder(under, query))

/** Whether an index leads to the rows of these filters and to no others, in whatever order. */
export const isLed = ({ heldUnder = [] }: Resource, query: TableQuery): boolean =>
  heldUnder.some(({ under }) => isUnder(under, query))

/** Whether the rows of a list are counted ready-made. */
export const isRolledUp = (resource: Resource, query: TableQuery): boolean =>
  !query.q && rollupOf(resource, filteredColumns(resource, query)) !== undefined

/** Whether nothing is filtered by but what everybody's list is. */
export const isWhole = (resource: Resource, query: TableQuery) =>
  !query.q && filteredColumns(resource, query).length === 0

/** Whether a list is of several Virtual Accounts, each of its rows in one of them. */
export const isScattered = ({ virtualAccount }: Resource, { scope }: Viewer, { filters }: TableQuery) =>
  scope.kind !== 'account' && !filters['va'] && !isSet(virtualAccount)

/** In how many pairs of a Virtual Account and values of the filters an index of facets is asked. */
export function looksOf(resource: Resource, viewer: Viewer, query: TableQuery): number {
  if (viewer.scope.kind === 'account' || !isScattered(resource, viewer, query)) return 0
  return Object.values(query.filters).reduce((looks, { length }) => looks * length, viewer.scope.ids.length)
}

/**
 * Whether a page stands at the beginning of an index, or a rollup says where in it, whatever there is to be counted: then
 * nobody need count first.
 */
export const isAtBeginning = (resource: Resource, viewer: Viewer, query: TableQuery): boolean =>
  query.page === 1 &&
  isRolledUp(resource, query) &&
  (isScattered(resource, viewer, query)
    ? isWhole(resource, query) && placingRollup(resource, query) !== undefined
    : isWhole(resource, query) || (isHeld(resource, query) && !isFar(resource, query, 0)))

/** How what is counted for a page is planned; a search says so itself. */
export function planningOfCounts(resource: Resource, query: TableQuery): Planning {
  if (query.q) return {}
  // The key of a rollup finds its cells whatever the values are: the plan of the rows that follow, or travel along, does.
  if (isRolledUp(resource, query)) return alongIndexesBy('any values')
  // Rows of a range are met along its index; the planner would rather find all of them first.
  return Object.keys(query.ranges).length > 0 ? alongIndexesBy('these values') : planMode('these values')
}

/** The same for who has not begun so. */
export const plannedForCounts = (reader: Reader, resource: Resource, query: TableQuery) =>
  plan(reader, planningOfCounts(resource, query))
