import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { arrayText } from '@/db/literal'
import { licenses as l, paks } from '@/db/schema/licenses'
import { inScope } from '@/lib/access/scope'
import type { Viewer } from '@/lib/access/viewer'
import { env } from '@/lib/env'
import { normalizePak, pakBlindIndex } from '@/lib/pak'
import { foundFrom } from './found-others'
import type { Told, Window } from './found-rows'
import type { Terms } from './terms'

/** The blind index of what may be a PAK, in hex; undefined where it has no letter and no digit. */
export const blindOf = (text: string): string | undefined =>
  normalizePak(text) === '' ? undefined : pakBlindIndex(text, env().PAK_INDEX_KEY).toString('hex')

/** Of a PAK nobody is told more than its last four characters here. */
export const pakTold: Told = {
  address: l.id,
  title: sql`'PAK ending in ' || ${paks.lastFour}`,
  detail: sql`coalesce(${l.name}, 'Not fulfilled into a license')`,
  place: sql`${paks.virtualAccountId}`,
  status: sql`${paks.state}`,
}

/** The PAKs in scope with one of these blind indexes, and their licenses as far as they are seen. */
export const paksWith = (viewer: Viewer, blind: readonly string[]): SQL =>
  sql`from ${paks} left join ${l} on ${inScope(viewer, l)} and ${l.id} = ${paks.licenseId}
    where ${inScope(viewer, paks)}
      and ${paks.blindIndex} = any (array(select decode(b, 'hex') from unnest(${arrayText(blind)}::text[]) b))`

/** A PAK is found by all of it or not at all; nothing says how near somebody came. */
export function foundPaks(viewer: Viewer, { text, status, expires }: Terms, window: Window): SQL | undefined {
  const blind = blindOf(text)
  if (status || expires || blind === undefined) return undefined
  return foundFrom('paks', paksWith(viewer, [blind]), pakTold, sql`true`, window)
}
