import type { orderStatuses } from '@/db/schema/enums'
import type { Addressed } from '@/lib/table/parse'
import type { Bands, Column } from '@/lib/table/resource'

export type SharedColumn = Pick<Column, 'label' | 'kind' | 'filter' | 'values' | 'unsorted' | 'tones'> & {
  words?: Readonly<Record<string, string>>
}

const STATUSES: readonly (typeof orderStatuses)[number][] = ['booked', 'on_hold', 'shipped', 'delivered', 'closed']

/** The User View: an order once, whatever opens it. */
export const sharedColumns = {
  number: { label: 'Sales order', kind: 'code' },
  customer: { label: 'Customer order', kind: 'code' },
  status: {
    label: 'Status',
    kind: 'status',
    filter: 'facet',
    values: STATUSES,
    words: { booked: 'Booked', on_hold: 'On hold', shipped: 'Shipped', delivered: 'Delivered', closed: 'Closed' },
    tones: { booked: 'neutral', on_hold: 'bad', shipped: 'warn', delivered: 'good', closed: 'neutral' },
  },
  ordered: { label: 'Ordered', kind: 'date', filter: 'range' },
  way: {
    label: 'Why you see it',
    kind: 'text',
    filter: 'facet',
    values: ['share', 'contact'],
    words: { share: 'Shared with you', contact: 'eDelivery contact' },
    unsorted: true,
  },
  opens: { label: 'What is open', kind: 'text', unsorted: true },
  sender: { label: 'Shared by', kind: 'text', unsorted: true },
  sent: { label: 'Shared on', kind: 'date' },
  until: { label: 'Open until', kind: 'date', filter: 'range' },
} as const satisfies Record<string, SharedColumn>

/** Days from today. */
const age: Bands = {
  label: 'When ordered',
  of: 'ordered',
  bands: {
    recent: { label: 'In the last 90 days', from: -90 },
    year: { label: '3 to 12 months ago', from: -365, to: -91 },
    earlier: { label: 'Earlier', to: -366 },
  },
}

export type SharedName = keyof typeof sharedColumns

export const sharedTable = {
  columns: sharedColumns,
  bands: { age },
  defaultSort: '-ordered',
} as const satisfies Addressed

/** Filters with a menu of their own; the ranges are in the panel. */
export const MENUS = ['status', 'way', 'age'] as const
export type MenuName = (typeof MENUS)[number]
export const RANGES = ['ordered', 'until'] as const

export const menuLabel = (name: MenuName) => (name === 'age' ? age.label : sharedColumns[name].label)
export const menuValues = (name: MenuName): readonly string[] =>
  name === 'age' ? Object.keys(age.bands) : sharedColumns[name].values

export function readMenuValue(name: MenuName, value: string): string {
  if (name === 'age') return age.bands[value]?.label ?? value
  const words: Readonly<Record<string, string>> = sharedColumns[name].words
  return words[value] ?? value
}
