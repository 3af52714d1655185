import type { Viewer } from '@/lib/access/viewer'
import type { Column, Resource } from './resource'

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })
const MONTHS = Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2001, index)))

/** `30 Nov 2027`: a calendar date, never shifted by a zone. By itself, as a page has hundreds and `Intl` makes a `Date` of each. */
export function readDate(date: string): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}

const number = new Intl.NumberFormat('en-US')
export const readNumber = (n: number) => number.format(n)

/** A value in words: of a closed set, of the account, or as it stands. */
export function readValue({ kind, words }: Column, value: string, viewer: Viewer): string {
  if (typeof words === 'function') return words(value, viewer)
  if (kind === 'number') return readNumber(Number(value))
  return words?.[value] ?? (kind === 'date' || kind === 'instant' ? readDate(value) : value)
}

/** A page's rows as flat text in the order of `names`: all that the browser gets of them. Nothing known reads as ''. */
export function toCells(
  resource: Resource,
  viewer: Viewer,
  names: readonly string[],
  rows: readonly Record<string, unknown>[],
): string[][] {
  const columns = names.map((name) => [name, resource.columns[name]] as const)
  return rows.map((row) =>
    columns.map(([name, column]) => {
      const value = row[name]
      if (!column || value === null || value === undefined || value === '')
        return name === 'va' && column ? readValue(column, 'none', viewer) : ''
      return readValue(column, String(value), viewer)
    }),
  )
}
