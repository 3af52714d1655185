import { Link } from '@/components/ui/link'
import type { Changed } from '@/lib/importing/run-reader'
import type { Difference } from '@/lib/importing/words'
import { things } from './things'

type ChangeTableProps = {
  changes: Changed[]
  hrefOf: (deviceId: number) => string
  /** What the rows of the file are called; null when it is not kept any more. */
  unit: string | null
}

/** What changes, thing by thing, each field with before and after. */
export function ChangeTable({ changes, hrefOf, unit }: ChangeTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className={unit ? 'data-table num-1' : 'data-table'}>
        <caption className="sr-only">Changes</caption>
        <thead>
          <tr>
            {unit ? (
              <th scope="col" className="first-letter:uppercase">
                {unit}
              </th>
            ) : null}
            <th scope="col">Change</th>
            <th scope="col">What</th>
            <th scope="col">Fields</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            // A line of a lifecycle file may change many devices.
            <tr
              key={`${change.subject} ${change.line} ${change.deviceId} ${change.name} ${change.differences[0]?.label} ${change.differs}`}
            >
              {unit ? <td>{change.line}</td> : null}
              <td>
                {change.differs ? 'Differs:' : change.isNew ? 'Added' : 'Changed'}{' '}
                {things[change.subject] ?? change.subject}
              </td>
              <th scope="row" className="identifier">
                {change.deviceId ? (
                  <Link href={hrefOf(change.deviceId)} className="link">
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

function Fields({ change: { isNew, differs, differences } }: { change: Changed }) {
  if (differs) return <Sayings differences={differences} />
  if (!isNew) return <FieldList differences={differences} isNew={false} />
  return (
    <details>
      <summary className="link">{differences.length} fields</summary>
      <FieldList differences={differences} isNew />
    </details>
  )
}

/** What is here stays, until somebody has decided. */
function Sayings({ differences }: { differences: Difference[] }) {
  return (
    <ul>
      {differences.map(({ label, before, after }) => (
        <li key={label}>
          <span className="text-ink-muted">{label}:</span> {before ?? 'nothing'} here, {after ?? 'nothing'} in the file
        </li>
      ))}
    </ul>
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
