import 'server-only'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { changeItems, events } from '@/db/schema/changes'
import { users } from '@/db/schema/people'
import { sharesContacts } from '@/lib/access/reason-rows'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { readEventType } from '@/lib/changes/events'
import { readValue } from '@/lib/table/cells'
import type { Resource } from '@/lib/table/resource'
import { readActor } from './actors'
import { type Note, notesOn, readNotes } from './event-notes'

/** What was done to a thing: by whom (as far as the viewer may know), and what it changed. */
export type Happening = {
  seq: number
  at: Date
  what: string
  by: string
  note: string
  notes: Note[]
  changes: Difference[]
}

/** What one column was and is. */
export type Difference = { label: string; before: string | null; after: string | null }

const EVENTS_AT_MOST = 20
/** Notes on each of them; its page has more. */
const NOTES_AT_MOST = 5

/** The newest events of one row of a resource: its own, and those of change sets that it was in. */
export async function historyOf(reader: Reader, viewer: Viewer, resource: Resource, id: number): Promise<Happening[]> {
  // Events call a thing by its noun.
  const subject = resource.noun.one
  const ofThing = and(
    eq(changeItems.smartAccountId, viewer.account.id),
    eq(changeItems.subject, subject),
    eq(changeItems.subjectId, id),
  )
  const [rows, isShared] = await Promise.all([
    reader
      .select({
        seq: events.seq,
        at: events.at,
        type: events.type,
        note: events.note,
        notes: notesOn(viewer, events.seq, NOTES_AT_MOST),
        actorKind: events.actorKind,
        actor: { id: users.id, name: users.name, organisation: users.organisation },
        before: changeItems.before,
        after: changeItems.after,
      })
      .from(events)
      .leftJoin(users, eq(users.id, events.actorUserId))
      .leftJoin(changeItems, and(ofThing, eq(changeItems.changeSetId, events.changeSetId)))
      .where(
        and(
          inScope(viewer, { smartAccountId: events.smartAccountId, virtualAccountId: events.virtualAccountIds }),
          sql`((${events.subject} = ${subject} and ${events.subjectId} = ${id})
            or ${events.changeSetId} in (select ${changeItems.changeSetId} from ${changeItems} where ${ofThing}))`,
        ),
      )
      .orderBy(desc(events.seq))
      .limit(EVENTS_AT_MOST),
    sharesContacts(reader, viewer),
  ])
  return rows.map(({ seq, at, type, note, notes, actorKind, actor, before, after }) => ({
    seq,
    at,
    what: readEventType(type),
    by: readActor(viewer, actorKind, actor, isShared),
    note,
    notes: readNotes(notes, viewer, isShared),
    changes: changesOf(resource, before, after, viewer),
  }))
}

type Values = Record<string, unknown> | null

/** Each changed column in the words of its table. */
export function changesOf(resource: Resource, before: Values, after: Values, viewer: Viewer): Difference[] {
  const columnsInTable: Readonly<Record<string, unknown>> = getTableColumns(resource.table)
  /** The table's column for a name of the database's. */
  const columnOf = (name: string) =>
    Object.values(resource.columns).find(({ column }) => column === columnsInTable[name])
  const read = (name: string, value: unknown) => {
    const column = columnOf(name)
    if (name === 'virtualAccountId') return placeName(value, viewer)
    if (value === null || value === undefined) return null
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return column ? readValue(column, text, viewer) : text
  }
  return Object.keys(after ?? {}).map((name) => ({
    label: columnOf(name)?.label ?? name,
    before: before ? read(name, before[name]) : null,
    after: read(name, after?.[name]),
  }))
}

/** A Virtual Account outside of the viewer's scope has no name for them. */
export function placeName(id: unknown, { virtualAccounts }: Viewer): string {
  if (id === null || id === undefined) return 'No Virtual Account'
  return virtualAccounts.find((va) => va.id === Number(id))?.name ?? 'Another Virtual Account'
}
