import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { loadLicense } from '@/lib/resources/license-detail'
import { licenses } from '@/lib/resources/licenses'
import { toSearch } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'
import { linksOf } from '@/lib/table/row-actions'
import { revealPak } from '../pak-actions'

export type LicenseProps = {
  params: Promise<{ domain: string; id: string }>
  searchParams: Promise<Params>
}

/** The license of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openLicense({ params, searchParams }: LicenseProps) {
  const { domain, id: given } = await params
  const viewer = await getViewer(domain)
  const { query, problems } = parseTable(licenses, await searchParams)
  const id = paths.idOf(given)
  if (id === null || problems.length > 0) notFound()
  const detail = await loadLicense(viewer, id, query)
  if (!detail) notFound()
  const search = toSearch(licenses, query)
  const hrefOf = (other: number) => `${paths.license(viewer.account.domain, other)}${search}`
  const hrefOrNone = (other: number | null) => (other === null ? undefined : hrefOf(other))
  return {
    detail,
    actions: linksOf(viewer, licenses, 'licensing', detail.id),
    /** What stands in the view of it, in the drawer and on its page. */
    view: {
      detail,
      hrefOf,
      insufficientHref:
        detail.isShort && detail.virtualAccountId !== null
          ? `${paths.devices(viewer.account.domain)}?licenses=insufficient&va=${detail.virtualAccountId}`
          : undefined,
      deviceHrefOf: (device: number) => paths.device(viewer.account.domain, device),
      subscriptionHrefOf: (id: number) => paths.subscription(viewer.account.domain, id),
      orderHrefOf: (number: string) => paths.order(viewer.account.domain, number),
      pakActionOf: (pak: number) => revealPak.bind(null, viewer.account.domain, pak),
      fileHrefOf: (order: string, file: string) => paths.orderFile(viewer.account.domain, order, file),
      eventsHref: paths.eventsAbout(viewer.account.domain, 'license', detail.id),
    },
    pageHref: hrefOf(detail.id),
    listHref: `${paths.licensing(viewer.account.domain)}${search}`,
    previousHref: hrefOrNone(detail.neighbours.previous),
    nextHref: hrefOrNone(detail.neighbours.next),
  }
}
