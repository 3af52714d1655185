import 'server-only'
import { sql } from 'drizzle-orm'
import { holdReasons, orderKinds, orderStatuses } from '@/db/schema/enums'
import { orderLines as line, orders as o } from '@/db/schema/orders'
import { orderCube as cube, orderTotals as totals } from '@/db/schema/rollups'
import { inScope, placesSeen } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { assign, handOver, shareOrders } from '@/lib/paths'
import type { Column, Metric, Resource } from '@/lib/table/resource'
import { countryWords } from './known-words'
import { assignmentOf } from './order-scope'
import { searchOrders } from './order-search'
import { assignments, assignmentWords, holdLabels } from './order-words'

/** Ids as a list, as facet values and rows have them. */
const readPlaces = (ids: string, { virtualAccounts }: Viewer) =>
  ids
    .split(',')
    .map((id) => virtualAccounts.find((account) => String(account.id) === id)?.name ?? 'In no Virtual Account')
    .sort((a, b) => a.localeCompare(b, 'en'))
    .join(', ')

const columns = {
  number: { label: 'Sales order', kind: 'code', column: o.number, filter: 'exact' },
  web: { label: 'Web order', kind: 'code', column: o.webOrderNumber, filter: 'exact' },
  customer: { label: 'Customer order', kind: 'code', column: o.customerOrderNumber, filter: 'exact' },
  status: {
    label: 'Status',
    kind: 'status',
    column: o.status,
    filter: 'facet',
    values: orderStatuses,
    words: { booked: 'Booked', on_hold: 'On hold', shipped: 'Shipped', delivered: 'Delivered', closed: 'Closed' },
    tones: { booked: 'neutral', on_hold: 'bad', shipped: 'warn', delivered: 'good', closed: 'neutral' },
  },
  hold: {
    label: 'Held by',
    kind: 'text',
    column: o.holdReason,
    filter: 'facet',
    values: holdReasons.filter((reason) => reason !== ''),
    words: holdLabels,
  },
  assignment: {
    label: 'Assignment',
    kind: 'status',
    column: o.virtualAccountIds,
    shown: (viewer) => assignmentOf(viewer, o.virtualAccountIds),
    keyed: assignmentOf,
    filter: 'facet',
    values: assignments,
    words: assignmentWords,
    tones: { assigned: 'good', partly: 'warn', default: 'warn', none: 'bad' },
    unsorted: true,
  },
  ordered: { label: 'Ordered', kind: 'date', column: o.orderedOn, filter: 'range' },
  lines: {
    label: 'Lines',
    kind: 'number',
    column: o.id,
    shown: (viewer) => sql`(select count(*) from ${line} where ${inScope(viewer, line)} and ${line.orderId} = ${o.id})`,
    unsorted: true,
  },
  kind: {
    label: 'Kind',
    kind: 'text',
    column: o.kind,
    filter: 'facet',
    values: orderKinds,
    words: { standard: 'Standard', stocking: 'Stocking', enterprise_agreement: 'Enterprise Agreement' },
  },
  soldBy: { label: 'Sold by', kind: 'text', column: o.soldBy, filter: 'facet' },
  country: {
    label: 'Country',
    kind: 'text',
    column: o.country,
    filter: 'facet',
    ...countryWords,
  },
  va: {
    label: 'Virtual Accounts',
    kind: 'text',
    column: o.virtualAccountIds,
    shown: (viewer) => sql`array_to_string(${placesSeen(viewer, o.virtualAccountIds)}, ',')`,
    words: readPlaces,
    filter: 'facet',
    unsorted: true,
  },
  source: { label: 'Source', kind: 'text', column: o.source, unsorted: true, hidden: true },
  asOf: { label: 'As of', kind: 'instant', column: o.asOf, hidden: true },
} as const satisfies Record<string, Column>

/** Days from today, back. */
const age = {
  label: 'When ordered',
  of: 'ordered',
  bands: {
    recent: { label: 'In the last 90 days', from: -90 },
    year: { label: '3 to 12 months ago', from: -365, to: -91 },
    earlier: { label: 'Earlier', to: -366 },
  },
} as const

const dims = (from: typeof totals | typeof cube) => ({
  account: from.smartAccountId,
  va: from.virtualAccountIds,
  assignment: from.virtualAccountIds,
  kind: from.kind,
  status: from.status,
  hold: from.holdReason,
  country: from.country,
  soldBy: from.soldBy,
})

const heldBy = (reason: Exclude<(typeof holdReasons)[number], ''>) => ({
  label: holdLabels[reason] ?? reason,
  params: { hold: [reason] },
  explain: 'Orders that wait for this, and for nothing else.',
})

/** Orders, each with the lines that the viewer sees: one of which they see none is not there. */
export const orders = {
  name: 'orders',
  noun: { one: 'order', many: 'orders' },
  table: o,
  id: o.id,
  tenant: o.smartAccountId,
  virtualAccount: o.virtualAccountIds,
  address: o.number,
  columns,
  bands: { age },
  promoted: ['status', 'assignment', 'hold'],
  defaultSort: '-ordered',
  rollups: [
    { table: totals, n: totals.n, dims: dims(totals) },
    { table: cube, n: cube.n, dims: { ...dims(cube), ordered: cube.orderedOn } },
  ],
  search: searchOrders,
  searchHint: 'Order number, product or serial number',
  metrics: {
    total: {
      label: 'Orders',
      params: {},
      explain: 'All orders of which you can see at least one line, each counted once.',
    },
    assigned: {
      label: assignmentWords.assigned,
      params: { assignment: ['assigned'] },
      explain: 'Orders all of whose lines are in a Virtual Account other than DEFAULT.',
    },
    partly: {
      label: assignmentWords.partly,
      params: { assignment: ['partly'] },
      explain: 'Orders with lines in a Virtual Account other than DEFAULT, and others that are not.',
    },
    inDefault: {
      label: assignmentWords.default,
      params: { assignment: ['default'] },
      explain: 'Orders that are in DEFAULT, where new ones land, and in no other Virtual Account.',
    },
    unassigned: {
      label: assignmentWords.none,
      params: { assignment: ['none'] },
      explain: 'Orders none of whose lines is in a Virtual Account.',
    },
    onHold: {
      label: 'On hold',
      params: { status: ['on_hold'] },
      explain: 'Orders that wait for a decision before they go on.',
    },
    smartAccount: heldBy('smart_account'),
    acceptance: heldBy('acceptance'),
    credit: heldBy('credit'),
    exportCompliance: heldBy('export_compliance'),
    otherHold: heldBy('other'),
    recent: {
      label: 'In the last 90 days',
      params: { age: ['recent'] },
      explain: 'Orders placed today or in the 90 days before.',
    },
    booked: {
      label: 'Booked, not shipped',
      params: { status: ['booked'] },
      explain: 'Orders that are booked, not held, and not on their way yet.',
    },
    shipped: {
      label: 'Shipped, not delivered',
      params: { status: ['shipped'] },
      explain: 'Orders on their way of which not everything has arrived.',
    },
  } satisfies Record<string, Metric>,
  actions: {
    assign: { label: 'Assign to a Virtual Account', permission: 'orders.assign', page: assign },
    handOver: { label: 'Assign to a customer', permission: 'orders.assign', only: 'HOLDING', page: handOver },
    share: { label: 'Send Order Based Access', permission: 'orders.share', ofList: true, page: shareOrders },
  },
} as const satisfies Resource
