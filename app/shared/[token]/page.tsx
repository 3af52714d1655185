import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { LinkRevealForm } from '@/components/paks/link-reveal-form'
import { CodeForm } from '@/components/sharing/code-form'
import { LinkFrame } from '@/components/sharing/link-frame'
import { OpenedOrderView } from '@/components/sharing/opened-order'
import { Ways } from '@/components/sharing/ways'
import { LinkButton } from '@/components/ui/link-button'
import { Card, PageHeader } from '@/components/ui/surface'
import { personIfAny } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { LINK_COOKIE, linkFor, linkHolds } from '@/lib/sharing/link'
import { loadLinkPage } from '@/lib/sharing/link-page'
import { type Parts, partOf } from '@/lib/sharing/opened'
import { readDate } from '@/lib/table/cells'
import { type Params, valuesOf } from '@/lib/table/parse'

export const metadata: Metadata = { title: 'Shared with you' }

type Props = { params: Promise<{ token: string }>; searchParams: Promise<Params> }

/**
 * What a mail's link opens, after the code that is sent to the same address; to whom claimed it, their User View. Links
 * that open nothing are answered by middleware with 410, whatever the reason.
 */
export default async function SharedPage({ params, searchParams }: Props) {
  const { token } = await params
  const asked = await searchParams
  const parts = { lines: partOf(asked['lines']), assets: partOf(asked['assets']) }
  const person = await personIfAny()
  const { isMine, claimed } = person ? await linkFor(token, person) : { isMine: false, claimed: null }
  if (claimed) redirect(paths.sharedOrder(claimed))
  const found = await loadLinkPage(token, (await cookies()).get(LINK_COOKIE)?.value, parts)
  if (!found) {
    if (!(await linkHolds(token))) notFound()
    const [step] = valuesOf(asked, 'step')
    const [problem] = valuesOf(asked, 'problem')
    return (
      <LinkFrame>
        <CodeForm path={paths.sharedLink(token)} isAsked={step === 'code'} problem={problem} />
      </LinkFrame>
    )
  }
  const { order, way } = found
  const hrefOf = (part: keyof Parts, page: number) => {
    const state = new URLSearchParams()
    for (const [name, at] of Object.entries({ ...parts, [part]: page })) if (at > 1) state.set(name, String(at))
    return `${paths.sharedLink(token)}${state.size > 0 ? `?${state}` : ''}`
  }
  return (
    <LinkFrame>
      <PageHeader
        title={`Order ${order.number}`}
        summary={`Ordered ${readDate(order.orderedOn)}`}
        actions={
          <LinkButton href={paths.claimShare(token)} icon="key">
            {isMine ? 'Keep it in your User View' : 'Sign in and keep it'}
          </LinkButton>
        }
      />
      <Card id="opened" title="What is open to you">
        <OpenedOrderView
          order={order}
          partHref={hrefOf}
          fileHref={(file) => paths.linkFile(token, file)}
          pakForm={(id) => <LinkRevealForm path={paths.linkPak(token, id)} />}
        >
          <Ways ways={[way]} />
        </OpenedOrderView>
      </Card>
    </LinkFrame>
  )
}
