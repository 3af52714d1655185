import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getPerson } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { linkFor } from '@/lib/sharing/link'
import { claimAccess } from './actions'

export const metadata: Metadata = { title: 'Keep what was shared' }

/** Asks whether a share becomes part of the User View. Of a link to another address nothing is told. */
export default async function ClaimPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const person = await getPerson()
  const { isMine, claimed } = await linkFor(token, person)
  if (claimed) redirect(paths.sharedOrder(claimed))
  return (
    <Page>
      <PageHeader title="Keep what was shared with you" summary={`Signed in as ${person.email}`} />
      <Card id="claim" title={isMine ? 'This was sent to your address' : 'This was not sent to your address'}>
        {isMine ? (
          <form action={claimAccess.bind(null, token)} className="grid gap-4">
            <p>
              It becomes part of your User View: the link leads there from now on, and no code is needed. It stays open
              for as long as whoever sent it leaves it open.
            </p>
            <p>
              <Button type="submit" look="primary">
                Keep it in my User View
              </Button>
            </p>
          </form>
        ) : (
          <>
            <p>
              A link can be kept by a sign-in with the address that it was sent to. Sign in with that one, or open the
              link with the code from the mail.
            </p>
            <p>
              <LinkButton href={paths.userView()}>See what is shared with you</LinkButton>
            </p>
          </>
        )}
      </Card>
    </Page>
  )
}
