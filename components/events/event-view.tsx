import { type UndoAction, UndoForm } from '@/components/assignment/undo-form'
import { Section } from '@/components/devices/section'
import { Facts } from '@/components/ui/facts'
import { Icon } from '@/components/ui/icon'
import type { EventDetail } from '@/lib/resources/event-detail'
import { ChangedThings } from './changed-things'
import type { NoteAction } from './note-form'
import { Notes } from './notes'

export type EventLinks = {
  device: (id: number) => string
  /** The page of what the event is about. */
  thing: string | undefined
  /** The log of what the event is about. */
  about: string | undefined
  importRun: string | undefined
  /** The log of the notes on this event. */
  notes: string
  /** A page of the changes. */
  changes: (page: number) => string
}

type Props = {
  detail: EventDetail
  readInstant: (at: Date) => string
  links: EventLinks
  addNote: NoteAction
  /** Of an assignment that the viewer may take back. */
  undo: { action: UndoAction; isUndone: boolean } | null
}

/** Everything about one event; the same in the drawer and on a page of its own. */
export function EventView({ detail, readInstant, links, addNote, undo }: Props) {
  const { sentence, by, onBehalfOf, note, thing, places, changeSet, changes, hash } = detail
  return (
    <div className="device">
      <p className="event-sentence">{sentence}.</p>
      <Section title="Who, when and why">
        <Facts
          items={[
            { label: 'User', value: by },
            ...(onBehalfOf ? [{ label: 'On behalf of', value: onBehalfOf }] : []),
            { label: 'Date', value: <time dateTime={detail.at.toISOString()}>{readInstant(detail.at)}</time> },
            ...(thing ? [{ label: thing.kind, value: <Linked href={links.thing}>{thing.name}</Linked> }] : []),
            { label: 'Virtual Accounts', value: places.length > 0 ? places.join(', ') : 'None in particular' },
            ...(changeSet ? [{ label: 'Reason', value: changeSet.reason }] : []),
            ...(note ? [{ label: 'Note', value: <span className="event-note">{note}</span> }] : []),
          ]}
        />
        <Ways {...links} kind={thing?.kind} />
      </Section>
      {undo ? (
        <Section title="Take it back">
          {undo.isUndone ? <p className="text-ink-muted">This was taken back.</p> : null}
          <UndoForm {...undo} />
        </Section>
      ) : null}
      <Notes detail={detail} readInstant={readInstant} href={links.notes} action={addNote} />
      {changeSet ? (
        <Section
          title={
            changes.total === 1
              ? 'What changed: 1 thing'
              : `What changed: ${changes.total.toLocaleString('en-US')} things`
          }
          note={
            changeSet.undoOf === null
              ? `Change set ${changeSet.id}`
              : `Change set ${changeSet.id}, which takes ${changeSet.undoOf} back`
          }
        >
          <ChangedThings changes={changes} deviceHref={links.device} pageHref={links.changes} />
        </Section>
      ) : null}
      {hash ? (
        <Section title="Place in the chain" note="SHA-256 over this event, its changes and the event before it">
          <p className="identifier event-hash">{hash}</p>
        </Section>
      ) : null}
    </div>
  )
}

function Linked({ href, children }: { href: string | undefined; children: string }) {
  if (!href) return children
  return (
    <a href={href} className="link">
      {children}
    </a>
  )
}

/** Where else this is told of. */
function Ways({ about, importRun, kind }: Pick<EventLinks, 'about' | 'importRun'> & { kind: string | undefined }) {
  if (!(about || importRun)) return null
  return (
    <p className="device-note event-ways">
      {about ? (
        <a href={about} className="link">
          All events of this {kind?.toLowerCase()}
          <Icon name="chevron-right" />
        </a>
      ) : null}
      {importRun ? (
        <a href={importRun} className="link">
          Open the import
          <Icon name="chevron-right" />
        </a>
      ) : null}
    </p>
  )
}
