import type { Happening } from '@/lib/resources/history'

const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** What was done to a device or license, the newest first. */
export function History({ happenings }: { happenings: Happening[] }) {
  if (happenings.length === 0) return <p className="text-ink-muted">Nothing was changed since it came in.</p>
  return (
    <ul className="device-list">
      {happenings.map(({ seq, at, what, by, note, changes }) => (
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
          </span>
          <time className="facts-source" dateTime={at.toISOString()}>
            {instant.format(at)} UTC
          </time>
        </li>
      ))}
    </ul>
  )
}
