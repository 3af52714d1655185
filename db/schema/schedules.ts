import { sql } from 'drizzle-orm'
import { boolean, check, date, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt, ref, tenant } from './columns'
import { savedViews, users } from './people'

/** A saved view that somebody sends by mail, to themselves and to others by their ids. */
export const viewSchedules = pgTable(
  'view_schedules',
  {
    smartAccountId: tenant(),
    viewId: ref().notNull(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    frequency: text().notNull().$type<'weekly' | 'monthly'>(),
    recipients: ref().array().notNull(),
    skipsEmpty: boolean().notNull(),
    /** The next day on which it goes out. */
    nextOn: date().notNull(),
    /** Why it rests; '' while it does not. */
    paused: text().notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.viewId, t.userId] }),
    foreignKey({
      columns: [t.smartAccountId, t.viewId],
      foreignColumns: [savedViews.smartAccountId, savedViews.id],
    }).onDelete('cascade'),
    index('view_schedules_due').on(t.nextOn),
    check('view_schedules_frequency', sql`${t.frequency} in ('weekly', 'monthly')`),
  ],
)
