import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ShareForm } from '@/components/sharing/share-form'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import * as paths from '@/lib/paths'
import { loadSharable } from '@/lib/sharing/sharable'
import { type Params, valuesOf } from '@/lib/table/parse'
import { sendOrderAccess } from './actions'

export const metadata: Metadata = { title: 'Send Order Based Access' }

type Props = { params: Promise<{ domain: string; number: string }>; searchParams: Promise<Params> }

/** Order Based Access to an order, lines or assets of it; `line` and `asset` of the address are chosen beforehand. */
export default async function SharePage({ params, searchParams }: Props) {
  const given = await params
  const viewer = await getViewer(given.domain)
  const number = paths.decoded(given.number)
  if (!can(viewer, 'orders.share') || number === null || number.length > 100 || number.includes('\0')) notFound()
  const sharable = await loadSharable(viewer, number)
  if (!sharable) notFound()
  const { domain } = viewer.account
  const asked = await searchParams
  const lines = valuesOf(asked, 'line')
  const devices = valuesOf(asked, 'asset')
  return (
    <Page>
      <PageHeader
        trail={
          <Breadcrumb
            crumbs={[
              { label: 'Orders', href: paths.orders(domain) },
              { label: `Order ${number}`, href: paths.order(domain, number) },
              { label: 'Send Order Based Access' },
            ]}
          />
        }
        title="Send Order Based Access"
        summary="The recipient needs no account: a link and a code, both sent to their address, let them in to exactly what you choose."
      />
      <Card id="share" title={`Order ${number}`}>
        <ShareForm
          action={sendOrderAccess.bind(null, domain, sharable.number)}
          sharable={sharable}
          today={today()}
          initial={{
            ...{ recipients: '', lines, devices, note: '', mails: 'one', lastDay: '' },
            level: devices.length > 0 ? 'assets' : lines.length > 0 ? 'lines' : 'order',
            customerOrderNumber: sharable.customerOrderNumber ?? '',
          }}
        />
      </Card>
    </Page>
  )
}
