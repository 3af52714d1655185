import { notFound } from 'next/navigation'
import { pathOf } from '@/lib/access/roles'
import { getViewer } from '@/lib/access/signed-in'
import * as paths from '@/lib/paths'
import { loadContract } from '@/lib/resources/contract-detail'
import { rowAddress } from '@/lib/table/href'
import type { Params } from '@/lib/table/parse'
import { linksOf } from '@/lib/table/row-actions'
import { listPlace } from './list-place'

export type ContractProps = {
  params: Promise<{ domain: string; number: string }>
  searchParams: Promise<Params>
}

/** The contract of an address and its place in the list that the parameters describe; 404 where there is none for the viewer. */
export async function openContract({ params, searchParams }: ContractProps) {
  const given = await params
  const viewer = await getViewer(given.domain)
  const { domain } = viewer.account
  const path = paths.contracts(domain)
  const { place, hrefOf, ...list } = listPlace(viewer, 'contracts', path, await searchParams)
  const number = paths.decoded(given.number)
  if (number === null || number.length > 100 || number.includes('\0')) notFound()
  const detail = await loadContract(viewer, number, place)
  if (!detail) notFound()
  const rowId = place.line ?? detail.id
  return {
    ...list,
    detail,
    actions: place.line === null ? [] : linksOf(viewer, place.resource, 'contracts', place.line),
    rowId,
    title: `Contract ${detail.number}`,
    pageHref: hrefOf(rowAddress(place.line === null ? {} : place.resource, detail.number, rowId)),
    previousHref: hrefOf(detail.beside.previous),
    nextHref: hrefOf(detail.beside.next),
    linesHref: `${path}?contract=${encodeURIComponent(detail.number)}`,
    deviceHref: (id: number) => paths.device(domain, id),
    placeName: (id: number | null) => (id === null ? 'In no Virtual Account' : pathOf(id, viewer.virtualAccounts)),
  }
}
