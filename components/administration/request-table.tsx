import { Link } from '@/components/ui/link'
import { roleLabels } from '@/lib/access/roles'
import { requestStateLabels } from '@/lib/administration/request-schema'
import type { Request } from '@/lib/administration/requests'

type RequestTableProps = {
  requests: readonly Request[]
  href: (id: number) => string
  places: (request: Request) => string
  readInstant: (at: Date) => string
}

/** Who asked for what, and what became of it. */
export function RequestTable({ requests, href, places, readInstant }: RequestTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table">
        <caption className="sr-only">Access requests</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Where</th>
            <th scope="col">Reason</th>
            <th scope="col">Asked</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr key={request.id}>
              <th scope="row">
                <Link href={href(request.id)} className="link">
                  {request.email}
                </Link>
                {request.isOutside ? <span className="state tone-warn">Outside: {request.organisation}</span> : null}
              </th>
              <td>{roleLabels[request.role]}</td>
              <td className="wrap">{places(request)}</td>
              <td className="wrap">{request.reason}</td>
              <td>{readInstant(request.requestedAt)}</td>
              <td>{requestStateLabels[request.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
