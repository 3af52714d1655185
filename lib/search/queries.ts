import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { plannedFor, plannedForTexts } from '@/lib/table/plans'
import { COUNT_CAP } from '@/lib/table/resource'
import { foundAgreements, foundPlaces, foundProducts } from './found-others'
import { type FoundRow, foundIn, type Window } from './found-rows'
import { searchedLists } from './kinds'
import { foundPaks } from './paks'
import { isNothing, type Kind, kindNames, type Terms } from './terms'

/** One kind of what was found: how many there are (`isCapped`: more than are counted), and some of them. */
export type Found = { kind: Kind; total: number; isCapped: boolean; rows: FoundRow[] }

function statementOf(viewer: Viewer, kind: Kind, terms: Terms, window: Window): SQL | undefined {
  if (kind === 'paks') return foundPaks(viewer, terms, window)
  if (kind === 'contracts' || kind === 'subscriptions') return foundAgreements(viewer, kind, terms, today(), window)
  if (kind === 'products') return foundProducts(viewer, terms, window)
  if (kind === 'virtual-accounts') return foundPlaces(viewer, terms, window)
  return foundIn(viewer, searchedLists[kind], terms, today(), window)
}

/**
 * What the terms find in the viewer's scope, by kind, those kinds first of which something is named exactly; kinds without
 * anything are left out. One round trip.
 */
export async function search(viewer: Viewer, terms: Terms, window: Window): Promise<Found[]> {
  const asked = terms.types.length > 0 ? kindNames.filter((kind) => terms.types.includes(kind)) : kindNames
  const parts = isNothing(terms) ? [] : asked.flatMap((kind) => statementOf(viewer, kind, terms, window) ?? [])
  if (parts.length === 0) return []
  // How many rows a status or an end has is to be known before they are looked for, how many a text has is not.
  const planned = (reader: Reader) =>
    terms.status || terms.expires ? plannedFor(reader, 'these values') : plannedForTexts(reader)
  const [, rows] = (await asUser(viewer, (reader) =>
    Promise.all([planned(reader), reader.execute(sql.join(parts, sql` union all `))]),
  )) as unknown as [unknown, FoundRow[]]
  const groups = asked.flatMap((kind): Found[] => {
    const own = rows.filter((row) => row.kind === kind).sort((a, b) => Number(a.nth) - Number(b.nth))
    const n = own[0]?.n ?? 0
    if (n === 0) return []
    return [
      { kind, total: Math.min(n, COUNT_CAP), isCapped: n > COUNT_CAP, rows: own.filter(({ rank }) => rank !== null) },
    ]
  })
  const best = ({ rows: [first] }: Found) => first?.rank ?? 1
  return groups.sort((one, other) => best(one) - best(other))
}
