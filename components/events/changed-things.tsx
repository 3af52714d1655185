import { Pager } from '@/components/ui/pager'
import type { Changed, EventDetail } from '@/lib/resources/event-detail'

type Props = {
  changes: EventDetail['changes']
  deviceHref: (id: number) => string
  pageHref: (page: number) => string
}

/** What a change set changed, thing by thing, each field with before and after; a page of it. */
export function ChangedThings({ changes: { rows, total, page, pages }, deviceHref, pageHref }: Props) {
  if (total === 0) return <p className="text-ink-muted">It changed nothing that you can see.</p>
  const first = rows[0]?.position
  return (
    <>
      {first === undefined ? <p className="text-ink-muted">The list of changes ends before this page.</p> : null}
      <ul className="device-list event-changes">
        {rows.map((change) => (
          <li key={change.position}>
            <span>
              <span className="text-ink-muted">
                {change.isNew ? 'Added' : 'Changed'} {change.kind.toLowerCase()}
              </span>{' '}
              <Name change={change} href={deviceHref} />
            </span>
            <Fields change={change} />
          </li>
        ))}
      </ul>
      {pages > 1 ? (
        <Pager
          summary={`${rows.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} shown`}
          page={page}
          pages={pages}
          href={pageHref}
        />
      ) : null}
    </>
  )
}

function Name({ change: { name, deviceId }, href }: { change: Changed; href: (id: number) => string }) {
  if (name === null) return <span className="text-ink-muted">that is gone, or that you cannot see</span>
  if (deviceId === null) return <b>{name}</b>
  return (
    <a href={href(deviceId)} className="link">
      {name}
    </a>
  )
}

function Fields({ change: { isNew, differences } }: { change: Changed }) {
  const list = (
    <ul>
      {differences.map(({ label, before, after }) => (
        <li key={label}>
          <span className="text-ink-muted">{label}:</span>{' '}
          {isNew ? null : (
            <>
              <del>{before ?? 'nothing'}</del> <span aria-hidden="true">→</span>
              <span className="sr-only">becomes</span>{' '}
            </>
          )}
          <ins className="no-underline">{after ?? 'nothing'}</ins>
        </li>
      ))}
    </ul>
  )
  if (!isNew) return list
  return (
    <details>
      <summary className="link">{differences.length} fields</summary>
      {list}
    </details>
  )
}
