import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { smartAccounts } from './accounts'
import { createdAt, ref, tenant } from './columns'
import { users } from './people'

/**
 * Rows of a list that a person chose for an action, on the way to its page; kept for 24 hours. The ids named, or with
 * `isAll` every row that the list's parameters find but those.
 */
export const rowSelections = pgTable(
  'row_selections',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: uuid().notNull().default(sql`gen_random_uuid()`),
    userId: ref()
      .notNull()
      .references(() => users.id),
    /** The tab of the list, such as `devices`. */
    tab: text().notNull(),
    /** The list's parameters, as in its address. */
    search: text().notNull(),
    isAll: boolean().notNull(),
    ids: ref().array().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.id] }), index('row_selections_user').on(t.userId, t.createdAt)],
)
