import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { smartAccounts, virtualAccounts } from './accounts'
import { id, oneOf, provenance, ref, tenant } from './columns'
import { devices } from './devices'
import { billingTypes } from './enums'
import { products } from './products'

/** A service contract. Read-only here: contracts are changed elsewhere. */
export const contracts = pgTable(
  'contracts',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    number: text().notNull(),
    label: text().notNull().default(''),
    serviceLevel: text().notNull(),
    billToName: text().notNull().default(''),
    startDate: date({ mode: 'string' }).notNull(),
    endDate: date({ mode: 'string' }).notNull(),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    uniqueIndex('contracts_number').on(t.smartAccountId, t.number),
    unique('contracts_id_number').on(t.smartAccountId, t.id, t.number),
    index('contracts_end_date').on(t.smartAccountId, t.endDate, t.id),
  ],
)

/** One covered device on a contract. */
export const contractLines = pgTable(
  'contract_lines',
  {
    smartAccountId: tenant(),
    id: id(),
    contractId: ref().notNull(),
    /** As the contract has it, held by the foreign key: lists are sorted and filtered by it. */
    contractNumber: text().notNull(),
    deviceId: ref().notNull(),
    virtualAccountId: ref(),
    serviceSku: text().notNull(),
    serviceLevel: text().notNull(),
    architecture: text().notNull(),
    country: text().notNull().default(''),
    startDate: date({ mode: 'string' }).notNull(),
    endDate: date({ mode: 'string' }).notNull(),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      name: 'contract_lines_contract_number',
      columns: [t.smartAccountId, t.contractId, t.contractNumber],
      foreignColumns: [contracts.smartAccountId, contracts.id, contracts.number],
    }).onUpdate('cascade'),
    foreignKey({ columns: [t.smartAccountId, t.deviceId], foreignColumns: [devices.smartAccountId, devices.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    index('contract_lines_contract').on(t.smartAccountId, t.contractId, t.id),
    index('contract_lines_device').on(t.smartAccountId, t.deviceId),
    index('contract_lines_virtual_account').on(t.smartAccountId, t.virtualAccountId, t.contractId),
  ],
)

export const subscriptions = pgTable(
  'subscriptions',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    /** `Sub…`; those of an Enterprise Agreement start with `SR`. */
    number: text().notNull(),
    name: text().notNull(),
    billing: text({ enum: billingTypes }).notNull(),
    autoRenews: boolean().notNull().default(false),
    startDate: date({ mode: 'string' }).notNull(),
    endDate: date({ mode: 'string' }).notNull(),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    uniqueIndex('subscriptions_number').on(t.smartAccountId, t.number),
    unique('subscriptions_id_number').on(t.smartAccountId, t.id, t.number),
    oneOf('subscriptions_billing', t.billing, billingTypes),
    index('subscriptions_end_date').on(t.smartAccountId, t.endDate, t.id),
  ],
)

/** A product in a subscription; lines of an Enterprise Agreement belong to a suite. */
export const subscriptionLines = pgTable(
  'subscription_lines',
  {
    smartAccountId: tenant(),
    id: id(),
    subscriptionId: ref().notNull(),
    /** As the subscription has it, held by the foreign key. */
    subscriptionNumber: text().notNull(),
    virtualAccountId: ref(),
    productId: ref()
      .notNull()
      .references(() => products.id),
    sku: text().notNull(),
    description: text().notNull(),
    architecture: text().notNull(),
    country: text().notNull().default(''),
    quantity: integer().notNull(),
    suite: text(),
    /** Growth allowance of the suite in percent; a number on each suite, never a constant. */
    growthAllowance: integer(),
    startDate: date({ mode: 'string' }).notNull(),
    endDate: date({ mode: 'string' }).notNull(),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      name: 'subscription_lines_subscription_number',
      columns: [t.smartAccountId, t.subscriptionId, t.subscriptionNumber],
      foreignColumns: [subscriptions.smartAccountId, subscriptions.id, subscriptions.number],
    }).onUpdate('cascade'),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    index('subscription_lines_subscription').on(t.smartAccountId, t.subscriptionId, t.id),
    index('subscription_lines_virtual_account').on(t.smartAccountId, t.virtualAccountId, t.subscriptionId),
  ],
)
