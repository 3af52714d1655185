import { sql } from 'drizzle-orm'
import { boolean, check, date, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, ref, tenant } from './columns'
import { accessLevel, role, smartAccountStatus, smartAccountType } from './enums'
import { users } from './people'

export const smartAccounts = pgTable(
  'smart_accounts',
  {
    id: id().primaryKey(),
    /** Domain identifier: the public key of an account, as in `corp.example`. */
    domain: text().notNull(),
    name: text().notNull(),
    type: smartAccountType().notNull().default('CUSTOMER'),
    status: smartAccountStatus().notNull().default('ACTIVE'),
    /** The calendar day that statuses in this account were last derived for. See app.turn_day(). */
    day: date({ mode: 'string' }).notNull(),
    /** Whether third parties may see the administrators' names and addresses. */
    sharesAdminContacts: boolean().notNull().default(false),
    /** Whether Virtual Account Administrators may assign Virtual Account roles in their own. */
    virtualAdminsManageUsers: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('smart_accounts_domain').on(t.domain)],
)

export const virtualAccounts = pgTable(
  'virtual_accounts',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    parentId: ref(),
    name: text().notNull(),
    description: text().notNull().default(''),
    accessLevel: accessLevel().notNull().default('unrestricted'),
    isDefault: boolean().notNull().default(false),
    preferredEndDate: date({ mode: 'string' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.parentId], foreignColumns: [t.smartAccountId, t.id] }),
    uniqueIndex('virtual_accounts_name').on(t.smartAccountId, t.name),
    uniqueIndex('virtual_accounts_default').on(t.smartAccountId).where(sql`is_default`),
    index('virtual_accounts_parent').on(t.smartAccountId, t.parentId),
  ],
)

export const virtualAccountTags = pgTable(
  'virtual_account_tags',
  {
    smartAccountId: tenant(),
    virtualAccountId: ref().notNull(),
    name: text().notNull(),
    value: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.virtualAccountId, t.name] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }).onDelete('cascade'),
  ],
)

/** A role of a person: over the Smart Account (no Virtual Account) or over one Virtual Account. */
export const roleAssignments = pgTable(
  'role_assignments',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    role: role().notNull(),
    virtualAccountId: ref(),
    /** Whether a Virtual Account role reaches the accounts nested within it. */
    includesNested: boolean().notNull().default(false),
    purpose: text().notNull().default(''),
    grantedBy: ref().references(() => users.id),
    grantedAt: createdAt(),
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    index('role_assignments_user').on(t.userId),
    index('role_assignments_virtual_account').on(t.smartAccountId, t.virtualAccountId),
    check('role_assignments_level', sql`(role::text like 'va\\_%') = (virtual_account_id is not null)`),
  ],
)

/** Read-only access of internal support to an account: only with a reason and an end. */
export const supportAccess = pgTable(
  'support_access',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    reason: text().notNull(),
    startsAt: createdAt(),
    endsAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.id] }), index('support_access_user').on(t.userId)],
)
