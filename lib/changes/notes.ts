import 'server-only'
import { and, eq } from 'drizzle-orm'
import { events } from '@/db/schema/changes'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { NotFound } from '@/lib/errors'
import type { EventType } from './events'
import { write } from './write'

/** What somebody has to say about an event; `key` is the same for each submission of one form. */
export type NoteDraft = { seq: number; text: string; key: string }

const NOTED: EventType = 'events.noted'

/**
 * Whether the viewer may add a note to an event: where a role that adds notes covers a Virtual Account that it touches, or
 * the whole account. A note itself has none.
 */
export const mayNote = (viewer: Viewer, { type, places }: { type: string; places: readonly number[] }): boolean =>
  type !== NOTED && [null, ...places].some((place) => can(viewer, 'events.note', [place]))

/**
 * Adds a note to an event: an event of its own in the same chain, seen by whoever sees the one that it is on, so that
 * nothing that was said is ever changed or taken away. Throws NotFound where there is no such event for the viewer or
 * they may not add to it.
 */
export function addNote(viewer: Viewer, { seq, text, key }: NoteDraft): Promise<{ seq: number }> {
  const idempotency = { key: `note:${key}`, request: { account: viewer.account.id, seq, text } }
  return write(viewer, { permission: 'events.note', idempotency }, async (tx) => {
    const [noted] = await tx
      .select({ type: events.type, places: events.virtualAccountIds })
      .from(events)
      .where(
        and(
          inScope(viewer, { smartAccountId: events.smartAccountId, virtualAccountId: events.virtualAccountIds }),
          eq(events.seq, seq),
        ),
      )
    if (!noted || !mayNote(viewer, noted)) throw new NotFound('There is no such event.')
    const note = { subject: 'event', subjectId: seq, virtualAccountIds: noted.places, detail: {}, note: text }
    return { result: { seq }, events: [{ type: NOTED, ...note }] }
  })
}
