import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { smartAccounts } from './accounts'
import { createdAt, id, instant, oneOf, ref } from './columns'
import { requestStates, role } from './enums'
import { users } from './people'

/** Somebody asks for access to the account of a domain; without an account where no account has it. */
export const accessRequests = pgTable(
  'access_requests',
  {
    id: id().primaryKey(),
    smartAccountId: ref().references(() => smartAccounts.id),
    domain: text().notNull(),
    userId: ref()
      .notNull()
      .references(() => users.id),
    role: role().notNull(),
    /** The names of Virtual Accounts as they were written; '' = the whole account. */
    places: text().notNull().default(''),
    /** Those that the names are of. */
    virtualAccountIds: bigint({ mode: 'number' }).array().notNull().default(sql`'{}'`),
    reason: text().notNull(),
    /** Of the form that it was sent with: sent twice it is one. */
    formKey: text().notNull(),
    state: text({ enum: requestStates }).notNull().default('pending'),
    requestedAt: createdAt(),
    decidedAt: instant(),
    decidedBy: ref().references(() => users.id),
    /** What the approver said. */
    answer: text().notNull().default(''),
  },
  (t) => [
    uniqueIndex('access_requests_form').on(t.userId, t.formKey),
    uniqueIndex('access_requests_pending').on(t.userId, t.domain).where(sql`state = 'pending'`),
    index('access_requests_account').on(t.smartAccountId, t.state),
    oneOf('access_requests_state', t.state, requestStates),
  ],
)
