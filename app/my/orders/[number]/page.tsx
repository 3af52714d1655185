import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RevealForm } from '@/components/paks/reveal-form'
import { OpenedOrderView } from '@/components/sharing/opened-order'
import { Ways } from '@/components/sharing/ways'
import { RecordPage } from '@/components/ui/record-page'
import { getPerson } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { type Parts, partOf } from '@/lib/sharing/opened'
import { loadSharedOrders } from '@/lib/sharing/shared-order'
import { sharedTable } from '@/lib/sharing/shared-table'
import { readDate } from '@/lib/table/cells'
import { toSearch } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'
import { revealSharedPak } from '../actions'

export const metadata: Metadata = { title: 'Order shared with me' }

type Props = { params: Promise<{ number: string }>; searchParams: Promise<Params> }

/** What was opened of an order to the person, in the User View; 404 where nothing was, or does not hold any more. */
export default async function SharedOrderPage({ params, searchParams }: Props) {
  const person = await getPerson()
  const given = await searchParams
  const number = paths.decoded((await params).number)
  const { query, problems } = parseTable(sharedTable, given)
  const parts = { lines: partOf(given['lines']), assets: partOf(given['assets']) }
  if (problems.length > 0 || number === null || number.length > 100 || number.includes('\0')) notFound()
  const found = await loadSharedOrders(person, number, parts)
  const [first] = found
  if (!first) notFound()
  const search = toSearch(sharedTable, query)
  const hrefOf = (part: keyof Parts, page: number) => {
    const state = new URLSearchParams(search)
    for (const [name, at] of Object.entries({ ...parts, [part]: page })) if (at > 1) state.set(name, String(at))
    return `${paths.sharedOrder(number)}${state.size > 0 ? `?${state}` : ''}`
  }
  return (
    <RecordPage
      title={`Order ${number}`}
      summary={`Ordered ${readDate(first.order.orderedOn)}`}
      label="Orders shared with me"
      listHref={`${paths.userView()}${search}`}
      previousHref={undefined}
      nextHref={undefined}
    >
      {found.map(({ key, order, ways }) => (
        <OpenedOrderView
          key={key}
          order={order}
          partHref={hrefOf}
          fileHref={(file) => paths.sharedFile(number, file)}
          pakForm={(id) => <RevealForm action={revealSharedPak.bind(null, id)} />}
        >
          <Ways ways={ways} />
        </OpenedOrderView>
      ))}
    </RecordPage>
  )
}
