import { type SQL, sql } from 'drizzle-orm'
import type { Sql } from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { findLicenses } from '@/lib/search/find-license'
import { foundFrom } from '@/lib/search/found-others'
import { lookUp } from '@/lib/search/lookup'
import { paksWith, pakTold } from '@/lib/search/paks'
import { search } from '@/lib/search/queries'
import { parseTerms } from '@/lib/search/terms'

/** Names and numbers of things in every account and Virtual Account, by which nobody else finds them; PAKs by their index. */
export type Identifiers = { names: string[]; paks: string[] }

export async function identifiersIn(owner: Sql): Promise<Identifiers> {
  const rows = await owner<{ value: string }[]>`
    (select distinct on (smart_account_id, virtual_account_id) serial_number as value from devices
      where serial_number is not null order by smart_account_id, virtual_account_id, id)
    union (select distinct on (smart_account_id, virtual_account_id) contract_number from contract_lines
      order by smart_account_id, virtual_account_id, id)
    union (select distinct on (smart_account_id, virtual_account_id) subscription_number from subscription_lines
      order by smart_account_id, virtual_account_id, id)
    union (select distinct on (l.smart_account_id, l.virtual_account_id) o.number from order_lines l
      join orders o on o.smart_account_id = l.smart_account_id and o.id = l.order_id order by l.smart_account_id, l.virtual_account_id, l.id)
    union (select distinct on (smart_account_id, virtual_account_id) sku from licenses
      order by smart_account_id, virtual_account_id, id)
    union (select distinct on (smart_account_id, virtual_account_id) pid from devices
      order by smart_account_id, virtual_account_id, id)
    order by 1`
  const paks = await owner<{ blind: string }[]>`select encode(blind_index, 'hex') as blind from paks order by 1`
  return { names: rows.map(({ value }) => value), paks: paks.map(({ blind }) => blind) }
}

const WORDS = ['2', 'FOC', 'C93', 'DNA', 'a', 'EMEA', 'type:order 8', 'type:device status:lapsed', 'expires:<90d']

const allPaks = (from: SQL) => foundFrom('paks', from, pakTold, sql`true`, { offset: 0, size: 1_000 })

/** The search, what is pasted, and the way to a license: by words, and by identifiers of everybody. */
export function askSearch(viewer: Viewer, { names, paks }: Identifiers) {
  const found = (text: string) => search(viewer, parseTerms(text, today()).terms, { offset: 0, size: 50 })
  return [
    ...[...WORDS, ...names.filter((_, nth) => nth % 8 === 0)].map((text) => ({
      what: `search ${text}`,
      ask: () => found(text),
    })),
    { what: 'PAKs', ask: () => asUser(viewer, (reader) => reader.execute(allPaks(paksWith(viewer, paks)))) },
    { what: 'look up', ask: () => lookUp(viewer, names) },
    ...names.map((text) => ({ what: `licenses of ${text}`, ask: () => findLicenses(viewer, text) })),
  ]
}
