import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { loadDevice } from '@/lib/resources/device-detail'
import { devices } from '@/lib/resources/devices'
import { toSearch } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'
import { linksOf } from '@/lib/table/row-actions'

export type DeviceProps = {
  params: Promise<{ domain: string; id: string }>
  searchParams: Promise<Params>
}

/** The device of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openDevice({ params, searchParams }: DeviceProps) {
  const { domain, id: given } = await params
  const viewer = await getViewer(domain)
  const { query, problems } = parseTable(devices, await searchParams)
  const id = paths.idOf(given)
  if (id === null || problems.length > 0) notFound()
  const detail = await loadDevice(viewer, id, query)
  if (!detail) notFound()
  const search = toSearch(devices, query)
  const hrefOf = (other: number) => `${paths.device(viewer.account.domain, other)}${search}`
  const hrefOrNone = (other: number | null) => (other === null ? undefined : hrefOf(other))
  return {
    detail,
    actions: linksOf(viewer, devices, 'devices', detail.id),
    /** What stands in the view of it, in the drawer and on its page. */
    view: {
      detail,
      hrefOf,
      licenseHrefOf: (license: number) => paths.license(viewer.account.domain, license),
      contractHrefOf: (number: string) => paths.contract(viewer.account.domain, number),
      orderHrefOf: (number: string) => paths.order(viewer.account.domain, number),
      eventsHref: paths.eventsAbout(viewer.account.domain, 'device', detail.id),
    },
    pageHref: hrefOf(detail.id),
    listHref: `${paths.devices(viewer.account.domain)}${search}`,
    previousHref: hrefOrNone(detail.neighbours.previous),
    nextHref: hrefOrNone(detail.neighbours.next),
  }
}
