import type { SQL } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Viewer } from '@/lib/access/viewer'

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** How a value reads: for a closed set its words, else what the viewer's account calls it. */
export type Words = Readonly<Record<string, string>> | ((value: string, viewer: Viewer) => string)

/** A column: what it is called, where it stands, how it reads, and whether one can filter by it. All can be sorted by. */
export type Column = {
  label: string
  kind: 'text' | 'code' | 'number' | 'date' | 'instant' | 'status'
  column: AnyPgColumn
  /** Not among the columns that a person sees first. */
  hidden?: true
  /** facet: any of several values, with counts; range: `from..to`, dates; exact: any of several values as typed. */
  filter?: 'facet' | 'range' | 'exact'
  /** The closed set of a facet; other values are refused. */
  values?: readonly string[]
  words?: Words
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
 * `single` the ids of the rest: then a page of a long list is found without reading what lies before it.
 */
export type Search = { ids: SQL; where: SQL; rollup: SQL; groups?: SQL; single?: SQL }

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
  virtualAccount: AnyPgColumn
  columns: Readonly<Record<string, Column>>
  bands: Readonly<Record<string, Bands>>
  /** Filters shown beside the search, before the panel is opened. */
  promoted: readonly string[]
  defaultSort: string
  /** From the smallest to the largest; the first that has the columns asked for is counted from. */
  rollups: readonly Rollup[]
  search(viewer: Viewer, text: string): Search
  searchHint: string
  metrics: Readonly<Record<string, Metric>>
}

export const PAGE_SIZES = [25, 50, 100, 250] as const
/** Free text and ranges are counted to here; above it is "10,000+". */
export const COUNT_CAP = 10_000
