import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RevokeForm } from '@/components/sharing/revoke-form'
import { ShareFilter } from '@/components/sharing/share-filter'
import { Empty } from '@/components/ui/feedback'
import { Pager } from '@/components/ui/pager'
import { Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { readInstant } from '@/lib/overview/words'
import * as paths from '@/lib/paths'
import { SHARES_SIZE, type ShareQuery, sharesOf } from '@/lib/sharing/share-list'
import { type ShareListState, shareStates, stateWords } from '@/lib/sharing/share-words'
import { type Params, valuesOf } from '@/lib/table/parse'
import { resendAccess, revokeAccess } from './actions'

export const metadata: Metadata = { title: 'Order Based Access' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** Who got access to what by Order Based Access, by whom and how it stands; to be taken back or sent again. */
export default async function SharesPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  if (!can(viewer, 'orders.share')) notFound()
  const query = queryOf(await searchParams)
  const { rows, total, page, pages, counts } = await sharesOf(viewer, query)
  const { domain } = viewer.account
  const href = (change: Partial<ShareQuery>) => hrefOf(domain, { ...query, page: 1, ...change })
  const first = (page - 1) * SHARES_SIZE + 1
  const all = shareStates.reduce((sum, state) => sum + counts[state], 0)
  return (
    <Page>
      <PageHeader
        title="Order Based Access"
        summary="Who was given access to orders, lines or assets, and what became of it"
      />
      <ShareFilter
        q={query.q}
        state={query.state}
        path={paths.shares(domain)}
        choices={[
          { label: 'All', count: all, href: href({ state: null }), isOn: query.state === null },
          ...shareStates.map((state) => ({
            ...{ label: stateWords[state].text, count: counts[state], href: href({ state }) },
            isOn: query.state === state,
          })),
        ]}
      />
      <Card id="shares" title={total === 1 ? '1 share' : `${total.toLocaleString('en-US')} shares`}>
        {rows.length === 0 ? (
          <Empty
            kind={all === 0 && query.q === '' ? 'nothing' : 'no-match'}
            icon="order"
            title="No Order Based Access here"
          >
            Open an order and choose “Send Order Based Access” to give somebody access to it, or to parts of it.
          </Empty>
        ) : (
          <>
            <RevokeForm
              revoke={revokeAccess.bind(null, domain)}
              formKey={crypto.randomUUID()}
              rows={rows.map((row) => ({
                ...row,
                ...{ sentAt: readInstant(row.sentAt), openedAt: row.openedAt ? readInstant(row.openedAt) : null },
                ...{ downloadedAt: row.downloadedAt ? readInstant(row.downloadedAt) : null },
                ...{ orderHref: paths.order(domain, row.order), state: stateWords[row.state] },
                resend: row.isInHand ? resendAccess.bind(null, domain, row.id) : null,
                resendKey: crypto.randomUUID(),
              }))}
            />
            <Pager
              summary={`${first.toLocaleString('en-US')}–${(first + rows.length - 1).toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`}
              page={page}
              pages={pages}
              href={(to) => href({ page: to })}
            />
          </>
        )}
      </Card>
    </Page>
  )
}

function queryOf(given: Params): ShareQuery {
  const [q = ''] = valuesOf(given, 'q')
  const [state] = valuesOf(given, 'state')
  const [page = '1'] = valuesOf(given, 'page')
  const known = shareStates.find((one) => one === state) ?? null
  return { q: q.trim().slice(0, 100).replaceAll('\0', ''), state: known, page: paths.idOf(page) ?? 1 }
}

function hrefOf(domain: string, { q, state, page }: { q: string; state: ShareListState | null; page: number }): string {
  const search = new URLSearchParams()
  if (q) search.set('q', q)
  if (state) search.set('state', state)
  if (page > 1) search.set('page', String(page))
  return `${paths.shares(domain)}${search.size > 0 ? `?${search}` : ''}`
}
