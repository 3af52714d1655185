import { Link } from '@/components/ui/link'
import type { Group, GroupRole, Member } from '@/lib/administration/groups'
import { readDate } from '@/lib/table/cells'
import { ConfirmForm } from './confirm-form'

type Done = { problems: string[] }
type Confirm = (state: Done, form: FormData) => Promise<Done>

const roleText = ({ label, place, lastDay }: GroupRole) =>
  `${label}: ${place}${lastDay === null ? '' : `, until ${readDate(lastDay)}`}`

/** Each group with what its members may use. */
export function GroupTable({ groups, href }: { groups: readonly Group[]; href: (id: number) => string }) {
  return (
    <div className="table-box table-box-natural">
      <table className="data-table num-2">
        <caption className="sr-only">User groups</caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Members</th>
            <th scope="col">Roles</th>
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">
                <Link href={href(group.id)} className="link">
                  {group.name}
                </Link>
              </th>
              <td>{group.members.toLocaleString('en-US')}</td>
              <td className="wrap">{group.roles.map(roleText).join('; ') || 'None'}</td>
              <td className="wrap">{group.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the members of a group may use; `take` is absent for who may not change it. */
export function GroupRoles({ roles, take }: { roles: readonly GroupRole[]; take?: (id: number) => Confirm }) {
  return (
    <ul className="grid gap-3">
      {roles.map((role) => (
        <li key={role.id}>
          {take ? (
            <ConfirmForm
              action={take(role.id)}
              formKey={crypto.randomUUID()}
              label={`Take the role in ${role.place} from the group`}
              pendingLabel="Taking …"
            >
              <p>{roleText(role)}</p>
            </ConfirmForm>
          ) : (
            <p>{roleText(role)}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Who is in a group; `remove` is absent for who may not change it. */
export function GroupMembers({ people, remove }: { people: readonly Member[]; remove?: (id: number) => Confirm }) {
  return (
    <ul className="grid gap-3">
      {people.map((person) => (
        <li key={person.userId}>
          {remove ? (
            <ConfirmForm
              action={remove(person.userId)}
              formKey={crypto.randomUUID()}
              label={`Remove ${person.name}`}
              pendingLabel="Removing …"
            >
              <MemberText person={person} />
            </ConfirmForm>
          ) : (
            <MemberText person={person} />
          )}
        </li>
      ))}
    </ul>
  )
}

function MemberText({ person: { name, email, isOutside, isMe } }: { person: Member }) {
  return (
    <p>
      {name}
      {isMe ? ' (you)' : ''}
      {email === name ? '' : `, ${email}`}{' '}
      {isOutside ? <span className="state tone-warn">Outside of the organization</span> : null}
    </p>
  )
}
