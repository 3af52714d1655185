import { Notice } from '@/components/ui/feedback'
import { Card } from '@/components/ui/surface'
import type { RunDetail } from '@/lib/importing/run-reader'

const rows = (count: number) => (count === 1 ? '1 row' : `${count.toLocaleString('en-US')} rows`)

const differing = (count: number) =>
  count === 1
    ? '1 fact that a more trusted source says otherwise goes'
    : `${count.toLocaleString('en-US')} facts that more trusted sources say otherwise go`

/** Where a run stands, and what can be done about it. */
export function StateNotice({ run, appliedAt }: { run: RunDetail; appliedAt: string | null }) {
  const leftOut = run.rejected > 0 ? ` ${rows(run.rejected)} will be left out.` : ''
  const inbox = run.differing > 0 ? ` ${differing(run.differing)} to the reconciliation inbox.` : ''
  switch (run.state) {
    case 'applied':
      return (
        <Notice tone="good" title={`Applied ${appliedAt ?? ''}`}>
          Everything below is in the Smart Account now, and in its events.
          {run.differing > 0 ? ` ${differing(run.differing)} to the reconciliation inbox.` : null}
        </Notice>
      )
    case 'nothing':
      return (
        <Notice tone="neutral" title="Nothing to change">
          {run.unchanged > 0 ? 'Everything that the file says is here already.' : 'No row of the file can be used.'}
        </Notice>
      )
    case 'expired':
      return (
        <Notice tone="warn" title="Never applied">
          The file is not kept any more. Upload it again to see what it would do now.
        </Notice>
      )
    case 'waiting':
      return (
        <Notice tone="info" title="Nothing has changed yet">
          {run.isMine
            ? `This is what the file would do.${leftOut}${inbox} It can be applied for 24 hours.`
            : `This is what the file of ${run.by} would do.${leftOut} Only they can apply it.`}
        </Notice>
      )
  }
}

/** Rows that cannot be used: where, and why. */
export function Rejected({ problems: { rows: shown, total }, unit }: Pick<RunDetail, 'problems' | 'unit'>) {
  return (
    <Card id="left-out" title={`Left out: ${rows(total)}`}>
      <div className="table-box table-box-natural">
        <table className="data-table num-1">
          <caption className="sr-only">Rows left out</caption>
          <thead>
            <tr>
              <th scope="col" className="first-letter:uppercase">
                {unit}
              </th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, problem }) => (
              <tr key={line}>
                <td>{line.toLocaleString('en-US')}</td>
                <td className="wrap">{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > shown.length ? <p className="text-ink-muted">The first {shown.length} are shown.</p> : null}
    </Card>
  )
}

/** Which columns were read as what, and which were not used. */
export function Reading({
  reading: { used, unused },
  unit,
}: {
  reading: NonNullable<RunDetail['reading']>
  unit: string
}) {
  const columns = unit === 'record' ? 'fields' : 'columns'
  return (
    <Card id="reading" title="How the file was read">
      <details>
        <summary className="link">
          {used.length} {columns} used
        </summary>
        <ul>
          {used.map(({ header, label }) => (
            <li key={label}>{header === label ? header : `${header} (as ${label})`}</li>
          ))}
        </ul>
      </details>
      <p>
        {unused.length > 0 ? (
          <>
            <span className="text-ink-muted">Not used:</span> {unused.join(', ')}
          </>
        ) : (
          `All ${columns} of the file are used.`
        )}
      </p>
    </Card>
  )
}
