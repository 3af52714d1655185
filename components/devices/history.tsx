import { Icon } from '@/components/ui/icon'
import type { Happening } from '@/lib/resources/history'

const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** What was done to a device or license, the newest first; `href` leads to all of it in the Event Log. */
export function History({ happenings, href }: { happenings: Happening[]; href: string }) {
  if (happenings.length === 0) return <p className="text-ink-muted">Nothing was changed since it came in.</p>
  return (
    <>
      <ul className="device-list">
        {happenings.map(({ seq, at, what, by, note, notes, changes }) => (
          <li key={seq}>
            <span>
              <b>{what}</b> by {by}
            </span>
            <span>
              {changes.map(({ label, before, after }) => (
                <span key={label} className="block">
                  {label}: {before ?? 'nothing'} → {after ?? 'nothing'}
                </span>
              ))}
              {note ? <span className="block">“{note}”</span> : null}
              {notes.map((added) => (
                <span key={added.seq} className="block">
                  “{added.text}” <span className="text-ink-muted">noted by {added.by}</span>
                </span>
              ))}
            </span>
            <time className="facts-source" dateTime={at.toISOString()}>
              {instant.format(at)} UTC
            </time>
          </li>
        ))}
      </ul>
      <p className="device-note">
        <a href={href} className="link">
          See it in the Event Log
          <Icon name="chevron-right" />
        </a>
      </p>
    </>
  )
}
