import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { contractSkus, subscriptionSkus } from '@/db/schema/rollups'
import { inRollupScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { inBand } from '@/lib/table/filters'
import type { Bands, Column, Metric } from '@/lib/table/resource'
import { assignmentMetrics } from './assignment'
import { countryWords, placeWords } from './known-words'
import { readDaysLeft } from './line-words'

/** What products in contracts and products in subscriptions have in common. */
type Line = Term & Record<'virtualAccountId' | 'architecture' | 'country', AnyPgColumn>
type Term = Record<'startDate' | 'endDate' | 'asOf', AnyPgColumn>

/** Days from today; a product is in force on its last day. */
export const expiry = {
  label: 'Expiry',
  of: 'end',
  bands: {
    expired: { label: 'Expired', to: -1, tone: 'bad' },
    '30': { label: 'Expires within 30 days', from: 0, to: 30, tone: 'warn' },
    '60': { label: 'Expires in 31 to 60 days', from: 31, to: 60, tone: 'warn' },
    '90': { label: 'Expires in 61 to 90 days', from: 61, to: 90, tone: 'warn' },
    later: { label: 'Expires later', from: 91, tone: 'good' },
  },
} as const

type Band = keyof typeof expiry.bands
const edges: Bands['bands'] = expiry.bands
const bandNames = Object.keys(expiry.bands) as Band[]
const byBand = <T>(read: (band: (typeof expiry.bands)[Band]) => T) =>
  Object.fromEntries(bandNames.map((name) => [name, read(expiry.bands[name])])) as Record<Band, T>

/** The band of an end that lies so many days ahead. */
export const bandOf = (days: number): Band =>
  bandNames.find((name) => {
    const { from = -Infinity, to = Infinity } = edges[name] ?? {}
    return days >= from && days <= to
  }) ?? 'later'

/** Days from today to an end; negative once it is over. */
const daysLeft = (end: AnyPgColumn): SQL => sql`(${end} - ${today()}::date)`

/** When a product, a contract or a subscription begins and ends, and how far that is away. */
export function termColumns(term: Term) {
  const { startDate, endDate } = term
  return {
    end: { label: 'End', kind: 'date', column: endDate, filter: 'range' },
    daysLeft: {
      label: 'Ends',
      kind: 'text',
      column: endDate,
      shown: () => daysLeft(endDate),
      words: (days) => readDaysLeft(Number(days)),
    },
    status: {
      label: 'Status',
      kind: 'status',
      column: endDate,
      shown: () => bandSql(endDate),
      words: byBand(({ label }) => label),
      tones: byBand(({ tone }) => tone),
    },
    start: { label: 'Start', kind: 'date', column: startDate, filter: 'range' },
    asOf: { label: 'As of', kind: 'instant', column: term.asOf, hidden: true },
  } satisfies Record<string, Column>
}

export function lineColumns(line: Line) {
  const { asOf, ...ends } = termColumns(line)
  return {
    va: {
      label: 'Virtual Account',
      kind: 'text',
      column: line.virtualAccountId,
      filter: 'facet',
      ...placeWords,
    },
    ...ends,
    architecture: { label: 'Architecture', kind: 'text', column: line.architecture, filter: 'facet' },
    country: {
      label: 'Country',
      kind: 'text',
      column: line.country,
      filter: 'facet',
      ...countryWords,
    },
    asOf,
  } satisfies Record<string, Column>
}

type Skus = typeof contractSkus | typeof subscriptionSkus

/** How many products of a contract or subscription the viewer sees, from the rollup by SKU. */
export const totalOf = (viewer: Viewer, skus: Skus, number: AnyPgColumn): SQL =>
  sql`(select coalesce(sum(${skus.n}), 0) from ${skus} where ${inRollupScope(viewer, skus)} and ${skus.number} = ${number})`

/** The band of an end, by its name. */
export function bandSql(end: AnyPgColumn): SQL {
  const cases = bandNames.map((name) => sql`when ${inBand(expiry, name, end, today())} then ${name}::text`)
  return sql`case ${sql.join(cases, sql` `)} end`
}

/** `holder`: "contract" or "subscription". */
export const lineMetrics = (holder: string) => {
  const within = (days: number, bands: string[]) => ({
    label: `Next ${days} days`,
    params: { expiry: bands },
    explain: `Products in a ${holder} that end today or within the next ${days} days, to the day.`,
  })
  return {
    total: {
      label: 'Products',
      params: {},
      explain: `All products in ${holder}s that you can see, in force or ended, each line counted once.`,
    },
    inForce: {
      label: 'In force',
      params: { expiry: ['30', '60', '90', 'later'] },
      explain: `Products in a ${holder} that ends today or later. A product is in force on its last day.`,
    },
    expired: {
      label: 'Expired',
      params: { expiry: ['expired'] },
      explain: `Products in a ${holder} whose end lies before today.`,
    },
    next30: within(30, ['30']),
    next60: within(60, ['30', '60']),
    next90: within(90, ['30', '60', '90']),
    ...assignmentMetrics(`Products in ${holder}s`),
  } satisfies Record<string, Metric>
}
