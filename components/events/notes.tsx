import { Section } from '@/components/devices/section'
import type { EventDetail } from '@/lib/resources/event-detail'
import { type NoteAction, NoteForm } from './note-form'

type Props = {
  detail: EventDetail
  readInstant: (at: Date) => string
  /** The log of the notes on this event. */
  href: string
  action: NoteAction
}

/** What people added to an event, the oldest first, and a form for whoever may add to it. */
export function Notes({ detail: { notes, mayNote, moreNotes }, readInstant, href, action }: Props) {
  if (notes.length === 0 && !mayNote) return null
  return (
    <Section title="Notes" note="Each is an event of its own in the chain">
      {notes.length > 0 ? (
        <ul className="device-list event-notes">
          {notes.map(({ seq, at, by, text }) => (
            <li key={seq}>
              <span className="event-note">{text}</span>
              <span className="text-ink-muted">
                {by}, <time dateTime={at.toISOString()}>{readInstant(at)}</time>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {moreNotes ? (
        <p className="device-note">
          <a href={href} className="link">
            Earlier notes are in the Event Log
          </a>
        </p>
      ) : null}
      {mayNote ? <NoteForm action={action} /> : null}
    </Section>
  )
}
