import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { importRuns } from './changes'
import { oneOf, ref, tenant } from './columns'

export const importActions = ['add', 'change', 'reject'] as const

/** What a file said, row by row, from its preview until it is applied, for 24 hours at most. */
export const importRows = pgTable(
  'import_rows',
  {
    smartAccountId: tenant(),
    importRunId: ref().notNull(),
    /** Of the file, from 1: the header is line 1. */
    line: integer().notNull(),
    /** What the row is about: instance number or PID. */
    key: text(),
    /** The values given, by column; an empty cell is not there. */
    data: jsonb().notNull().$type<Record<string, unknown>>(),
    /** Why the row cannot be used. */
    problem: text(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.importRunId, t.line] }),
    foreignKey({
      columns: [t.smartAccountId, t.importRunId],
      foreignColumns: [importRuns.smartAccountId, importRuns.id],
    }),
    index('import_rows_key').on(t.smartAccountId, t.importRunId, t.key),
  ],
)

/** What the rows would do: the plan that was shown, compared with a new one before it is applied. */
export const importPlan = pgTable(
  'import_plan',
  {
    smartAccountId: tenant(),
    importRunId: ref().notNull(),
    position: integer().notNull(),
    line: integer().notNull(),
    key: text(),
    action: text({ enum: importActions }).notNull(),
    subject: text().notNull(),
    /** Null for what is new, until it is applied. */
    subjectId: ref(),
    problem: text(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.importRunId, t.position] }),
    foreignKey({
      columns: [t.smartAccountId, t.importRunId],
      foreignColumns: [importRuns.smartAccountId, importRuns.id],
    }),
    index('import_plan_action').on(t.smartAccountId, t.importRunId, t.action, t.position),
    index('import_plan_key').on(t.smartAccountId, t.importRunId, t.key),
    oneOf('import_plan_action', t.action, importActions),
  ],
)
