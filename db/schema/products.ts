import { date, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { smartAccounts } from './accounts'
import { id, instant, oneOf, ref, tenant } from './columns'
import { assetTypes, productKind } from './enums'

/** Lifecycle dates of a product (EoX). Calendar dates without a zone; null = not announced. */
export const lifecycleDates = () => ({
  announced: date({ mode: 'string' }),
  endOfSale: date({ mode: 'string' }),
  endOfSwMaintenance: date({ mode: 'string' }),
  endOfSecuritySupport: date({ mode: 'string' }),
  endOfContractRenewal: date({ mode: 'string' }),
  lastDateOfSupport: date({ mode: 'string' }),
})

/**
 * The catalogue: the same for every account, written by the operator only. Beside it, products that an account brought
 * itself because the catalogue did not know their PID: `smartAccountId` says whose; to others they do not exist.
 */
export const products = pgTable(
  'products',
  {
    id: id().primaryKey(),
    smartAccountId: ref().references(() => smartAccounts.id),
    pid: text().notNull(),
    description: text().notNull(),
    family: text().notNull(),
    architecture: text().notNull(),
    assetType: text({ enum: assetTypes }).notNull(),
    kind: productKind().notNull(),
    ...lifecycleDates(),
    bulletin: text(),
    lifecycleSource: text(),
    lifecycleAsOf: instant(),
  },
  (t) => [
    unique('products_pid').on(t.smartAccountId, t.pid).nullsNotDistinct(),
    oneOf('products_asset_type', t.assetType, assetTypes),
    index('products_family').on(t.family),
  ],
)

/** Lifecycle dates that an account brought itself; they win over the catalogue's in that account only. */
export const accountLifecycles = pgTable(
  'account_lifecycles',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    pid: text().notNull(),
    category: text(),
    series: text(),
    ...lifecycleDates(),
    bulletin: text(),
    source: text().notNull(),
    asOf: instant().notNull(),
    importRunId: ref(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.pid] })],
)
