import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import { can } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'
import { loadOrder } from '@/lib/resources/order-detail'
import { orders } from '@/lib/resources/orders'
import { rowHref, toSearch } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'
import { linksOf } from '@/lib/table/row-actions'
import { revealPak } from '../pak-actions'

export type OrderProps = {
  params: Promise<{ domain: string; number: string }>
  searchParams: Promise<Params>
}

/** The order of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openOrder({ params, searchParams }: OrderProps) {
  const given = await params
  const viewer = await getViewer(given.domain)
  const { domain } = viewer.account
  const { query, problems } = parseTable(orders, await searchParams)
  const number = paths.decoded(given.number)
  if (problems.length > 0 || number === null || number.length > 100 || number.includes('\0')) notFound()
  const detail = await loadOrder(viewer, number, query)
  if (!detail) notFound()
  const path = paths.orders(domain)
  const search = toSearch(orders, query)
  const hrefOf = (address: string | null) => (address === null ? undefined : rowHref(path, address, search))
  const devices = `${paths.devices(domain)}?order=${encodeURIComponent(detail.number)}`
  return {
    detail,
    actions: linksOf(viewer, orders, 'orders', detail.id),
    title: `Order ${detail.number}`,
    listHref: `${path}${search}`,
    pageHref: hrefOf(encodeURIComponent(detail.number)),
    previousHref: hrefOf(detail.beside.previous),
    nextHref: hrefOf(detail.beside.next),
    links: {
      devices,
      devicesOf: (pid: string) => `${devices}&pid=${encodeURIComponent(pid)}`,
      device: (id: number) => paths.device(domain, id),
      license: (id: number) => paths.license(domain, id),
      pakAction: (id: number) => revealPak.bind(null, domain, id),
      file: (name: string) => paths.orderFile(domain, detail.number, name),
      events: paths.eventsAbout(domain, 'order', detail.id),
      ...(detail.sharedFrom.some((place) => can(viewer, 'orders.share', [place])) && {
        sharing: {
          send: paths.shareOrder(domain, detail.number),
          given: `${paths.shares(domain)}?q=${encodeURIComponent(detail.number)}`,
        },
      }),
    },
  }
}
