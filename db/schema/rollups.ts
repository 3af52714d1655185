import { bigint, date, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ref, tenant } from './columns'
import {
  assetTypes,
  billingTypes,
  complianceStatuses,
  coverageStatuses,
  holdReasons,
  licenseStates,
  licenseTypes,
  licensingMethods,
  orderKinds,
  orderStatuses,
} from './enums'

/**
 * Exact counts, kept by statement-level triggers (db/sql/rollups.sql). In each,
 * virtualAccountId is a real one, 0 for "in no Virtual Account" or -1 for the
 * whole Smart Account; a date that is not known is '-infinity', so that keys match.
 * A row may be left with a count of 0.
 */
const virtualAccount = () => ref().notNull()
const count = () => bigint({ mode: 'number' }).notNull()

/** The facet cube of devices: any mix of these filters counts exactly from here. */
export const deviceCube = pgTable(
  'device_cube',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    architecture: text().notNull(),
    family: text().notNull(),
    country: text().notNull(),
    assetType: text({ enum: assetTypes }).notNull(),
    coverageStatus: text({ enum: coverageStatuses }).notNull(),
    licenseState: text({ enum: licenseStates }).notNull(),
    lastDateOfSupport: date({ mode: 'string' }).notNull(),
    n: count(),
  },
  (t) => [
    primaryKey({
      columns: [
        t.smartAccountId,
        t.virtualAccountId,
        t.architecture,
        t.family,
        t.country,
        t.assetType,
        t.coverageStatus,
        t.licenseState,
        t.lastDateOfSupport,
      ],
    }),
  ],
)

/** Devices by product, with what follows from the product: word search, and the histogram of the default sort. */
export const deviceProducts = pgTable(
  'device_products',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    productId: ref().notNull(),
    pid: text().notNull(),
    architecture: text().notNull(),
    family: text().notNull(),
    assetType: text({ enum: assetTypes }).notNull(),
    lastDateOfSupport: date({ mode: 'string' }).notNull(),
    n: count(),
  },
  (t) => [
    primaryKey({
      columns: [
        t.smartAccountId,
        t.virtualAccountId,
        t.productId,
        t.pid,
        t.architecture,
        t.family,
        t.assetType,
        t.lastDateOfSupport,
      ],
    }),
  ],
)

/** Devices by kind alone: how many a Virtual Account has. */
export const deviceKinds = pgTable(
  'device_kinds',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    assetType: text({ enum: assetTypes }).notNull(),
    n: count(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.assetType] })],
)

/** Devices by coverage and sufficiency of their licenses: the Overview. */
export const deviceCoverage = pgTable(
  'device_coverage',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    architecture: text().notNull(),
    country: text().notNull(),
    coverageStatus: text({ enum: coverageStatuses }).notNull(),
    licenseState: text({ enum: licenseStates }).notNull(),
    n: count(),
  },
  (t) => [
    primaryKey({
      columns: [t.smartAccountId, t.virtualAccountId, t.architecture, t.country, t.coverageStatus, t.licenseState],
    }),
  ],
)

/** Licenses by category: how many rows, how much is owned and used, how many are short. */
export const licenseTotals = pgTable(
  'license_totals',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    category: text().notNull(),
    n: count(),
    quantity: count(),
    inUse: count(),
    insufficient: count(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.category] })],
)

/** The facet cube of licenses: any mix of these filters counts exactly from here. */
export const licenseCube = pgTable(
  'license_cube',
  {
    smartAccountId: tenant(),
    virtualAccountId: virtualAccount(),
    category: text().notNull(),
    method: text({ enum: licensingMethods }).notNull(),
    type: text({ enum: licenseTypes }).notNull(),
    billing: text({ enum: billingTypes }).notNull(),
    status: text({ enum: complianceStatuses }).notNull(),
    endDate: date({ mode: 'string' }).notNull(),
    n: count(),
  },
  (t) => [
    primaryKey({
      columns: [t.smartAccountId, t.virtualAccountId, t.category, t.method, t.type, t.billing, t.status, t.endDate],
    }),
  ],
)

/** Lines of contracts and subscriptions by the month in which they end. */
const expirationKey = {
  smartAccountId: tenant(),
  virtualAccountId: virtualAccount(),
  architecture: text().notNull(),
  country: text().notNull(),
  /** First day of the month. */
  endMonth: date({ mode: 'string' }).notNull(),
  n: count(),
}
export const contractExpirations = pgTable('contract_expirations', expirationKey, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.architecture, t.country, t.endMonth] }),
])
export const subscriptionExpirations = pgTable('subscription_expirations', expirationKey, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.architecture, t.country, t.endMonth] }),
])

/** The same by day, for "expired" and "in the next 90 days". */
const expirationDay = {
  smartAccountId: tenant(),
  virtualAccountId: virtualAccount(),
  endDate: date({ mode: 'string' }).notNull(),
  n: count(),
}
export const contractEndDays = pgTable('contract_end_days', expirationDay, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.endDate] }),
])
export const subscriptionEndDays = pgTable('subscription_end_days', expirationDay, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.endDate] }),
])

/** Lines by everything that a list of them is filtered by; in order of the default sort too. */
const lineCube = {
  smartAccountId: tenant(),
  virtualAccountId: virtualAccount(),
  architecture: text().notNull(),
  country: text().notNull(),
  /** The service level of a line of a contract, the suite of a line of a subscription ('' = in none). */
  kind: text().notNull(),
  endDate: date({ mode: 'string' }).notNull(),
  n: count(),
}
export const contractCube = pgTable('contract_cube', lineCube, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.architecture, t.country, t.kind, t.endDate] }),
])
export const subscriptionCube = pgTable('subscription_cube', lineCube, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.architecture, t.country, t.kind, t.endDate] }),
])

/** How many lines a contract or subscription has, and how many of a SKU: lists of them, and search. */
const lineSku = {
  smartAccountId: tenant(),
  virtualAccountId: virtualAccount(),
  number: text().notNull(),
  sku: text().notNull(),
  n: count(),
}
export const contractSkus = pgTable('contract_skus', lineSku, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.number, t.sku] }),
])
export const subscriptionSkus = pgTable('subscription_skus', lineSku, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.number, t.sku] }),
  index('subscription_skus_number').on(t.smartAccountId, t.number, t.virtualAccountId),
])

/**
 * Events by everything that a list of them is filtered by. An event touches any number of Virtual Accounts, and somebody
 * who sees several of them counts it once: so cells go by the whole set of them, and `places` is its digest, because a
 * set may be longer than a key may be.
 */
export const eventCube = pgTable(
  'event_cube',
  {
    smartAccountId: tenant(),
    places: text().notNull(),
    virtualAccountIds: ref().array().notNull(),
    type: text().notNull(),
    actor: text().notNull(),
    subject: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    n: count(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.day, t.type, t.actor, t.subject, t.places] })],
)

/**
 * Orders by everything that a list of them is filtered by, whatever their dates. Like an event, an order touches any
 * number of Virtual Accounts, those of its lines (0 = in none), and cells go by the whole set of them.
 */
const orderKey = {
  smartAccountId: tenant(),
  places: text().notNull(),
  virtualAccountIds: ref().array().notNull(),
  kind: text({ enum: orderKinds }).notNull(),
  status: text({ enum: orderStatuses }).notNull(),
  holdReason: text({ enum: holdReasons }).notNull(),
  country: text().notNull(),
  soldBy: text().notNull(),
}
export const orderTotals = pgTable('order_totals', { ...orderKey, n: count() }, (t) => [
  primaryKey({ columns: [t.smartAccountId, t.places, t.kind, t.status, t.holdReason, t.country, t.soldBy] }),
])

/** The same by day. */
export const orderCube = pgTable(
  'order_cube',
  { ...orderKey, orderedOn: date({ mode: 'string' }).notNull(), n: count() },
  (t) => [
    primaryKey({
      columns: [t.smartAccountId, t.places, t.kind, t.status, t.holdReason, t.country, t.soldBy, t.orderedOn],
    }),
  ],
)
