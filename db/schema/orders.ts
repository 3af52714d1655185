import { date, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { smartAccounts, virtualAccounts } from './accounts'
import { createdAt, id, instant, oneOf, provenance, ref, tenant } from './columns'
import { deliveryKind, documentKind, holdReasons, legalKind, orderKinds, orderStatuses, shareLevel } from './enums'
import { users } from './people'
import { products } from './products'

export const orders = pgTable(
  'orders',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    /** Sales order number. */
    number: text().notNull(),
    webOrderNumber: text(),
    /** The customer's own order number (PO). */
    customerOrderNumber: text(),
    kind: text({ enum: orderKinds }).notNull().default('standard'),
    status: text({ enum: orderStatuses }).notNull(),
    holdReason: text({ enum: holdReasons }).notNull().default(''),
    orderedOn: date({ mode: 'string' }).notNull(),
    soldBy: text().notNull().default(''),
    country: text().notNull().default(''),
    /** The Virtual Accounts that its lines are in, in order, 0 = some are in none: app.place_orders() keeps it. */
    virtualAccountIds: ref().array().notNull().default([]),
    ...provenance(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    uniqueIndex('orders_number').on(t.smartAccountId, t.number),
    oneOf('orders_kind', t.kind, orderKinds),
    oneOf('orders_status', t.status, orderStatuses),
    oneOf('orders_hold_reason', t.holdReason, holdReasons),
    index('orders_ordered_on').on(t.smartAccountId, t.orderedOn, t.id),
  ],
)

export const orderLines = pgTable(
  'order_lines',
  {
    smartAccountId: tenant(),
    id: id(),
    orderId: ref().notNull(),
    lineNumber: text().notNull(),
    productId: ref()
      .notNull()
      .references(() => products.id),
    pid: text().notNull(),
    description: text().notNull(),
    quantity: integer().notNull(),
    virtualAccountId: ref(),
    status: text({ enum: orderStatuses }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.orderId], foreignColumns: [orders.smartAccountId, orders.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    uniqueIndex('order_lines_number').on(t.smartAccountId, t.orderId, t.lineNumber),
    index('order_lines_virtual_account').on(t.smartAccountId, t.virtualAccountId),
    index('order_lines_pid').on(t.smartAccountId, t.pid, t.orderId),
    oneOf('order_lines_status', t.status, orderStatuses),
  ],
)

export const deliveries = pgTable(
  'deliveries',
  {
    smartAccountId: tenant(),
    id: id(),
    orderLineId: ref().notNull(),
    kind: deliveryKind().notNull(),
    deliveredOn: date({ mode: 'string' }),
    reference: text(),
    quantity: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    index('deliveries_order_line').on(t.smartAccountId, t.orderLineId),
  ],
)

/** eDelivery contacts: named on the order, they see it in the User View. */
export const deliveryContacts = pgTable(
  'delivery_contacts',
  {
    smartAccountId: tenant(),
    id: id(),
    orderId: ref().notNull(),
    email: text().notNull(),
    name: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.orderId], foreignColumns: [orders.smartAccountId, orders.id] }),
    uniqueIndex('delivery_contacts_pair').on(t.smartAccountId, t.orderId, t.email),
    index('delivery_contacts_email').on(t.email),
  ],
)

/** Order Based Access: an order, some lines or single assets of it, for one address. */
export const orderShares = pgTable(
  'order_shares',
  {
    smartAccountId: tenant(),
    id: id(),
    orderId: ref().notNull(),
    email: text().notNull(),
    level: shareLevel().notNull(),
    customerOrderNumber: text(),
    note: text().notNull().default(''),
    tokenHash: text(),
    sentBy: ref()
      .notNull()
      .references(() => users.id),
    sentAt: createdAt(),
    expiresAt: instant(),
    revokedAt: instant(),
    revokedBy: ref().references(() => users.id),
    openedAt: instant(),
    downloadedAt: instant(),
    /** Bound to the sign-in of a person with the same address, who reads it in the User View from then on. */
    claimedAt: instant(),
    claimedBy: ref().references(() => users.id),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.orderId], foreignColumns: [orders.smartAccountId, orders.id] }),
    index('order_shares_email').on(t.email),
    index('order_shares_order').on(t.smartAccountId, t.orderId),
    // Not unique: a database that is spread by account cannot promise it, and the hashes of random tokens are.
    index('order_shares_token').on(t.tokenHash),
    index('order_shares_sent_at').on(t.smartAccountId, t.sentAt, t.id),
  ],
)

/** What a share of lines or assets opens: the line, and for assets the device on it. */
export const orderShareItems = pgTable(
  'order_share_items',
  { smartAccountId: tenant(), id: id(), shareId: ref().notNull(), orderLineId: ref().notNull(), deviceId: ref() },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.shareId],
      foreignColumns: [orderShares.smartAccountId, orderShares.id],
    }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    uniqueIndex('order_share_items_once').on(t.smartAccountId, t.shareId, t.orderLineId, t.deviceId),
  ],
)

/** A file that belongs to an order line: certificate, key, software, packing list. */
export const documents = pgTable(
  'documents',
  {
    smartAccountId: tenant(),
    id: id(),
    orderLineId: ref().notNull(),
    kind: documentKind().notNull(),
    title: text().notNull(),
    storageKey: text().notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.orderLineId],
      foreignColumns: [orderLines.smartAccountId, orderLines.id],
    }),
    index('documents_order_line').on(t.smartAccountId, t.orderLineId),
  ],
)

/** General Terms and Offer Descriptions, each version for ever; the one in force on a day is found by date. */
export const legalDocuments = pgTable(
  'legal_documents',
  {
    id: id().primaryKey(),
    kind: legalKind().notNull(),
    title: text().notNull(),
    versionLabel: text().notNull(),
    effectiveFrom: date({ mode: 'string' }).notNull(),
    /** The product family an Offer Description speaks of; null for General Terms. */
    family: text(),
    storageKey: text().notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
  },
  (t) => [index('legal_documents_in_force').on(t.kind, t.family, t.effectiveFrom)],
)
