import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { MovedSearch } from '@/components/search/moved-search'
import { Empty } from '@/components/ui/feedback'
import { LinkButton } from '@/components/ui/link-button'
import { Page, PageHeader } from '@/components/ui/surface'
import { getPerson } from '@/lib/access/signed-in'
import { env } from '@/lib/env'
import { movedFragment } from '@/lib/legacy-links/links'
import { accountsFrom } from '@/lib/legacy-links/where'
import * as paths from '@/lib/paths'
import { lastView } from './last-view'

export const metadata: Metadata = { title: 'Old address' }

type MovedProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where old addresses lead that nobody knows: from here one searches. */
export default async function MovedPage({ searchParams }: MovedProps) {
  const person = await getPerson()
  const { fragment, q, account } = await searchParams
  const known = typeof fragment === 'string' ? movedFragment(fragment, env().LEGACY_LINKS) : null
  if (known) redirect(known)
  const accounts = accountsFrom(person, await lastView())
  const chosen = accounts.find(({ domain }) => domain === account)
  if (chosen && typeof q === 'string') redirect(`${paths.search(chosen.domain)}?q=${encodeURIComponent(q)}`)
  return (
    <Page>
      <PageHeader
        title="This address is not in use any more"
        summary="It comes from an older portal, and nothing is known of what it led to."
      />
      {accounts.length > 0 ? (
        <MovedSearch
          action={paths.moved()}
          accounts={accounts.map(({ name, domain }) => ({ value: domain, label: `${name} (${domain})` }))}
        />
      ) : (
        <div className="card">
          <Empty
            kind="nothing"
            icon="key"
            title="There is no Smart Account for you to search"
            actions={
              person.hasSharedOrders ? (
                <LinkButton href={paths.userView()} icon="order" look="primary">
                  Orders shared with you
                </LinkButton>
              ) : (
                <LinkButton href={paths.access()} icon="key" look="primary">
                  See your access
                </LinkButton>
              )
            }
          >
            Orders that were shared with you, and the roles that you have, are one step away.
          </Empty>
        </div>
      )}
    </Page>
  )
}
