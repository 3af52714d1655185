import 'server-only'
import type { Viewer } from '@/lib/access/viewer'
import * as paths from '@/lib/paths'
import { contractAgreements } from '@/lib/resources/contract-agreements'
import { placeName } from '@/lib/resources/history'
import { readNumber } from '@/lib/table/cells'
import { toSearch } from '@/lib/table/href'
import { COUNT_CAP, type Tone } from '@/lib/table/resource'
import { queryOf, type Searched, type ThingRow } from './found-rows'
import { searchedLists } from './kinds'
import type { Found } from './queries'
import { type Kind, kinds, type Terms } from './terms'

/** One thing that was found, in words, and where it is. */
export type Hit = {
  title: string
  detail: string
  place: string
  status: { text: string; tone: Tone } | null
  href: string
  isExact: boolean
}

/** The things of one kind: how many there are in words, some of them, and the list that has all, where there is one. */
export type Group = { kind: Kind; label: string; total: string; pages: number; hits: Hit[]; listHref: string | null }

const pakStates: Record<string, { text: string; tone: Tone }> = {
  unfulfilled: { text: 'Not fulfilled', tone: 'warn' },
  partially_fulfilled: { text: 'Fulfilled in part', tone: 'warn' },
  fulfilled: { text: 'Fulfilled', tone: 'good' },
}

/** What is found of a kind, as it is shown, `size` on a page. */
export function groupOf(viewer: Viewer, { kind, total, isCapped, rows }: Found, terms: Terms, size: number): Group {
  return {
    kind,
    label: kinds[kind].many,
    total: `${readNumber(total)}${isCapped ? '+' : ''}`,
    pages: Math.ceil(Math.min(total, COUNT_CAP) / size),
    hits: rows.map((row) => hitOf(viewer, row)),
    listHref: listHref(viewer.account.domain, kind, terms),
  }
}

export const hitOf = (viewer: Viewer, row: ThingRow): Hit => ({
  title: row.title ?? '',
  detail: row.detail ?? '',
  place:
    row.place === null ? (isPlaced(row.kind) ? 'In no Virtual Account' : '') : placeName(Number(row.place), viewer),
  status: statusOf(row),
  href: hrefOf(viewer.account.domain, row),
  isExact: row.rank === 0,
})

const isPlaced = (kind: Kind) => kind === 'devices' || kind === 'licenses' || kind === 'paks'

function statusOf({ kind, status }: ThingRow): Hit['status'] {
  if (!status) return null
  if (kind === 'paks') return pakStates[status] ?? null
  if (kind === 'contracts' || kind === 'subscriptions') {
    const band: { label: string; tone?: Tone } | undefined = contractAgreements.bands.expiry.bands[status as 'later']
    return band ? { text: band.label, tone: band.tone ?? 'neutral' } : null
  }
  const list: Searched | undefined = listOf(kind)
  const column = list?.resource.columns[list.status]
  const words = column?.words
  return {
    text: typeof words === 'object' ? (words[status] ?? status) : status,
    tone: column?.tones?.[status] ?? 'neutral',
  }
}

/** The list of a kind, where it has one. */
const listOf = (kind: Kind): Searched | undefined =>
  kind in searchedLists ? searchedLists[kind as ListKind] : undefined
type ListKind = keyof typeof searchedLists

function hrefOf(domain: string, { kind, address }: ThingRow): string {
  const known = address ?? ''
  if (kind === 'devices') return paths.device(domain, Number(known))
  if (kind === 'licenses') return paths.license(domain, Number(known))
  if (kind === 'paks') return known ? paths.license(domain, Number(known)) : paths.licensing(domain)
  if (kind === 'orders') return paths.order(domain, known)
  if (kind === 'contracts') return paths.contract(domain, known)
  if (kind === 'subscriptions') return paths.subscription(domain, Number(known))
  const search = new URLSearchParams(kind === 'products' ? { pid: known } : { va: known })
  return `${paths.devices(domain)}?${search}`
}

/** The same things as a list with all its columns and filters. */
function listHref(domain: string, kind: Kind, terms: Terms): string | null {
  const list = listOf(kind)
  const query = list && queryOf(list, terms)
  if (!(list && query)) return null
  const path = { devices: paths.devices, licenses: paths.licensing, orders: paths.orders }[kind as ListKind](domain)
  return `${path}${toSearch(list.resource, query)}`
}
