import { Link } from '@/components/ui/link'
import type { RunState, RunSummary } from '@/lib/importing/run-reader'

const number = (value: number) => value.toLocaleString('en-US')

export const stateWords: Record<RunState, { label: string; tone: 'good' | 'warn' | 'neutral' }> = {
  waiting: { label: 'Not applied yet', tone: 'warn' },
  applied: { label: 'Applied', tone: 'good' },
  nothing: { label: 'Nothing to change', tone: 'neutral' },
  expired: { label: 'Never applied', tone: 'neutral' },
}

type RunTableProps = { runs: RunSummary[]; href: (id: number) => string; readInstant: (at: Date) => string }

/** Earlier runs, the newest first. */
export function RunTable({ runs, href, readInstant }: RunTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-5 num-6 num-7 num-8">
        <caption className="sr-only">List of earlier imports</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Kind</th>
            <th scope="col">When</th>
            <th scope="col">By</th>
            <th scope="col">Added</th>
            <th scope="col">Changed</th>
            <th scope="col">Unchanged</th>
            <th scope="col">Left out</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Link href={href(run.id)} className="link">
                  {run.fileName}
                </Link>
              </th>
              <td>{run.formatName}</td>
              <td>{readInstant(run.appliedAt ?? run.startedAt)}</td>
              <td>{run.by}</td>
              <td>{number(run.added)}</td>
              <td>{number(run.changed)}</td>
              <td>{number(run.unchanged)}</td>
              <td>{number(run.rejected)}</td>
              <td>
                <span className={`state tone-${stateWords[run.state].tone}`}>{stateWords[run.state].label}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
