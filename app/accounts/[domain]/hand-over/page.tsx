import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConfirmForm } from '@/components/administration/confirm-form'
import { CustomerForm } from '@/components/assignment/customer-form'
import { WaitingOrders } from '@/components/assignment/waiting-orders'
import { Problems } from '@/components/importing/problems'
import { Notice } from '@/components/ui/feedback'
import { Breadcrumb, Card, Page, PageHeader } from '@/components/ui/surface'
import { getViewer } from '@/lib/access/signed-in'
import {
  type CustomerPlace,
  customerPlace,
  customerPlaces,
  mayHandOver,
  waitingOrders,
} from '@/lib/assignment/hand-over'
import { Invalid } from '@/lib/errors'
import * as paths from '@/lib/paths'
import { chosenRows } from '@/lib/resources/chosen-rows'
import { type Params, valuesOf } from '@/lib/table/parse'
import { giveOrders } from './actions'

export const metadata: Metadata = { title: 'Assign orders to a customer' }

type Props = { params: Promise<{ domain: string }>; searchParams: Promise<Params> }

/** Orders that wait in a holding account, on their way to the Smart Account of their customer. */
export default async function HandOverPage({ params, searchParams }: Props) {
  const viewer = await getViewer((await params).domain)
  if (!mayHandOver(viewer)) notFound()
  const given = await searchParams
  const rows = await chosenRows(viewer, given)
  if (rows?.tab !== 'orders') notFound()
  const { domain } = viewer.account
  const trail = <Breadcrumb crumbs={[{ label: 'Orders', href: rows.listHref }, { label: 'Assignment' }]} />
  const found = await waitingOrders(viewer, rows).catch((error: unknown) => {
    if (error instanceof Invalid) return error.problems
    throw error
  })
  if (found.length === 0) notFound()
  const [choice = '', name = ''] = ['to', 'name'].map((field) => (valuesOf(given, field)[0] ?? '').slice(0, 100))
  const orders = found.flatMap((one) => (typeof one === 'string' ? [] : [one]))
  const going = orders.filter(({ problem }) => problem === null)
  const isChosen = choice !== '' || name.trim() !== ''
  const target = isChosen ? await customerPlace(viewer, choice, name) : null
  return (
    <Page>
      <PageHeader trail={trail} title="Assign orders to a customer" summary={summaryOf(orders.length, going.length)} />
      <Problems
        title="Nothing can be assigned at once"
        problems={found.flatMap((one) => (typeof one === 'string' ? [one] : []))}
      />
      {going.length > 0 ? (
        <Card id="customer" title="Where to">
          <CustomerForm
            fields={['chosen', 'of', 'id', 'match'].flatMap((field) =>
              valuesOf(given, field).map((value) => [field, value] as const),
            )}
            places={(await customerPlaces(viewer)).map(({ account, place, ...one }) => ({
              value: `${account}:${place}`,
              label: labelOf(one),
            }))}
            choice={choice}
            name={name}
            problem={
              isChosen && !target
                ? 'Choose a Virtual Account of a customer, or type the exact name of one that you may assign to.'
                : null
            }
          />
        </Card>
      ) : null}
      {target && going.length > 0 ? (
        <Card id="submit" title="Nothing has moved yet">
          <div className="grid gap-3">
            <Notice tone="warn" title={`${count(going.length, 'order')} to ${labelOf(target)}`}>
              From then on the customer owns what was ordered, with its eDelivery contacts and documents. It leaves this
              account, and cannot be taken back here.
            </Notice>
            <ConfirmForm
              action={giveOrders.bind(null, domain, {
                orders: going.map(({ id, number, version }) => ({ id, number, version })),
                target: { account: target.account, place: target.place },
              })}
              formKey={crypto.randomUUID()}
              label={`Assign ${count(going.length, 'order')}`}
              pendingLabel="Assigning …"
              look="primary"
            />
          </div>
        </Card>
      ) : null}
      {orders.length > 0 ? (
        <Card id="orders" title="Order by order">
          <WaitingOrders orders={orders.map((one) => ({ ...one, href: paths.order(domain, one.number) }))} />
        </Card>
      ) : null}
    </Page>
  )
}

const count = (n: number, one: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`
const labelOf = ({ name, domain, placeName }: Pick<CustomerPlace, 'name' | 'domain' | 'placeName'>) =>
  `${name} (${domain}), ${placeName}`

function summaryOf(chosen: number, going: number): string {
  const stay = chosen - going
  return [
    `${count(chosen, 'order')} chosen`,
    ...(stay > 0 ? [`${stay === chosen ? 'none' : going} can be assigned`] : []),
  ].join(', ')
}
