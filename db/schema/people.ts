import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, ref, tenant } from './columns'

/** A person. Not a tenant's row: one person may act in many Smart Accounts. */
export const users = pgTable(
  'users',
  {
    id: id().primaryKey(),
    /** Lower case, NFKC; the address is the sign-in name. */
    email: text().notNull(),
    name: text().notNull(),
    /** The organisation is the domain of the address. */
    organisation: text().notNull(),
    passwordHash: text(),
    isSupport: boolean().notNull().default(false),
    isDemo: boolean().notNull().default(false),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
)

/** A subject at an OpenID Connect provider, bound to a person once and for ever. */
export const userIdentities = pgTable(
  'user_identities',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('user_identities_user').on(t.userId)],
)

/** A sign-in. Ending the row ends it on the very next request. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    userId: ref()
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
    userAgent: text(),
  },
  (t) => [index('sessions_user').on(t.userId)],
)

/**
 * How many transactions of a person were committed: a replica whose count is the same shows all that they wrote. Without a
 * reference to the person, because a database that is spread over machines keeps it on one of them.
 */
export const personWrites = pgTable('person_writes', {
  userId: bigint({ mode: 'number' }).primaryKey(),
  writes: bigint({ mode: 'number' }).notNull(),
})

/** Counts of attempts in a window, by a key such as `sign-in:person@example`. */
export const rateLimits = pgTable(
  'rate_limits',
  { key: text().notNull(), windowStart: instant().notNull(), attempts: integer().notNull() },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] })],
)

/** How one person laid out one table: order, visibility and pins of columns, density. */
export const tableLayouts = pgTable(
  'table_layouts',
  {
    userId: ref()
      .notNull()
      .references(() => users.id),
    resource: text().notNull(),
    layout: jsonb().notNull().$type<unknown>(),
    updatedAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.resource] })],
)

/** A named state of a table (filters, columns, sort), private or shared in the account. */
export const savedViews = pgTable(
  'saved_views',
  {
    smartAccountId: tenant(),
    id: id(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    resource: text().notNull(),
    name: text().notNull(),
    query: jsonb().notNull().$type<Record<string, string[]>>(),
    layout: jsonb().$type<unknown>(),
    isShared: boolean().notNull().default(false),
    isDefault: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    uniqueIndex('saved_views_name').on(t.smartAccountId, t.userId, t.resource, t.name),
    index('saved_views_resource').on(t.smartAccountId, t.resource),
  ],
)

/** First row of any write that a form may send twice: the second finds the first one's answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: bigint({ mode: 'number' }).notNull(),
    key: text().notNull(),
    requestHash: text().notNull(),
    result: jsonb().$type<unknown>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
)
