import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { smartAccounts, virtualAccounts } from './accounts'
import { createdAt, id, instant, ref, tenant } from './columns'
import { role } from './enums'
import { users } from './people'

/** People of an account who get Virtual Account roles together. */
export const userGroups = pgTable(
  'user_groups',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    name: text().notNull(),
    description: text().notNull().default(''),
    createdBy: ref().references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    uniqueIndex('user_groups_name').on(t.smartAccountId, t.name),
  ],
)

export const userGroupMembers = pgTable(
  'user_group_members',
  {
    smartAccountId: tenant(),
    groupId: ref().notNull(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    addedBy: ref().references(() => users.id),
    addedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.groupId, t.userId] }),
    foreignKey({
      columns: [t.smartAccountId, t.groupId],
      foreignColumns: [userGroups.smartAccountId, userGroups.id],
    }).onDelete('cascade'),
    index('user_group_members_user').on(t.userId),
  ],
)

/** A role that every member of a group has in one Virtual Account. */
export const userGroupRoles = pgTable(
  'user_group_roles',
  {
    smartAccountId: tenant(),
    id: id(),
    groupId: ref().notNull(),
    role: role().notNull(),
    virtualAccountId: ref().notNull(),
    includesNested: boolean().notNull().default(false),
    grantedBy: ref().references(() => users.id),
    grantedAt: createdAt(),
    expiresAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.groupId],
      foreignColumns: [userGroups.smartAccountId, userGroups.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }),
    uniqueIndex('user_group_roles_place').on(t.smartAccountId, t.groupId, t.virtualAccountId),
    index('user_group_roles_virtual_account').on(t.smartAccountId, t.virtualAccountId),
    check('user_group_roles_level', sql`role::text like 'va\\_%'`),
  ],
)
