import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'
import { loadLicense } from '@/lib/resources/license-detail'
import { licenses } from '@/lib/resources/licenses'
import { toSearch } from '@/lib/table/href'
import { type Params, parseTable } from '@/lib/table/parse'

export type LicenseProps = {
  params: Promise<{ domain: string; id: string }>
  searchParams: Promise<Params>
}

/** The license of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openLicense({ params, searchParams }: LicenseProps) {
  const { domain, id } = await params
  const viewer = await getViewer(domain)
  if (!/^[1-9]\d{0,14}$/.test(id)) notFound()
  const { query, problems } = parseTable(licenses, await searchParams)
  if (problems.length > 0) notFound()
  const detail = await loadLicense(viewer, Number(id), query)
  if (!detail) notFound()
  const search = toSearch(licenses, query)
  const hrefOf = (other: number) => `${paths.license(viewer.account.domain, other)}${search}`
  const hrefOrNone = (other: number | null) => (other === null ? undefined : hrefOf(other))
  return {
    detail,
    hrefOf,
    deviceHrefOf: (device: number) => paths.device(viewer.account.domain, device),
    listHref: `${paths.licensing(viewer.account.domain)}${search}`,
    previousHref: hrefOrNone(detail.neighbours.previous),
    nextHref: hrefOrNone(detail.neighbours.next),
  }
}
