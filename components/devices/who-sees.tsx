import type { Reasons } from '@/lib/access/reasons'
import { readDate } from '@/lib/table/cells'

/** People with the way by which they see an asset. */
export function WhoSees({ list, isWhole, thing }: Reasons & { thing: string }) {
  return (
    <>
      <ul className="device-list">
        {list.map(({ person, by, through, until, isMe }) => (
          <li key={`${person?.email} ${by} ${through}`}>
            <span>
              <b>{person ? person.name : 'Somebody of another organization'}</b>
              {isMe ? ' (you)' : null}
              {person && person.email !== person.name ? <span className="text-ink-muted"> {person.email}</span> : null}
            </span>
            <span>
              {by} › {through}
            </span>
            <span className="facts-source">{until ? `Until ${readDate(until)}` : 'Without an end date'}</span>
          </li>
        ))}
      </ul>
      {isWhole ? null : (
        <p className="device-note text-ink-muted">
          Others may see this {thing} too. Administrators of the Smart Account see the whole list.
        </p>
      )}
    </>
  )
}
