import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { RoleForm } from '@/components/administration/role-form'
import { nameOf } from '@/components/administration/user-table'
import { Facts } from '@/components/ui/facts'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { knowsAll } from '@/lib/access/reason-rows'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { seenAs } from '@/lib/administration/change-role'
import { roleOf, type UserRole } from '@/lib/administration/queries'
import { id } from '@/lib/administration/schema'
import { choicesOf } from '@/lib/administration/words'
import { today } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import { users } from '@/lib/paths'
import { readDate } from '@/lib/table/cells'
import { changeRole, endSignIns, removeRole } from '../actions'

export const metadata: Metadata = { title: 'Role' }

export default async function RolePage({ params }: { params: Promise<{ domain: string; role: string }> }) {
  const { domain: given, role: number } = await params
  const viewer = await getViewer(given)
  const asked = id.safeParse(number)
  if (!(can(viewer, 'users.manage') && asked.success)) notFound()
  const role = await roleOf(viewer, asked.data)
  if (!role) notFound()
  const { domain } = viewer.account
  const who = nameOf(role)
  const seen = seenAs({ ...role, expiresAt: role.lastDay })
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Users', href: users(domain) }, { label: who }]} />}
        title={who}
        summary={`${role.label}: ${role.place}`}
      />
      <Card id="role" title="The role as it is">
        <RoleFacts role={role} />
      </Card>
      <Card id="change" title="Change the role or its end">
        <RoleForm
          action={changeRole.bind(null, domain, role.id, seen, role.email ?? who)}
          initial={fieldsOf(role)}
          {...choicesOf(viewer)}
          today={today()}
          give="Change the role"
        />
      </Card>
      <Card id="remove" title="Remove the role">
        <ConfirmForm
          action={removeRole.bind(null, domain, role.id)}
          formKey={crypto.randomUUID()}
          label="Remove the role"
          pendingLabel="Removing …"
          look="danger"
        >
          <p>{who} loses what this role opens with their next click. What they did stays in the Event Log.</p>
        </ConfirmForm>
      </Card>
      {knowsAll(viewer) ? (
        <Card id="sign-ins" title="Open sign-ins">
          <ConfirmForm
            action={endSignIns.bind(null, domain, role.id)}
            formKey={crypto.randomUUID()}
            label="End all open sign-ins"
            pendingLabel="Ending …"
          >
            <p>{signInsText(role)} Their roles stay: they can sign in again.</p>
          </ConfirmForm>
        </Card>
      ) : null}
    </Page>
  )
}

function RoleFacts({ role }: { role: UserRole }) {
  return (
    <Facts
      items={[
        { label: 'E-mail', value: role.email },
        {
          label: 'Organization',
          value: role.isOutside ? `${role.organisation}, outside of this account` : role.organisation,
        },
        { label: 'Last day', value: role.lastDay ? readDate(role.lastDay) : 'No end' },
        { label: 'Last sign-in', value: role.lastSignIn ? readInstant(role.lastSignIn) : 'Never' },
        { label: 'Purpose', value: role.purpose },
      ]}
    />
  )
}

const fieldsOf = ({ role, virtualAccountId, includesNested, lastDay, purpose }: UserRole) => ({
  ...{ role, place: String(virtualAccountId ?? ''), nested: includesNested || virtualAccountId === null ? 'yes' : '' },
  ...{ lastDay: lastDay ?? '', purpose },
})

const signInsText = ({ openSignIns }: UserRole) => {
  if (openSignIns === 0) return 'No sign-in is open.'
  return openSignIns === 1 ? 'One sign-in is open.' : `${openSignIns} sign-ins are open.`
}
