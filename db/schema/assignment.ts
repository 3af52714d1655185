import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { smartAccounts, virtualAccounts } from './accounts'
import { createdAt, id, oneOf, ref, tenant } from './columns'
import { users } from './people'

/** What is in a Virtual Account, as plans and the Event Log call it. */
export const assignedSubjects = [
  'device',
  'license',
  'contract_line',
  'subscription_line',
  'order_line',
  'pak',
] as const

/**
 * Why a row of a plan stays where it is: it is there already; its Virtual Account is not the person's to assign from;
 * nothing of the license is owned; all of it is reserved; what keeps its order from being assigned.
 */
export const stayReasons = [
  'here',
  'foreign',
  'none',
  'held',
  'stocking',
  'enterprise_agreement',
  'past_booked',
] as const

export const ruleFields = ['country', 'site', 'family', 'order', 'customer_order'] as const

/** Where a plan came from; `rule` and `order` by their ids. */
export type PlanOrigin = { kind: 'rows' | 'file' | 'rule' | 'shortage' | 'misplaced' | 'order'; id?: number }

/** A person's plan of an assignment, from its review until it is carried out, for 24 hours; then its notice as long. */
export const assignmentPlans = pgTable(
  'assignment_plans',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    origin: jsonb().notNull().$type<PlanOrigin>(),
    /** What was given and could not be planned, one sentence each. */
    problems: jsonb().notNull().default([]).$type<string[]>(),
    createdAt: createdAt(),
    /** Once it was carried out. */
    changeSetId: ref(),
  },
  (t) => [primaryKey({ columns: [t.smartAccountId, t.id] }), index('assignment_plans_user').on(t.userId, t.createdAt)],
)

/** One thing of a plan, as it was when it was reviewed. */
export const assignmentItems = pgTable(
  'assignment_items',
  {
    smartAccountId: tenant(),
    planId: ref().notNull(),
    userId: ref().notNull(),
    position: integer().notNull(),
    subject: text({ enum: assignedSubjects }).notNull(),
    subjectId: ref().notNull(),
    /** Not chosen itself: it goes with what it is part of, or covers. */
    follows: boolean().notNull().default(false),
    fromId: ref(),
    toId: ref().notNull(),
    /** Of a license: how many. */
    quantity: integer(),
    version: integer(),
    stays: text({ enum: stayReasons }),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.planId, t.position] }),
    foreignKey({
      columns: [t.smartAccountId, t.planId],
      foreignColumns: [assignmentPlans.smartAccountId, assignmentPlans.id],
    }).onDelete('cascade'),
    oneOf('assignment_items_subject', t.subject, assignedSubjects),
    oneOf('assignment_items_stays', t.stays, stayReasons),
  ],
)

/** A rule of the account: what is in no Virtual Account or in DEFAULT and has this value belongs in that Virtual Account. */
export const assignmentRules = pgTable(
  'assignment_rules',
  {
    smartAccountId: tenant(),
    id: id(),
    field: text({ enum: ruleFields }).notNull(),
    value: text().notNull(),
    virtualAccountId: ref().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.virtualAccountId],
      foreignColumns: [virtualAccounts.smartAccountId, virtualAccounts.id],
    }).onDelete('cascade'),
    uniqueIndex('assignment_rules_once').on(t.smartAccountId, t.field, t.value),
    oneOf('assignment_rules_field', t.field, ruleFields),
  ],
)
