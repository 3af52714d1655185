import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { literal } from '@/db/literal'
import type { Viewer } from '@/lib/access/viewer'
import { isOneOf, named, rowsIn } from '@/lib/table/filters'
import { listFor } from '@/lib/table/list'
import type { TableQuery } from '@/lib/table/parse'
import { COUNT_CAP, type Filters, type Resource, type Search } from '@/lib/table/resource'
import { spellings } from './identifiers'
import type { Kind, Terms } from './terms'

/** Which of what is found is wanted: `offset` rows in, at most `size`. */
export type Window = { offset: number; size: number }

/** What every kind tells of a thing, in SQL: the columns of one row of a search's answer. */
export type Told = { address: SQL | AnyPgColumn; title: SQL; detail: SQL; place: SQL; status: SQL }

/** One thing, as SQL tells it; exact where its rank is 0. */
export type ThingRow = {
  kind: Kind
  rank: number | null
  id: number | null
  address: string | null
  title: string | null
  detail: string | null
  place: number | null
  status: string | null
}

/** One row of the answer: how many of its kind there are (to COUNT_CAP + 1), and one of them with its place, or none. */
export type FoundRow = ThingRow & { n: number; nth: number | null }

export const columnsOf = ({ address, title, detail, place, status }: Told) =>
  sql`${address}::text as address, ${title} as title, ${detail} as detail, ${place}::bigint as place, ${status}::text as status`

/** How a list is searched: what names a row exactly, what its `status:` and its end are, and what is told of it. */
export type Searched = {
  kind: Kind
  resource: Resource
  exact: readonly AnyPgColumn[]
  ends?: string
  /** The column that says how a row stands. */
  status: string
  told: Omit<Told, 'status'>
}

/** What is told of a list's rows. */
export const toldOf = ({ resource, status, told }: Searched): Told => ({
  ...told,
  status: sql`${resource.columns[status]?.column}`,
})

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

/** The filters that a word for a status means in a list, by its words or by its value; undefined where it has none such. */
export function filtersOf({ columns, bands }: Resource, status: string): Filters | undefined {
  const word = plain(status)
  const isMeant = (value: string, label: string) => plain(value) === word || plain(label) === word
  for (const [name, { kind, filter, words }] of Object.entries(columns)) {
    if (kind !== 'status' || filter !== 'facet' || !words || typeof words === 'function') continue
    const values = Object.entries(words).flatMap(([value, label]) => (isMeant(value, label) ? [value] : []))
    if (values.length > 0) return { [name]: values }
  }
  for (const [name, { bands: parts }] of Object.entries(bands)) {
    const values = Object.entries(parts).flatMap(([value, { label }]) => (isMeant(value, label) ? [value] : []))
    if (values.length > 0) return { [name]: values }
  }
  return undefined
}

/** The terms as the state of a list; undefined where the list has no such status or no end. */
export function queryOf(
  { resource, ends }: Pick<Searched, 'resource' | 'ends'>,
  { text, status, expires }: Terms,
): TableQuery | undefined {
  const filters = status ? filtersOf(resource, status) : {}
  if (!filters || (expires && !ends)) return undefined
  const ranges = expires && ends ? { [ends]: expires } : {}
  return { q: text, sort: resource.defaultSort, descending: false, page: 1, size: 50, filters, ranges }
}

/** What finds some of a search's rows soon: those of whole groups along their index, the rest by themselves. */
function someOf({ columns, defaultSort, id }: Resource, search: Search | undefined): SQL[] {
  const group = columns[defaultSort]?.tie?.column
  if (!search?.groups || !search.single || !group) return search ? [search.where] : []
  return [sql`${group} = any (array(${search.groups}))`, sql`${id} = any (array(${search.single}))`]
}

/**
 * The rows of a list that the terms find, those named exactly first, and how many there are; undefined where the list does
 * not know what is asked. What more than COUNT_CAP rows match is not counted and comes in no order.
 */
export function foundIn(
  viewer: Viewer,
  searched: Searched,
  terms: Terms,
  today: string,
  { offset, size }: Window,
): SQL | undefined {
  const { kind, resource, exact } = searched
  const query = queryOf(searched, terms)
  if (!query) return undefined
  const { table, id } = resource
  const { scope, found, search } = listFor({ resource, viewer, query, today })
  const isFew = search ? sql`((${search.rollup}) <= ${COUNT_CAP})` : sql`true`
  const ways = [
    ...(terms.text
      ? exact.map(
          (column) => sql`select ${id} as id, 0 as rank from ${table}
      where ${and(scope, found, isOneOf(column, spellings(terms.text)))}`,
        )
      : []),
    sql`(select ${id} as id, 1 as rank from ${rowsIn(resource, scope, search)}
      where ${and(scope, found, isFew)} limit ${literal(COUNT_CAP + 1)})`,
    ...someOf(resource, search).map(
      (condition) => sql`(select ${id} as id, 1 as rank from ${table}
        where ${and(scope, found, sql`not ${isFew}`, condition)} limit ${literal(offset + size)})`,
    ),
  ]
  return sql`select * from (with ${named(search)}hits as materialized (
      select id, min(rank) as rank from (${sql.join(ways, sql` union all `)}) w group by id)
    select ${kind}::text as kind, (case when ${isFew} then (select count(*) from hits) else ${literal(COUNT_CAP + 1)} end)::int as n,
      page.nth, page.rank, page.id, page.address, page.title, page.detail, page.place, page.status
    from (select) one left join lateral (select p.nth, p.rank, p.id, ${columnsOf(toldOf(searched))}
      from (select *, row_number() over (order by rank, id) as nth from hits order by rank, id
        limit ${literal(size)} offset ${literal(offset)}) p
      join ${table} on ${scope} and ${id} = p.id) page on true) f`
}
