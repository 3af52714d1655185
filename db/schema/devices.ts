import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
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
import { createdAt, id, oneOf, provenance, ref, tenant } from './columns'
import { assetTypes, coverageStatuses, licenseStates } from './enums'
import { orderLines } from './orders'
import { products } from './products'

export type DeviceIdentifier = { name: string; value: string }

/**
 * A device: hardware, software or cloud. The row is flat, as the sources report
 * it: what a person can sort by stands in the row, with an index of its own.
 * Product and lifecycle columns repeat the catalogue (or the account's own
 * lifecycle facts); app.lifecycle_of() says which dates hold.
 */
export const devices = pgTable(
  'devices',
  {
    smartAccountId: tenant(),
    id: id(),
    virtualAccountId: ref(),
    parentId: ref(),
    name: text(),
    serialNumber: text(),
    productId: ref()
      .notNull()
      .references(() => products.id),
    pid: text().notNull(),
    description: text().notNull(),
    family: text().notNull(),
    architecture: text().notNull(),
    assetType: text({ enum: assetTypes }).notNull(),
    /** MAC address, host id, UUID …: what identifies it beside the serial number. */
    identifiers: jsonb().$type<DeviceIdentifier[]>(),
    instanceNumber: text().notNull(),
    parentInstanceNumber: text(),
    softwareVersion: text(),
    siteId: text(),
    siteName: text(),
    address: text(),
    city: text(),
    state: text(),
    /** ISO 3166 alpha-2. */
    country: text().notNull().default(''),
    postalCode: text(),
    contractNumber: text(),
    serviceLevel: text(),
    coverageStart: date({ mode: 'string' }),
    coverageEnd: date({ mode: 'string' }),
    coverageStatus: text({ enum: coverageStatuses }).notNull().default('never'),
    licenseState: text({ enum: licenseStates }).notNull().default('none'),
    warrantyType: text(),
    warrantyEnd: date({ mode: 'string' }),
    orderLineId: ref(),
    salesOrderNumber: text(),
    customerOrderNumber: text(),
    shipDate: date({ mode: 'string' }),
    endOfSale: date({ mode: 'string' }),
    endOfSwMaintenance: date({ mode: 'string' }),
    endOfSecuritySupport: date({ mode: 'string' }),
    endOfContractRenewal: date({ mode: 'string' }),
    lastDateOfSupport: date({ mode: 'string' }),
    ...provenance(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    foreignKey({ columns: [t.smartAccountId, t.parentId], foreignColumns: [t.smartAccountId, t.id as AnyPgColumn] }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    /** The install-base key of an instance. */
    uniqueIndex('devices_instance').on(t.smartAccountId, t.instanceNumber),
    oneOf('devices_asset_type', t.assetType, assetTypes),
    oneOf('devices_coverage_status', t.coverageStatus, coverageStatuses),
    oneOf('devices_license_state', t.licenseState, licenseStates),
    index('devices_by_license_state').on(t.smartAccountId, t.licenseState, t.id),
    index('devices_parent').on(t.smartAccountId, t.parentId).where(sql`parent_id is not null`),
    index('devices_order_line').on(t.smartAccountId, t.orderLineId).where(sql`order_line_id is not null`),
  ],
)

/** What a device uses of a license, as reported (RUM, CSSM, reservation). */
export const licenseUse = pgTable(
  'license_use',
  {
    smartAccountId: tenant(),
    id: id(),
    licenseId: ref().notNull(),
    deviceId: ref().notNull(),
    quantity: integer().notNull(),
    reportedAt: createdAt(),
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.deviceId], foreignColumns: [devices.smartAccountId, devices.id] }),
    uniqueIndex('license_use_pair').on(t.smartAccountId, t.deviceId, t.licenseId),
    index('license_use_license').on(t.smartAccountId, t.licenseId),
  ],
)
