import { Link } from '@/components/ui/link'
import type { UserRole } from '@/lib/administration/queries'
import { readDate } from '@/lib/table/cells'

type UserTableProps = { rows: UserRole[]; href: (id: number) => string; readInstant: (at: Date) => string }

/** Each role with whoever holds it. */
export function UserTable({ rows, href, readInstant }: UserTableProps) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table">
        <caption className="sr-only">People with a role here</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Organization</th>
            <th scope="col">Role</th>
            <th scope="col">Where</th>
            <th scope="col">Last day</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">Purpose</th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {nameOf(row)}
                {row.isMe ? ' (you)' : ''}
                {row.email && row.email !== row.name ? (
                  <span className="block text-sm text-ink-muted">{row.email}</span>
                ) : null}
              </th>
              <td>
                {row.isOutside ? (
                  <span className="state tone-warn">Outside: {row.organisation}</span>
                ) : (
                  row.organisation
                )}
              </td>
              <td>{row.label}</td>
              <td>{row.place}</td>
              <td>{row.lastDay ? readDate(row.lastDay) : 'No end'}</td>
              <td>{row.lastSignIn ? readInstant(row.lastSignIn) : 'Never'}</td>
              <td className="wrap">{row.purpose}</td>
              <td>
                {row.isManaged ? (
                  <Link
                    href={href(row.id)}
                    className="link"
                    aria-label={`Change the role ${row.label} of ${nameOf(row)}`}
                  >
                    Change
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Whoever may not be known is what they are. */
export const nameOf = ({ name }: Pick<UserRole, 'name'>) => name ?? 'An administrator of another organization'
