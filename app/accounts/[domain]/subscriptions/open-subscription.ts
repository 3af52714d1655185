import { notFound } from 'next/navigation'
import { pathOf } from '@/lib/access/roles'
import { getViewer } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { loadSubscription } from '@/lib/resources/subscription-detail'
import { rowAddress } from '@/lib/table/href'
import type { Params } from '@/lib/table/parse'
import { linksOf } from '@/lib/table/row-actions'
import { listPlace } from '../contracts/list-place'

export type SubscriptionProps = {
  params: Promise<{ domain: string; id: string }>
  searchParams: Promise<Params>
}

/** The subscription of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openSubscription({ params, searchParams }: SubscriptionProps) {
  const { domain, id: given } = await params
  const viewer = await getViewer(domain)
  const path = paths.subscriptions(viewer.account.domain)
  const { place, hrefOf, ...list } = listPlace(viewer, 'subscriptions', path, await searchParams)
  const id = paths.idOf(given)
  if (id === null) notFound()
  const detail = await loadSubscription(viewer, id, place)
  if (!detail) notFound()
  const rowId = place.line ?? detail.id
  return {
    ...list,
    detail,
    actions: place.line === null ? [] : linksOf(viewer, place.resource, 'subscriptions', place.line),
    rowId,
    title: `Subscription ${detail.number}`,
    pageHref: hrefOf(rowAddress(place.line === null ? {} : place.resource, detail.id, rowId)),
    previousHref: hrefOf(detail.beside.previous),
    nextHref: hrefOf(detail.beside.next),
    linesHref: `${path}?subscription=${encodeURIComponent(detail.number)}`,
    fileHref: (order: string, file: string) => paths.orderFile(viewer.account.domain, order, file),
    placeName: (at: number | null) => (at === null ? 'In no Virtual Account' : pathOf(at, viewer.virtualAccounts)),
  }
}
