import 'server-only'
import { aliasedTable, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { events } from '@/db/schema/changes'
import { users } from '@/db/schema/people'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import type { actorKinds } from '@/lib/changes/events'
import { type Acting, readActor } from './actors'

/** What somebody added to an event later. */
export type Note = { seq: number; at: Date; by: string; text: string }

const n = aliasedTable(events, 'noted')

/** The newest notes on the event with this number, the oldest of them first, as one text to be read by `readNotes`. */
export const notesOn = (viewer: Viewer, seq: AnyPgColumn, most: number): SQL<string> =>
  sql<string>`(select coalesce(jsonb_agg(to_jsonb(x) order by x.seq), '[]')::text from (
    select ${n.seq} as seq, ${n.at} as at, ${n.note} as text, ${n.actorKind} as kind, (
      select jsonb_build_object('id', ${users.id}, 'name', ${users.name}, 'organisation', ${users.organisation})
      from ${users} where ${users.id} = ${n.actorUserId}) as person
    from ${events} ${n}
    where ${inScope(viewer, { smartAccountId: n.smartAccountId, virtualAccountId: n.virtualAccountIds })}
      and ${n.subject} = 'event' and ${n.subjectId} = ${seq} order by ${n.seq} desc limit ${most}) x)`

type Kept = { seq: number; at: string; text: string; kind: keyof typeof actorKinds; person: Acting | null }

export const readNotes = (text: string, viewer: Viewer, isShared: boolean): Note[] =>
  (JSON.parse(text) as Kept[]).map(({ seq, at, text, kind, person }) => ({
    ...{ seq, text, at: new Date(at) },
    by: readActor(viewer, kind, person, isShared),
  }))
