import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { viewerWho } from '@/app/form-steps'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { GroupMembers, GroupRoles } from '@/components/administration/group-table'
import { PlainForm } from '@/components/administration/plain-form'
import { ReviewedForm } from '@/components/administration/reviewed-form'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import type { Viewer } from '@/lib/access/viewer'
import { groupFields, groupRoleFields, memberFields } from '@/lib/administration/group-words'
import { type Group, groupOf } from '@/lib/administration/groups'
import { today } from '@/lib/clock'
import { administration, groups, idOf } from '@/lib/paths'
import { addMembers, deleteGroup, giveGroupRole, removeMember, renameGroup, takeGroupRole } from '../actions'

export const metadata: Metadata = { title: 'User group' }

export default async function GroupPage({ params }: { params: Promise<{ domain: string; group: string }> }) {
  const given = await params
  const viewer = await viewerWho('users.see', given.domain)
  const id = idOf(given.group)
  const group = id === null ? null : await groupOf(viewer, id)
  if (!group) notFound()
  const { domain } = viewer.account
  const { name, description, roles, people, isManaged } = group
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[
              { label: 'Administration', href: administration(domain) },
              { label: 'User groups', href: groups(domain) },
              { label: name },
            ]}
          />
        }
        title={name}
        summary={description || 'A user group'}
      />
      <Card id="roles" title={roles.length === 0 ? 'No roles yet' : 'What its members have'}>
        {roles.length === 0 ? <p>Its members see nothing by it.</p> : null}
        <GroupRoles
          roles={roles}
          {...(isManaged && { take: (role: number) => takeGroupRole.bind(null, domain, group.id, role) })}
        />
      </Card>
      <Card id="members" title={people.length === 1 ? '1 member' : `${people.length} members`}>
        <GroupMembers
          people={people}
          {...(isManaged && { remove: (person: number) => removeMember.bind(null, domain, group.id, person) })}
        />
      </Card>
      {isManaged ? <Changes viewer={viewer} group={group} /> : null}
    </Page>
  )
}

function Changes({ viewer, group: { id, name, description } }: { viewer: Viewer; group: Group }) {
  const { domain } = viewer.account
  const roleFields = groupRoleFields(viewer, today())
  const first = (field: string) => {
    const spec = roleFields.find((one) => one.name === field)
    return spec?.kind === 'select' ? [spec.options.at(field === 'role' ? -1 : 0)?.value ?? ''] : ['']
  }
  return (
    <>
      <Card id="add" title="Add people">
        <ReviewedForm
          action={addMembers.bind(null, domain, id)}
          fields={memberFields}
          initial={{}}
          give="Add them to the group"
        />
      </Card>
      <Card id="give" title="Give the group a role">
        <ReviewedForm
          action={giveGroupRole.bind(null, domain, id)}
          fields={roleFields}
          initial={{ role: first('role'), place: first('place'), nested: ['yes'] }}
          give="Give the group the role"
        />
      </Card>
      <Card id="rename" title="Name and description">
        <PlainForm
          key={`${name} ${description}`}
          action={renameGroup.bind(null, domain, id)}
          fields={groupFields}
          formKey={crypto.randomUUID()}
          initial={{ name: [name], description: [description] }}
          label="Save"
        />
      </Card>
      <Card id="delete" title="Delete the group">
        <ConfirmForm
          action={deleteGroup.bind(null, domain, id)}
          formKey={crypto.randomUUID()}
          label="Delete the group"
          pendingLabel="Deleting …"
          look="danger"
        >
          <p>Its members lose what they have by it with their next click. What they have otherwise stays.</p>
        </ConfirmForm>
      </Card>
    </>
  )
}
