import type { Metadata } from 'next'
import { AccountList } from '@/components/access/account-list'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { Page, PageHeader } from '@/components/ui/surface'
import { accessOf } from '@/lib/access/directory'
import { getPerson } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'

export const metadata: Metadata = { title: 'My access' }

/** The access directory: what a person may enter, and by what. */
export default async function AccessPage() {
  const person = await getPerson()
  const accounts = await accessOf(person)
  const orders = person.hasSharedOrders ? (
    <LinkButton href={paths.userView()} icon="order" prefetch={false}>
      Orders shared with you
    </LinkButton>
  ) : null
  return (
    <Page>
      <PageHeader
        title="My access"
        summary={`Signed in as ${person.email}`}
        actions={accounts.length > 0 ? orders : null}
      />
      {accounts.length > 0 ? (
        <AccountList accounts={accounts.map((account) => ({ ...account, href: paths.overview(account.domain) }))} />
      ) : (
        <div className="card">
          <Empty kind="nothing" icon="key" title="You have no role in a Smart Account" actions={orders}>
            An administrator of a Smart Account can give you one, for the account or for some of its Virtual Accounts.
            It shows here at once.
          </Empty>
        </div>
      )}
    </Page>
  )
}
