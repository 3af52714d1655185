import type { Row, Sql } from 'postgres'
import type { Viewer } from '@/lib/access/viewer'
import { devices } from '@/lib/resources/devices'
import { shownFacets } from '@/lib/table/load'
import { type Params, valuesOf } from '@/lib/table/parse'
import type { ListAnswer } from './answer'
import { CAP, type Cells, cappedFacets, cappedTotal, type Filters, facetsByHand, totalByHand } from './hand-counts'
import { besideByHand, type Fragment, type PageQuestion, type PageWay, pageByHand, pageByHistogram } from './hand-pages'
import { searchByHand } from './hand-search'

export type HandContext = { sql: Sql; viewer: Viewer; today: string }

/** The statements that answer the same as the product's page, each made anew for each run. */
export type HandList = {
  /** Ways to write the page; the fastest is the one to compare with. */
  pages: Record<string, () => Fragment>
  total: () => Fragment
  facets: () => Fragment
  /** The rows before and after one whose sort value is known, in one statement. */
  beside: (id: number) => Fragment
  /** Counted from rollups to the end, whatever it is. */
  isExact: boolean
}

type ColumnOf = { column: { name: string; notNull: boolean }; tie?: unknown; filter?: string }
const columns: Readonly<Record<string, ColumnOf>> = devices.columns
const inDatabase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** Filters that rollups count under. */
const COUNTED = ['architecture', 'family', 'country', 'type', 'coverage', 'support']

/** The plain SQL for a page of the list under these parameters, without row-level security: as the owner of the tables. */
export function listByHand({ sql, viewer, today }: HandContext, params: Params, total: number): HandList {
  const account = viewer.account.id
  const [text] = valuesOf(params, 'q')
  const [va] = valuesOf(params, 'va')
  // As part of the statement: a plan kept for any account would expect few rows of it.
  const own = sql`smart_account_id = ${sql.unsafe(String(account))}`
  const mine = viewer.scope.kind === 'account' ? undefined : [...viewer.scope.ids]
  const rows = mine ? sql`${own} and virtual_account_id in ${sql(mine)}` : own
  const whole = mine ? rows : sql`${own} and virtual_account_id = -1`
  const chosen = va ? sql`${own} and virtual_account_id = ${Number(va)}` : whole
  const cells: Cells = { chosen, each: mine ? rows : sql`${own} and virtual_account_id >= 0` }
  const filters = filtersOf(sql, params, today)
  const conditions = [...Object.values(filters), ...rowFilters(sql, params)]
  const where = conditions.reduce((all, one) => sql`${all} and ${one}`, va ? chosen : rows)
  const page = questionOf(params, account, where)
  const facets = shownFacets(devices, params)
  if (text) {
    const search = () => searchByHand(sql, { account, rows, cells: whole }, text)
    const found = { ...page, where: sql`${rows} and ${search().where}` }
    return {
      pages: {
        merged: () => search().merged,
        walk: () => pageByHand(sql, { ...page, where: sql`${rows} and ${search().where}` }, 'walk'),
      },
      total: () => search().total,
      facets: () => cappedFacets(sql, search().from, today, facets),
      beside: (id) => besideByHand(sql, found, id),
      isExact: false,
    }
  }
  const isCounted = rowFilters(sql, params).length === 0
  const from = () => sql`from devices where ${where}`
  return {
    pages: pagesOf(sql, page, total, conditions.length === 0 && !va, isCounted && !va ? chosen : undefined),
    total: () => (isCounted ? totalByHand(sql, cells, filters) : cappedTotal(sql, from())),
    beside: (id) => besideByHand(sql, page, id),
    isExact: isCounted,
    facets: () =>
      isCounted ? facetsByHand(sql, cells, filters, today, facets) : cappedFacets(sql, from(), today, facets),
  }
}

function pagesOf(sql: Sql, page: PageQuestion, total: number, isWhole: boolean, cells: Fragment | undefined) {
  const fromEnd = Math.max(0, total - page.offset - page.size)
  const size = Math.min(page.size, total - page.offset)
  const ways: PageWay[] = isWhole
    ? page.offset > total / 2
      ? ['from-end']
      : ['walk', 'deferred']
    : ['walk', 'sorted', 'deferred']
  const pages: HandList['pages'] = {}
  for (const way of ways)
    pages[way] = () => pageByHand(sql, way === 'from-end' ? { ...page, size } : page, way, fromEnd)
  if (isWhole && cells && page.key === 'last_date_of_support' && !page.descending) {
    pages['histogram'] = () => pageByHistogram(sql, page, cells)
  }
  return pages
}

function questionOf(params: Params, account: number, where: Fragment): PageQuestion {
  const [sort = devices.defaultSort] = valuesOf(params, 'sort')
  const [page = '1'] = valuesOf(params, 'page')
  const name = sort.replace(/^-/, '')
  const sorted = columns[name]
  if (!sorted) throw new Error(`${sort} is not a column.`)
  return {
    account,
    where,
    key: inDatabase(sorted.column.name),
    isNullable: !sorted.column.notNull,
    hasTie: sorted.tie !== undefined,
    descending: sort.startsWith('-'),
    offset: (Number(page) - 1) * 50,
    size: 50,
  }
}

function filtersOf(sql: Sql, params: Params, today: string): Filters {
  const found = COUNTED.flatMap((name) => {
    const values = valuesOf(params, name)
    if (values.length === 0) return []
    if (name === 'support') {
      if (values.join() !== 'passed') throw new Error('By hand there is only the band of what has passed.')
      return [[name, sql`last_date_of_support > '-infinity' and last_date_of_support < ${today}`] as const]
    }
    const column = sql.unsafe(inDatabase(columns[name]?.column.name ?? name))
    return [
      [name, values.length === 1 ? sql`${column} = ${values[0] ?? ''}` : sql`${column} in ${sql(values)}`] as const,
    ]
  })
  return Object.fromEntries(found)
}

/** Ranges and exact values, which no rollup counts under. */
function rowFilters(sql: Sql, params: Params): Fragment[] {
  return Object.entries(columns).flatMap(([name, { filter, column }]) => {
    const [value] = valuesOf(params, name)
    if (value === undefined || (filter !== 'range' && filter !== 'exact')) return []
    const place = sql.unsafe(inDatabase(column.name))
    if (filter === 'exact') return [sql`${place} = ${value}`]
    const [from = '', to = ''] = value.split('..')
    return [sql`${place} between ${from || '0001-01-01'} and ${to || '9999-12-31'}`]
  })
}

/** The answer of the statements, as the product gives it: not counted to the end above CAP. */
export function readAnswer(
  rows: readonly Row[],
  total: readonly Row[],
  facets: readonly Row[],
  isExact: boolean,
): ListAnswer {
  const n = Number(total[0]?.['n'])
  const isCapped = !isExact && n > CAP
  return {
    ids: rows.map((row) => Number(row['id'])),
    total: isCapped ? CAP : n,
    isCapped,
    facets: isCapped ? {} : Object.fromEntries(facets.map((row) => [String(row['facet']), Number(row['n'])])),
  }
}
