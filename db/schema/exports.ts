import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { smartAccounts } from './accounts'
import { instant, oneOf, ref, tenant } from './columns'
import { users } from './people'

export const exportFormats = ['csv', 'xlsx', 'jsonl'] as const
export const exportStatuses = ['waiting', 'running', 'finished', 'cancelled', 'failed'] as const

/** Exports that are made as jobs: what was asked for, how far it is, and where its file is. */
export const exports = pgTable(
  'exports',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: uuid().notNull().default(sql`gen_random_uuid()`),
    userId: ref()
      .notNull()
      .references(() => users.id),
    tab: text().notNull(),
    /** The parameters of the list's address, and the columns at that moment. */
    search: text().notNull(),
    format: text({ enum: exportFormats }).notNull(),
    columns: text().array().notNull(),
    fileName: text().notNull(),
    /** The filters in words. */
    filters: text().notNull(),
    /** The Virtual Accounts that its rows may be of; null for the whole account. Set by the run. */
    scopeIds: bigint({ mode: 'number' }).array(),
    status: text({ enum: exportStatuses }).notNull().default('waiting'),
    /** Null where nobody counted them: of a search that finds very many. */
    rowsExpected: bigint({ mode: 'number' }),
    rowsWritten: bigint({ mode: 'number' }).notNull().default(0),
    bytes: bigint({ mode: 'number' }),
    /** The run that writes it, and when that last told of itself. */
    run: uuid(),
    toldAt: instant(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    index('exports_user').on(t.smartAccountId, t.userId, t.createdAt),
    oneOf('exports_format', t.format, exportFormats),
    oneOf('exports_status', t.status, exportStatuses),
  ],
)
