import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { countryName } from '@/lib/countries'
import type { Column, Metric } from '@/lib/table/resource'
import { assignmentMetrics } from './assignment'

/** What products in contracts and products in subscriptions have in common. */
type Line = Record<'virtualAccountId' | 'architecture' | 'country' | 'startDate' | 'endDate' | 'asOf', AnyPgColumn>

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

export const lineColumns = (line: Line) =>
  ({
    va: {
      label: 'Virtual Account',
      kind: 'text',
      column: line.virtualAccountId,
      filter: 'facet',
      words: (value, viewer) => viewer.virtualAccounts.find(({ id }) => String(id) === value)?.name ?? 'Not assigned',
    },
    architecture: { label: 'Architecture', kind: 'text', column: line.architecture, filter: 'facet' },
    country: {
      label: 'Country',
      kind: 'text',
      column: line.country,
      filter: 'facet',
      words: (code) => countryName(code),
    },
    start: { label: 'Start', kind: 'date', column: line.startDate, filter: 'range' },
    end: { label: 'End', kind: 'date', column: line.endDate, filter: 'range' },
    asOf: { label: 'As of', kind: 'instant', column: line.asOf, hidden: true },
  }) satisfies Record<string, Column>

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
