import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { changeSets, importRuns } from './changes'
import { createdAt, id, instant, oneOf, ref, tenant } from './columns'
import { differenceStates } from './enums'
import { users } from './people'

export const importActions = ['add', 'change', 'differ', 'reject'] as const

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
    /** Of what differs: the column that speaks for it. */
    field: text(),
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

/**
 * What two sources say differently of one thing: the value that is there, and the one that came in and was not written.
 * Facts that only make sense together (contract, service level, dates of a coverage) are one difference.
 */
export const differences = pgTable(
  'differences',
  {
    smartAccountId: tenant(),
    id: id(),
    subject: text().notNull(),
    subjectId: ref().notNull(),
    /** The fact, by the column that speaks for it. */
    field: text().notNull(),
    currentValue: jsonb().notNull().$type<Record<string, unknown>>(),
    currentSource: text().notNull(),
    currentAsOf: instant().notNull(),
    incomingValue: jsonb().notNull().$type<Record<string, unknown>>(),
    incomingSource: text().notNull(),
    incomingAsOf: instant().notNull(),
    importRunId: ref().notNull(),
    line: integer().notNull(),
    state: text({ enum: differenceStates }).notNull().default('open'),
    /** The value that a person decided against: no import writes it or asks about it again. */
    refused: jsonb().$type<Record<string, unknown>>(),
    decidedBy: ref().references(() => users.id),
    decidedAt: instant(),
    changeSetId: ref(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.importRunId],
      foreignColumns: [importRuns.smartAccountId, importRuns.id],
    }),
    foreignKey({
      columns: [t.smartAccountId, t.changeSetId],
      foreignColumns: [changeSets.smartAccountId, changeSets.id],
    }),
    uniqueIndex('differences_open')
      .on(t.smartAccountId, t.subject, t.subjectId, t.field, t.incomingSource)
      .where(sql`state = 'open'`),
    index('differences_state').on(t.smartAccountId, t.state, t.id),
    index('differences_subject').on(t.smartAccountId, t.subject, t.subjectId, t.field),
    oneOf('differences_state_known', t.state, differenceStates),
  ],
)
