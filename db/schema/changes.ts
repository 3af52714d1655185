import { sql } from 'drizzle-orm'
import {
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { smartAccounts } from './accounts'
import { createdAt, id, instant, oneOf, ref, tenant } from './columns'
import { actorKind, changeKind, importFormat, mailStates } from './enums'
import { users } from './people'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** One bulk or shared change: planned and applied by the same code, undone as a whole. */
export const changeSets = pgTable(
  'change_sets',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    kind: changeKind().notNull(),
    actorKind: actorKind().notNull(),
    actorUserId: ref().references(() => users.id),
    reason: text().notNull().default(''),
    summary: jsonb().notNull().$type<Record<string, unknown>>(),
    undoOf: ref(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({ columns: [t.smartAccountId, t.undoOf], foreignColumns: [t.smartAccountId, t.id] }),
  ],
)

/** One thing that a change set changed. `before` and `after` hold the changed columns only; before is null for a new thing. */
export const changeItems = pgTable(
  'change_items',
  {
    smartAccountId: tenant(),
    changeSetId: ref().notNull(),
    position: integer().notNull(),
    subject: text().notNull(),
    subjectId: ref().notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.changeSetId, t.position] }),
    foreignKey({
      columns: [t.smartAccountId, t.changeSetId],
      foreignColumns: [changeSets.smartAccountId, changeSets.id],
    }),
    index('change_items_subject').on(t.smartAccountId, t.subject, t.subjectId),
  ],
)

/**
 * The Event Log: append-only by privilege and trigger. `seq`, `itemsDigest`, `previousHash` and `hash`
 * are set by a trigger (app.chain_event); details hold ids, never names or addresses.
 */
export const events = pgTable(
  'events',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    seq: ref().notNull().default(0),
    at: createdAt(),
    type: text().notNull(),
    actorKind: actorKind().notNull(),
    actorUserId: ref().references(() => users.id),
    /** The organisation a partner or support acted for; null when acting for oneself. */
    onBehalfOf: text(),
    changeSetId: ref(),
    subject: text().notNull(),
    subjectId: ref(),
    /** The Virtual Accounts touched: people of those see the event. */
    virtualAccountIds: ref().array().notNull(),
    detail: jsonb().notNull().$type<Record<string, unknown>>(),
    note: text().notNull().default(''),
    itemsDigest: bytea(),
    previousHash: bytea(),
    hash: bytea(),
    /** The calendar day in UTC. */
    day: date({ mode: 'string' }).notNull().generatedAlwaysAs(sql`(at at time zone 'UTC')::date`),
    /** Who acted, as one text to filter by: the id of a person, else the kind of actor. */
    actor: text()
      .notNull()
      .generatedAlwaysAs(
        sql`case when actor_kind = 'person' then coalesce(actor_user_id::text, 'person') when actor_kind = 'support' then 'support' when actor_kind = 'operator' then 'operator' else 'system' end`,
      ),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.seq] }),
    foreignKey({
      columns: [t.smartAccountId, t.changeSetId],
      foreignColumns: [changeSets.smartAccountId, changeSets.id],
    }),
    index('events_day').on(t.smartAccountId, t.day, t.at, t.seq),
    index('events_type').on(t.smartAccountId, t.type, t.seq),
    index('events_subject').on(t.smartAccountId, t.subject, t.subjectId, t.seq),
    index('events_actor').on(t.smartAccountId, t.actor, t.seq),
    index('events_change_set').on(t.smartAccountId, t.changeSetId),
    index('events_note').on(t.smartAccountId, t.seq).where(sql`note <> ''`),
  ],
)

/** What has to leave the house (mail, later webhooks), written in the transaction of the change; lib/mail sends it. */
export const outbox = pgTable(
  'outbox',
  {
    smartAccountId: tenant(),
    id: id(),
    kind: text().notNull(),
    recipient: text().notNull(),
    payload: jsonb().notNull().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: createdAt(),
    sentAt: instant(),
    state: text({ enum: mailStates }).notNull().default('waiting'),
    /** What the mail is about, as the Event Log calls it, and its id. */
    about: text().notNull().default(''),
    aboutId: ref(),
    /** After it the mail is of no use, and is not sent. */
    usefulUntil: instant(),
    /** The attempt that a worker is making; whoever does not hold it may not go on. */
    claim: uuid(),
    claimedAt: instant(),
    /** Set right before the last line of the mail goes out: from then on it may have been taken. */
    handedAt: instant(),
    problem: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    oneOf('outbox_state', t.state, mailStates),
    index('outbox_due').on(t.nextAttemptAt).where(sql`state in ('waiting', 'sending')`),
    index('outbox_about').on(t.smartAccountId, t.about, t.aboutId),
  ],
)

/** Which of a file's columns were used, as what, and which were not. */
export type FileReading = { used: { header: string; label: string }[]; unused: string[]; delimiter: string }

/** One run of an import, a dry run too: what came in, what it would do or did, what was wrong with it. */
export const importRuns = pgTable(
  'import_runs',
  {
    smartAccountId: tenant().references(() => smartAccounts.id),
    id: id(),
    format: importFormat().notNull(),
    fileName: text().notNull(),
    fileSha256: text().notNull(),
    actorUserId: ref().references(() => users.id),
    startedAt: createdAt(),
    appliedAt: instant(),
    changeSetId: ref(),
    added: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    /** Facts that a more trusted source says otherwise: for the reconciliation inbox. */
    differing: integer().notNull().default(0),
    /** How the file was read, for the page of the run. */
    reading: jsonb().$type<FileReading>(),
  },
  (t) => [
    primaryKey({ columns: [t.smartAccountId, t.id] }),
    foreignKey({
      columns: [t.smartAccountId, t.changeSetId],
      foreignColumns: [changeSets.smartAccountId, changeSets.id],
    }),
    index('import_runs_started_at').on(t.smartAccountId, t.startedAt),
  ],
)
