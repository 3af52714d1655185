import type { Way } from '@/lib/sharing/ways'

/** Why the reader sees something of an order: by whom, since when and until when. */
export function Ways({ ways }: { ways: Way[] }) {
  return (
    <ul className="device-list">
      {ways.map(({ by, opens, sender, sentOn, until, note }) => (
        <li key={`${by} ${opens} ${sentOn} ${until} ${note}`}>
          <span>
            <b>{by}</b>: {opens}
          </span>
          <span>
            {sender ? `${sender}, on ${sentOn}` : null}
            {note ? <span className="block">“{note}”</span> : null}
          </span>
          <span className="facts-source">{until ? `Until ${until}` : 'Without an end date'}</span>
        </li>
      ))}
    </ul>
  )
}
