import type { Metadata } from 'next'
import { AccountList } from '@/components/access/account-list'
import { AskedList, OwnAccounts } from '@/components/access/asked-list'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { accessOf } from '@/lib/access/directory'
import { getPerson } from '@/lib/access/signed-in'
import { accountsOfOrganisation, askedBy } from '@/lib/administration/ask-access'
import { readInstant } from '@/lib/overview/words'
import * as paths from '@/lib/paths'
import { withdrawAccessRequest } from './actions'

export const metadata: Metadata = { title: 'My access' }

/** The access directory: what a person may enter and by what, what they asked for, and the accounts of their organization. */
export default async function AccessPage() {
  const person = await getPerson()
  const [accounts, asked, organisation] = await Promise.all([
    accessOf(person),
    askedBy(person),
    accountsOfOrganisation(person),
  ])
  const others = organisation.filter(({ domain }) => !accounts.some((account) => account.domain === domain))
  const orders = person.hasSharedOrders ? (
    <LinkButton href={paths.userView()} icon="order">
      Orders shared with you
    </LinkButton>
  ) : null
  const ask = (
    <LinkButton href={paths.askAccess()} icon="key">
      Ask for access
    </LinkButton>
  )
  return (
    <Page>
      <PageHeader
        title="My access"
        summary={`Signed in as ${person.email}`}
        actions={
          <>
            {accounts.length > 0 ? orders : null}
            {ask}
          </>
        }
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
      {asked.length > 0 ? (
        <Card id="asked" title="Accounts you asked for">
          <AskedList asked={asked} withdraw={(id) => withdrawAccessRequest.bind(null, id)} readInstant={readInstant} />
        </Card>
      ) : null}
      {others.length > 0 ? (
        <Card id="organization" title={`Accounts of ${person.organisation}`}>
          <OwnAccounts accounts={others} askHref={paths.askAccess} />
        </Card>
      ) : null}
    </Page>
  )
}
