import type { Metadata } from 'next'
import { LinkButton } from '@/components/ui/link-button'
import { ProblemPage } from '@/components/ui/problem-page'
import * as paths from '@/lib/paths'

export const metadata: Metadata = { title: 'No access to this order' }

/** The same for orders that do not exist: an old link tells nobody what there is. */
export default function NoAccessToOrder() {
  return (
    <ProblemPage
      title="You have no access to this order, or it does not exist"
      kind="no-match"
      icon="key"
      actions={
        <>
          <LinkButton href={paths.access()} look="primary">
            See your access
          </LinkButton>
          <LinkButton href={paths.askAccess()}>Ask for access</LinkButton>
          <LinkButton href={paths.moved()}>Search</LinkButton>
        </>
      }
    >
      Ask whoever sent you the link to share the order with the address that you signed in with, or ask an administrator
      of the Smart Account for a role. Nobody is told that you followed this link.
    </ProblemPage>
  )
}
