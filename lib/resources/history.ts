import 'server-only'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { changeItems, events } from '@/db/schema/changes'
import { users } from '@/db/schema/people'
import { mayKnow } from '@/lib/access/contacts'
import { sharesContacts } from '@/lib/access/reason-rows'
import { inEventScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { eventTypes } from '@/lib/changes/events'
import { readValue } from '@/lib/table/cells'
import type { Resource } from '@/lib/table/resource'

/** What was done to a thing: by whom (as far as the viewer may know), and what it changed. */
export type Happening = {
  seq: number
  at: Date
  what: string
  by: string
  note: string
  changes: { label: string; before: string | null; after: string | null }[]
}

const EVENTS_AT_MOST = 20

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
          inEventScope(viewer, events),
          sql`((${events.subject} = ${subject} and ${events.subjectId} = ${id})
            or ${events.changeSetId} in (select ${changeItems.changeSetId} from ${changeItems} where ${ofThing}))`,
        ),
      )
      .orderBy(desc(events.seq))
      .limit(EVENTS_AT_MOST),
    sharesContacts(reader, viewer),
  ])
  return rows.map(({ seq, at, type, note, actorKind, actor, before, after }) => ({
    seq,
    at,
    what: readType(type),
    by:
      actorKind === 'person' && actor
        ? mayKnow(viewer, actor, isShared)
          ? actor.name
          : 'Somebody of another organization'
        : ACTORS[actorKind],
    note,
    changes: changesOf(resource, before, after, viewer),
  }))
}

const ACTORS = {
  person: 'Somebody',
  support: 'Support',
  operator: 'The operator of this installation',
  system: 'License Central',
}

/** An event's words; those of a type that this version does not know are its name, readable. */
function readType(type: string): string {
  const known: Readonly<Record<string, string>> = eventTypes
  return known[type] ?? type.replace(/[._-]+/g, ' ').replace(/^./, (letter) => letter.toUpperCase())
}

type Values = Record<string, unknown> | null

function changesOf(resource: Resource, before: Values, after: Values, viewer: Viewer) {
  const columnsInTable: Readonly<Record<string, unknown>> = getTableColumns(resource.table)
  /** The table's column for a name of the database's. */
  const columnOf = (name: string) =>
    Object.values(resource.columns).find(({ column }) => column === columnsInTable[name])
  const read = (name: string, value: unknown) => {
    const column = columnOf(name)
    if (name === 'virtualAccountId') return placeName(value, viewer)
    if (value === null || value === undefined) return null
    return column ? readValue(column, String(value), viewer) : String(value)
  }
  return Object.keys(after ?? {}).map((name) => ({
    label: columnOf(name)?.label ?? name,
    before: before ? read(name, before[name]) : null,
    after: read(name, after?.[name]),
  }))
}

/** A Virtual Account outside of the viewer's scope has no name for them. */
function placeName(id: unknown, { virtualAccounts }: Viewer): string {
  if (id === null || id === undefined) return 'No Virtual Account'
  return virtualAccounts.find((va) => va.id === Number(id))?.name ?? 'Another Virtual Account'
}
