import type { SQL } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Viewer } from '@/lib/access/viewer'
import type { Counts } from './counts'
import type { RowAction } from './row-actions'

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** How a value reads: for a closed set its words, else what the viewer's account calls it. */
export type Words = Readonly<Record<string, string>> | ((value: string, viewer: Viewer) => string)

/** A column: what it is called, where it stands, how it reads, and whether one can sort and filter by it. */
export type Column = {
  label: string
  kind: 'text' | 'code' | 'number' | 'date' | 'instant' | 'status'
  column: AnyPgColumn
  /** What a cell of a page reads where that is not the column itself; `facets`, where counted, tell what it cannot be. */
  shown?: (viewer: Viewer, facets?: Counts['facets']) => SQL
  /** What is shown has an order that the column does not have. */
  unsorted?: true
  /** Not among the columns that a person sees first. */
  hidden?: true
  /** facet: any of several values, with counts; range: `from..to`, dates; exact: any of several as typed; link: set by links alone. */
  filter?: 'facet' | 'range' | 'exact' | 'link'
  /** What a filter's values find where that is not their column, and what these look like. */
  matches?: { form: RegExp; where: (viewer: Viewer, values: readonly string[]) => SQL }
  /** Its value for a viewer, where what the column holds is more than they may know: counted and filtered by. */
  keyed?: (viewer: Viewer, place: SQL | AnyPgColumn) => SQL
  /** The closed set of a facet; other values are refused. */
  values?: readonly string[]
  words?: Words
  /** Every value that has words for the viewer, where one can list them: an export looks them up in the database. */
  known?: (viewer: Viewer) => readonly string[]
  /** Orders rows with the same value, before the id does: the name by which a rollup counts them, and the column. */
  tie?: { name: string; column: AnyPgColumn }
  tones?: Readonly<Record<string, Tone>>
}

/** Named parts of the time line of a date column, in days from today: `from` and `to` inclusive; `none` = no date known. */
export type Bands = {
  label: string
  of: string
  bands: Readonly<Record<string, { label: string; from?: number; to?: number; none?: true; tone?: Tone }>>
}

/**
 * A rollup of the resource (db/schema/rollups.ts), by the filters whose columns it holds; `n` counts rows, and `sums`
 * are the metrics that it holds ready-made.
 */
export type Rollup = {
  table: PgTable
  n: AnyPgColumn
  dims: Readonly<Record<string, AnyPgColumn>>
  sums?: Readonly<Record<string, AnyPgColumn>>
}

/** The first rollup that has all these columns. */
export const rollupOf = ({ rollups }: Resource, names: readonly string[]): Rollup | undefined =>
  rollups.find(({ dims }) => names.every((name) => dims[name]))

/**
 * What a free text finds: as rows of ids (few), as a predicate (many); `rollup` says how many at least, without reading
 * them. Where it finds whole groups of rows, those with a value of the tie column, `groups` gives the values, and
 * `single` the ids of the rest, at most FOUND_CAP + 1: then a page of a long list is found without reading what lies
 * before it. `names` are queries that the others go by, as `name as materialized (…)`, so that each is run once.
 * `isCut` is true where `ids` are not all: then `where` decides.
 */
export type Search = { ids: SQL; where: SQL; rollup: SQL; groups?: SQL; single?: SQL; names?: SQL; isCut?: SQL }

/**
 * Where a page begins: rows with sort values `from` to `to`, and where that is one value, with ties from the first to
 * the last of `ties`, all in list order; `offset` rows into them.
 */
export type Bucket = { from: string; to: string; ties: readonly [number, number] | null; offset: number }

/** Filters as parameters of the resource's URL. */
export type Filters = Readonly<Record<string, readonly string[]>>

/**
 * A number with a name: rows of the resource under these parameters, or what they have of `sum`. Tile, list, export and
 * report all count it so.
 */
export type Metric = {
  label: string
  params: Filters | ((viewer: Viewer) => Filters)
  explain: string
  sum?: AnyPgColumn
}

/** One table of the product, declared once: page, URL, filters, columns, export and search follow from it. */
export type Resource = {
  name: string
  /** As in "6,000 devices". */
  noun: { one: string; many: string }
  table: PgTable
  id: AnyPgColumn
  tenant: AnyPgColumn
  /** Null for what is in none by its nature. */
  virtualAccount: AnyPgColumn | null
  /** What stands in the address of a row; its id where nothing is said. */
  address?: AnyPgColumn
  /** Rows share addresses: the parameter that says by its id which row it is. */
  rowParam?: string
  /** The `view` in the list's own address, where a tab has more than one list. */
  view?: string
  columns: Readonly<Record<string, Column>>
  bands: Readonly<Record<string, Bands>>
  /** Filters shown beside the search, before the panel is opened. */
  promoted: readonly string[]
  defaultSort: string
  /** The filters, each of one value, under which an index of its own holds the rows in order of a column. */
  heldUnder?: readonly { under: readonly string[]; by: string }[]
  /** From the smallest to the largest; the first that has the columns asked for is counted from. None: rows are. */
  rollups: readonly Rollup[]
  search(viewer: Viewer, text: string): Search
  searchHint: string
  metrics: Readonly<Record<string, Metric>>
  /** What is done with its rows, by name. */
  actions?: Readonly<Record<string, RowAction>>
}

/** The filters that have choices with numbers: facets and bands. */
export const facetNames = ({ columns, bands }: Resource): string[] => [
  ...Object.entries(columns).flatMap(([name, { filter }]) => (filter === 'facet' ? [name] : [])),
  ...Object.keys(bands),
]

export const PAGE_SIZES = [25, 50, 100, 250] as const
/** Free text and ranges are counted to here; above it is "10,000+". */
export const COUNT_CAP = 10_000
/** Rows that a text finds by themselves are looked up to here: counting ends sooner, but where they stand is asked of all. */
export const FOUND_CAP = 20_000
