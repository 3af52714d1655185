import { LinkButton } from '@/components/ui/link-button'
import type { Waiting } from '@/lib/assignment/queue'

const number = (n: number) => n.toLocaleString('en-US')

/** What waits to be assigned, by kind, each number with its rows. */
export function QueueTable({ queue }: { queue: Waiting[] }) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-2 num-3">
        <caption className="sr-only">What is in no Virtual Account or in DEFAULT</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">In no Virtual Account</th>
            <th scope="col">In DEFAULT</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          {queue.map(({ label, unassigned, inDefault, assignHref }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {[unassigned, inDefault].map(({ n, href }) => (
                <td key={href}>
                  {n === 0 ? (
                    '0'
                  ) : (
                    <a href={href} className="link">
                      {number(n)}
                    </a>
                  )}
                </td>
              ))}
              <td>
                {unassigned.n + inDefault.n === 0 ? (
                  <span className="state tone-good">All assigned</span>
                ) : (
                  <LinkButton href={assignHref} size="small">
                    Assign all<span className="sr-only"> {label.toLowerCase()}</span>
                  </LinkButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
