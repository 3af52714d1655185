import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { changeSets, events as e, importRuns, changeItems as item } from '@/db/schema/changes'
import { contractLines, subscriptionLines } from '@/db/schema/contracts'
import { devices as d } from '@/db/schema/devices'
import { licenses as l } from '@/db/schema/licenses'
import { accountLifecycles } from '@/db/schema/products'
import { asUser } from '@/lib/access/database'
import { sharesContacts } from '@/lib/access/reason-rows'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { readEventType, readSubject } from '@/lib/changes/events'
import { mayNote } from '@/lib/changes/notes'
import { today } from '@/lib/clock'
import { type Neighbours, neighbours } from '@/lib/table/neighbours'
import type { TableQuery } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { devices } from './devices'
import { type Note, notesOn, readNotes } from './event-notes'
import { eventScope, seesImports, thingName } from './event-things'
import { actorShown, events, factsShown, readShownActor, readShownEvent } from './events'
import { changesOf, type Difference, placeName } from './history'
import { licenses } from './licenses'

/** Changes on a page. */
export const ITEMS_AT_MOST = 50
const NOTES_AT_MOST = 100

export type Changed = {
  position: number
  /** `Device`, `License` … */
  kind: string
  name: string | null
  /** Of a device, to lead to its page. */
  deviceId: number | null
  isNew: boolean
  differences: Difference[]
}

export type EventDetail = {
  seq: number
  title: string
  sentence: string
  at: Date
  by: string
  onBehalfOf: string | null
  /** What was said with it, and what was added later. */
  note: string
  notes: Note[]
  moreNotes: boolean
  mayNote: boolean
  subject: string
  subjectId: number | null
  /** What the event is about, where the viewer sees it. */
  thing: { kind: string; name: string } | null
  places: string[]
  changeSet: { id: number; reason: string; undoOf: number | null } | null
  changes: { rows: Changed[]; total: number; page: number; pages: number }
  /** The import that it tells of, for those who import. */
  importRun: number | null
  /** By which the next event holds on to this one; for those who see the whole account. */
  hash: string | null
  neighbours: Neighbours
}

/**
 * One event with a page of what its change set changed, as far as the viewer sees the things changed, and its place in
 * the list of `query`; null where it does not exist for the viewer.
 */
export function loadEvent(viewer: Viewer, seq: number, query: TableQuery, page: number): Promise<EventDetail | null> {
  return asUser(viewer, async (reader) => {
    const [[row], isShared, beside] = await Promise.all([
      eventRow(reader, viewer, seq),
      sharesContacts(reader, viewer),
      neighbours(reader, events, viewer, query, today(), seq),
    ])
    if (!row) return null
    const { event, actor, facts, thing, importRun, reason, undoOf, notes } = row
    const said = readNotes(notes, viewer, isShared)
    const changes = await changedIn(reader, viewer, event.changeSetId, page)
    return {
      seq,
      title: readEventType(event.type),
      sentence: readShownEvent(facts, viewer),
      at: event.at,
      by: readShownActor(actor, viewer),
      onBehalfOf: event.onBehalfOf,
      note: event.note,
      notes: said.slice(-NOTES_AT_MOST),
      moreNotes: said.length > NOTES_AT_MOST,
      mayNote: mayNote(viewer, { type: event.type, places: event.virtualAccountIds }),
      subject: event.subject,
      subjectId: event.subjectId,
      thing: thing === null ? null : { kind: readSubject(event.subject), name: thing },
      places: [...new Set(event.virtualAccountIds.map((id) => placeName(id, viewer)))],
      changeSet: event.changeSetId === null ? null : { id: event.changeSetId, reason: reason ?? '', undoOf },
      changes,
      importRun,
      hash: viewer.scope.kind === 'account' && event.hash ? event.hash.toString('hex') : null,
      neighbours: beside,
    }
  })
}

const eventRow = (reader: Reader, viewer: Viewer, seq: number) =>
  reader
    .select({
      event: e,
      actor: sql<string>`${actorShown(viewer)}`,
      facts: sql<string>`${factsShown(viewer)}`,
      thing: sql<string | null>`${thingName(viewer, sql`${e.subject}`, sql`${e.subjectId}`)}`,
      importRun: sql<
        number | null
      >`(select ${importRuns.id} from ${importRuns} where ${importRuns.smartAccountId} = ${viewer.account.id}
        and ${seesImports(viewer)} and (${importRuns.changeSetId} = ${e.changeSetId} or ${e.subject} = 'import' and ${importRuns.id} = ${e.subjectId}) limit 1)`,
      reason: changeSets.reason,
      undoOf: changeSets.undoOf,
      notes: notesOn(viewer, e.seq, NOTES_AT_MOST + 1),
    })
    .from(e)
    .leftJoin(changeSets, and(eq(changeSets.smartAccountId, e.smartAccountId), eq(changeSets.id, e.changeSetId)))
    .where(and(eventScope(viewer), eq(e.seq, seq)))

/** Whose words a thing's columns go by; lifecycle dates are those of devices. */
const tableOf = (subject: string): Resource => (subject === 'license' ? licenses : devices)

/** Who does not see the whole account sees what was done to things that are theirs now. */
function seesItem(viewer: Viewer): SQL | undefined {
  if (viewer.scope.kind === 'account') return undefined
  const each = Object.entries({
    device: d,
    license: l,
    contract_line: contractLines,
    subscription_line: subscriptionLines,
  }).map(
    ([subject, table]) =>
      sql`(${item.subject} = ${subject} and ${item.subjectId} in (select ${table.id} from ${table} where ${inScope(viewer, table)}))`,
  )
  return sql`(${sql.join(each, sql` or `)})`
}

async function changedIn(
  reader: Reader,
  viewer: Viewer,
  changeSetId: number | null,
  page: number,
): Promise<EventDetail['changes']> {
  if (changeSetId === null) return { rows: [], total: 0, page: 1, pages: 1 }
  const mine = and(eq(item.smartAccountId, viewer.account.id), eq(item.changeSetId, changeSetId), seesItem(viewer))
  const lifecycle = sql`select ${accountLifecycles.pid} from ${accountLifecycles}
    where ${accountLifecycles.smartAccountId} = ${viewer.account.id} and ${accountLifecycles.id} = ${item.subjectId}`
  const [[counted], rows] = await Promise.all([
    reader.select({ n: sql<number>`count(*)::int` }).from(item).where(mine),
    reader
      .select({
        item,
        name: sql<string | null>`case when ${item.subject} = 'lifecycle' then (${lifecycle})
          else ${thingName(viewer, sql`${item.subject}`, sql`${item.subjectId}`)} end`,
      })
      .from(item)
      .where(mine)
      .orderBy(item.position)
      .limit(ITEMS_AT_MOST)
      .offset((page - 1) * ITEMS_AT_MOST),
  ])
  const total = counted?.n ?? 0
  return {
    rows: rows.map(({ item: { position, subject, subjectId, before, after }, name }) => ({
      position,
      kind: readSubject(subject),
      name,
      deviceId: subject === 'device' && name !== null ? subjectId : null,
      isNew: before === null,
      differences: changesOf(tableOf(subject), before, after, viewer),
    })),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / ITEMS_AT_MOST)),
  }
}
