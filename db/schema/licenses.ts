import { type SQL, sql } from 'drizzle-orm'
import {
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { virtualAccounts } from './accounts'
import { id, oneOf, provenance, ref, tenant } from './columns'
import { subscriptions } from './contracts'
import { billingTypes, complianceStatuses, licenseTypes, licensingMethods, pakState } from './enums'
import { orderLines } from './orders'
import { products } from './products'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/**
 * `forThis`: so many of another license of the Virtual Account stand in for this one; `byThis`: so many of this one stand
 * in for another. Each of the two says so.
 */
export type LicenseSubstitution = { kind: 'forThis' | 'byThis'; license: string; quantity: number }

/**
 * A license in one Virtual Account: what is owned, reserved and in use.
 * `quantity` is the sum of the terms in force on the account's day (app.turn_day()).
 * Each column that the list sorts by has an index (migration `licensing`).
 */
export const licenses = pgTable(
  'licenses',
  {
    smartAccountId: tenant(),
    id: id(),
    virtualAccountId: ref(),
    productId: ref()
      .notNull()
      .references(() => products.id),
    sku: text().notNull(),
    /** Entitlement name, as devices report it; not the SKU. */
    name: text().notNull(),
    /** The architecture of the product: the category of the Overview. */
    category: text().notNull(),
    method: text({ enum: licensingMethods }).notNull(),
    type: text({ enum: licenseTypes }).notNull(),
    billing: text({ enum: billingTypes }).notNull(),
    quantity: integer().notNull(),
    inUse: integer().notNull().default(0),
    reserved: integer().notNull().default(0),
    /** Ordered and not delivered yet. */
    pending: integer().notNull().default(0),
    substitutions: jsonb().notNull().default([]).$type<LicenseSubstitution[]>(),
    /** What is left to use; below 0 where more is used, reserved or lent than there is. */
    balance: integer()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`quantity + app.net_substituted(substitutions) - in_use - reserved`),
    status: text({ enum: complianceStatuses }).notNull(),
    /** End of the term in force that ends first; null when perpetual. */
    endDate: date({ mode: 'string' }),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    oneOf('licenses_method', t.method, licensingMethods),
    oneOf('licenses_type', t.type, licenseTypes),
    oneOf('licenses_billing', t.billing, billingTypes),
    oneOf('licenses_status', t.status, complianceStatuses),
    index('licenses_virtual_account').on(t.smartAccountId, t.virtualAccountId, t.id),
  ],
)

export const licenseTerms = pgTable(
  'license_terms',
  {
    smartAccountId: tenant(),
    id: id(),
    licenseId: ref().notNull(),
    type: text({ enum: licenseTypes }).notNull(),
    quantity: integer().notNull(),
    startDate: date({ mode: 'string' }),
    /** null when perpetual. */
    endDate: date({ mode: 'string' }),
    subscriptionId: ref(),
    orderLineId: ref(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.licenseId], foreignColumns: [licenses.smartAccountId, licenses.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.subscriptionId],
      foreignColumns: [subscriptions.smartAccountId, subscriptions.id],
    }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    index('license_terms_license').on(t.smartAccountId, t.licenseId),
    index('license_terms_order_line').on(t.smartAccountId, t.orderLineId),
    oneOf('license_terms_type', t.type, licenseTypes),
    index('license_terms_end_date').on(t.smartAccountId, t.endDate),
    index('license_terms_start_date').on(t.smartAccountId, t.startDate),
  ],
)

/**
 * What was owned, reserved and in use of a license at the end of a day: written when the account's day turns, by
 * app.turn_day(), so that a day on which nobody came has none.
 */
export const licenseDays = pgTable(
  'license_days',
  {
    smartAccountId: tenant(),
    licenseId: ref().notNull(),
    day: date({ mode: 'string' }).notNull(),
    quantity: integer().notNull(),
    inUse: integer().notNull(),
    reserved: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.licenseId, t.day] }),
    foreignKey({ columns: [t.smartAccountId, t.licenseId], foreignColumns: [licenses.smartAccountId, licenses.id] }),
  ],
)

/** A Product Activation Key: encrypted, found by exact value through a blind index (lib/pak.ts). */
export const paks = pgTable(
  'paks',
  {
    smartAccountId: tenant(),
    id: id(),
    virtualAccountId: ref(),
    orderLineId: ref(),
    licenseId: ref(),
    encrypted: bytea().notNull(),
    blindIndex: bytea().notNull(),
    lastFour: text().notNull(),
    keyId: text().notNull(),
    state: pakState().notNull().default('unfulfilled'),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    foreignKey({ columns: [t.smartAccountId, t.licenseId], foreignColumns: [licenses.smartAccountId, licenses.id] }),
    uniqueIndex('paks_blind_index').on(t.smartAccountId, t.blindIndex),
  ],
)
