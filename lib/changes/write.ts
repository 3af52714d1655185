import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Writer, writeAs } from '@/db/client'
import { changeSets, events } from '@/db/schema/changes'
import type { changeKind } from '@/db/schema/enums'
import { idempotencyKeys } from '@/db/schema/people'
import { writeAsUser } from '@/lib/access/database'
import type { Operator } from '@/lib/access/operator'
import { extentOf, type Permission } from '@/lib/access/permissions'
import type { Role } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { Conflict, NotFound } from '@/lib/errors'
import type { ChangeItem, EventDraft } from './events'

/** Who writes: a person in an account, or a command of the operator. */
export type Author = Viewer | Operator

/** A bulk or shared change, as it is kept to be read, explained and undone. */
export type ChangeSetDraft = {
  kind: (typeof changeKind.enumValues)[number]
  reason?: string
  /** The change set that this one takes back. */
  undoOf?: number
  summary: Record<string, unknown>
  /** As a select of (position, subject, subject_id, before, after) where they are too many to be carried around. */
  items: readonly ChangeItem[] | SQL
  /** Called with the id once it is there, still in the transaction. */
  onMade?: (id: number) => Promise<unknown>
}

/** What the log keeps of a change. */
export type Logged = { changeSet?: ChangeSetDraft; events: readonly [EventDraft, ...EventDraft[]] }
export type Change<T> = Logged & {
  result: T
  /** What else the same work did, each with a change set of its own; in another account of the person it is told there. */
  more?: readonly (Logged & { account?: number })[]
}

export type WriteOptions = {
  /** Needed for this write; asked again inside the transaction, with the person's roles held until its end. */
  permission: Permission
  /** For what changes who may do what: one at a time in an account, with the writer's scope asked for when it is their turn. */
  alone?: true
  /** A form sends its key with every submission of the same intent: the second one gets the first one's result. */
  idempotency?: { key: string; request: unknown }
  /** For work that takes longer than a form may; it must keep its statements shorter than this. */
  deadlineMs?: number
  /** For an event that an answer waits for, which only reads else: waits no longer for it than reading may. */
  asReading?: true
}

/**
 * The only transaction that writes: work, its change set, its events, all or nothing. There is no write without an
 * event. Rejects with NotFound when the permission has gone meanwhile, and with Conflict when the same key comes with
 * another request.
 */
export async function write<T>(
  author: Author,
  options: WriteOptions,
  work: (tx: Writer) => Promise<Change<T>>,
): Promise<T> {
  const run = async (tx: Writer): Promise<T> => {
    if (options.alone) await tx.execute(sql`select app.hold_account(${author.account.id})`)
    if (!isOperator(author)) await holdRoles(tx, author, options.permission)
    const earlier = await takeKey<T>(tx, author, options.idempotency)
    if (earlier) return earlier.result
    const { result, more = [], ...logged } = await work(tx)
    await log(tx, author, author.account.id, logged)
    for (const { account = author.account.id, ...one } of more) await log(tx, author, account, one)
    await keepResult(tx, author, options.idempotency, result)
    return result
  }
  if (isOperator(author)) return writeAs(author.client, { userId: null, now: now() }, run)
  return writeAsUser(author, run, options)
}

const isOperator = (author: Author): author is Operator => 'client' in author
const actorOf = (author: Author) =>
  isOperator(author)
    ? { actorKind: 'operator' as const, actorUserId: null }
    : { actorKind: author.support.length > 0 ? ('support' as const) : ('person' as const), actorUserId: author.id }

/** What support leaves an event of its own for: the pages that it sees, and what it takes along. */
const SUPPORT_MAY: readonly Permission[] = ['assets.see', 'documents.download', 'export']

/** A role that is being taken away waits for this transaction, or this one for it and then finds it gone. */
async function holdRoles(tx: Writer, { account, support }: Viewer, permission: Permission): Promise<void> {
  const held = (await tx.execute(sql`select role from app.hold_roles(${account.id})`)) as unknown as { role: Role }[]
  const isAllowed =
    held.some(({ role }) => extentOf(permission, role)) || (support.length > 0 && SUPPORT_MAY.includes(permission))
  if (!isAllowed) throw new NotFound('The permission for this is gone.')
}

async function takeKey<T>(
  tx: Writer,
  author: Author,
  idempotency: WriteOptions['idempotency'],
): Promise<{ result: T } | null> {
  if (!idempotency || isOperator(author)) return null
  const requestHash = createHash('sha256').update(JSON.stringify(idempotency.request)).digest('hex')
  const mine = { userId: author.id, key: idempotency.key }
  const taken = await tx
    .insert(idempotencyKeys)
    .values({ ...mine, requestHash })
    .onConflictDoNothing()
    .returning()
  if (taken.length > 0) return null
  const [kept] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.userId, mine.userId), eq(idempotencyKeys.key, mine.key)))
  if (kept?.requestHash !== requestHash)
    throw new Conflict('This form was already sent with other content. Reload the page and try again.')
  return { result: kept.result as T }
}

async function keepResult(
  tx: Writer,
  author: Author,
  idempotency: WriteOptions['idempotency'],
  result: unknown,
): Promise<void> {
  if (!idempotency || isOperator(author)) return
  await tx
    .update(idempotencyKeys)
    .set({ result })
    .where(and(eq(idempotencyKeys.userId, author.id), eq(idempotencyKeys.key, idempotency.key)))
}

async function log(tx: Writer, author: Author, account: number, { changeSet, events: drafts }: Logged): Promise<void> {
  const changeSetId = changeSet ? await insertChangeSet(tx, author, account, changeSet) : null
  for (const draft of drafts) await insertEvent(tx, author, account, draft, changeSetId)
}

/** Items go in as one statement, however many they are; the event's trigger takes their digest. */
async function insertChangeSet(
  tx: Writer,
  author: Author,
  smartAccountId: number,
  { items, onMade, ...draft }: ChangeSetDraft,
): Promise<number> {
  const [made] = await tx
    .insert(changeSets)
    .values({ smartAccountId, ...actorOf(author), ...draft })
    .returning({ id: changeSets.id })
  const id = made?.id ?? 0
  await tx.execute(sql`
    insert into change_items (smart_account_id, change_set_id, position, subject, subject_id, before, after)
    select ${smartAccountId}::bigint, ${id}::bigint, i.position, i.subject, i.subject_id, i.before, i.after
    from (${Array.isArray(items) ? selectOf(items) : items}) i`)
  await onMade?.(id)
  return id
}

const selectOf = (items: readonly ChangeItem[]): SQL => sql`
  select i.ordinality as position, i.item->>'subject' as subject, (i.item->>'subjectId')::bigint as subject_id,
    nullif(i.item->'before', 'null') as before, i.item->'after' as after
  from jsonb_array_elements(${JSON.stringify(items)}::jsonb) with ordinality i (item, ordinality)`

const insertEvent = (
  tx: Writer,
  author: Author,
  smartAccountId: number,
  draft: EventDraft,
  changeSetId: number | null,
) =>
  tx.insert(events).values({
    smartAccountId,
    at: now(),
    ...actorOf(author),
    changeSetId,
    ...draft,
    virtualAccountIds: [...draft.virtualAccountIds],
  })
