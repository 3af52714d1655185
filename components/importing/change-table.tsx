import Link from 'next/link'
import type { Changed, Difference } from '@/lib/importing/run-reader'

type ChangeTableProps = {
  changes: Changed[]
  hrefOf: (deviceId: number) => string
  /** Lines are known while the file is kept. */
  hasLines: boolean
}

/** What changes, thing by thing, each field with before and after. */
export function ChangeTable({ changes, hrefOf, hasLines }: ChangeTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className={hasLines ? 'data-table num-1' : 'data-table'}>
        <caption className="sr-only">Changes</caption>
        <thead>
          <tr>
            {hasLines ? <th scope="col">Line</th> : null}
            <th scope="col">Change</th>
            <th scope="col">What</th>
            <th scope="col">Fields</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            // A line of a lifecycle file may change many devices.
            <tr key={`${change.subject} ${change.line} ${change.deviceId} ${change.name}`}>
              {hasLines ? <td>{change.line}</td> : null}
              <td>
                {change.isNew ? 'Added' : 'Changed'} {change.subject === 'device' ? 'device' : 'lifecycle dates'}
              </td>
              <th scope="row" className="identifier">
                {change.deviceId ? (
                  <Link href={hrefOf(change.deviceId)} className="link" prefetch={false}>
                    {change.name}
                  </Link>
                ) : (
                  change.name
                )}
              </th>
              <td className="wrap">
                <Fields change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Fields({ change: { isNew, differences } }: { change: Changed }) {
  if (!isNew) return <FieldList differences={differences} isNew={false} />
  return (
    <details>
      <summary className="link">{differences.length} fields</summary>
      <FieldList differences={differences} isNew />
    </details>
  )
}

function FieldList({ differences, isNew }: { differences: Difference[]; isNew: boolean }) {
  return (
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
}
