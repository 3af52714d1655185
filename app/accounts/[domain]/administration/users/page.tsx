import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RoleForm } from '@/components/administration/role-form'
import { UserTable } from '@/components/administration/user-table'
import { Notice } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { Pager } from '@/components/ui/pager'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { USERS_SIZE, usersOf } from '@/lib/administration/queries'
import { id } from '@/lib/administration/schema'
import { choicesOf, emptyFields } from '@/lib/administration/words'
import { today } from '@/lib/clock'
import { readInstant } from '@/lib/overview/words'
import { administration, groups, userRole, users } from '@/lib/paths'
import { addPeople } from './actions'

export const metadata: Metadata = { title: 'Users' }

type UsersProps = {
  params: Promise<{ domain: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function UsersPage({ params, searchParams }: UsersProps) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'users.see')) notFound()
  const { domain, name } = viewer.account
  const asked = id.safeParse((await searchParams)['page'] ?? 1)
  const { rows, total, page, pages, mayGive, administrators } = await usersOf(viewer, asked.success ? asked.data : 1)
  const choices = choicesOf(viewer)
  const first = (page - 1) * USERS_SIZE + 1
  const shown = `${first.toLocaleString('en-US')}–${(first + rows.length - 1).toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
  return (
    <Page>
      <PageHeader
        trail={<Breadcrumb crumbs={[{ label: 'Administration', href: administration(domain) }, { label: 'Users' }]} />}
        title="Users"
        summary={
          administrators === null
            ? `Who has a role in the Virtual Accounts of ${name} that you administer`
            : `Who has a role in ${name}, and how far it reaches`
        }
        actions={
          <LinkButton href={groups(domain)} icon="people">
            User groups
          </LinkButton>
        }
      />
      {administrators === 1 ? <LastOne domain={domain} /> : null}
      <Card id="people" title={total === 1 ? '1 role' : `${total.toLocaleString('en-US')} roles`}>
        <UserTable rows={rows} href={(role) => userRole(domain, role)} readInstant={readInstant} />
        <Pager summary={shown} page={page} pages={pages} href={(to) => `${users(domain)}?page=${to}`} />
      </Card>
      {mayGive ? (
        <Card id="add" title="Add people">
          <RoleForm
            action={addPeople.bind(null, domain)}
            initial={emptyFields(choices)}
            {...choices}
            today={today()}
            withPeople
            give="Give the role"
          />
        </Card>
      ) : null}
    </Page>
  )
}

function LastOne({ domain }: { domain: string }) {
  return (
    <Notice tone="warn" title="Only one Smart Account Administrator is left">
      Nobody can remove, demote or end the last one. Make somebody else an administrator too, so that the account stays
      in hands when they leave. If nobody can act any more, open a support case with a letter of your organization from
      an address at {domain}: support then names a new administrator.
    </Notice>
  )
}
