import { decoded, home, moved, movedOrder, movedPlace } from '@/lib/paths'
import { plain } from './fragment'
import type { LegacyLink, Place } from './schema'
import { builtInLinks } from './table'

/** Names under which old addresses carry the number of an order, in small letters. */
const ORDER_PARAMETERS = ['order', 'orderid', 'ordernumber', 'so', 'weborderid', 'woid']
const ORDER = /^[a-z0-9][a-z0-9._-]{0,39}$/i

type Address = { pathname: string; search: URLSearchParams }

/**
 * The path that an old address has moved to for good; null when it is no old address. `added` are the installation's own
 * links, which go before the built-in ones. Made of fixed paths and at most an order number of letters and digits, so it
 * cannot lead to another site, whatever the address holds. Asks no database: middleware calls it.
 */
export function movedTo(address: Address, added: readonly LegacyLink[] = []): string | null {
  if (!/^\/(?!\/)/.test(address.pathname)) return null
  const parts = address.pathname
    .replace(/(?<=.)\/$/, '')
    .split('/')
    .slice(1)
  for (const link of [...added, ...builtInLinks]) {
    const order = fits(link, parts, address.search)
    if (order !== null) return order === '' ? placePath(link.to) : movedOrder(order)
  }
  return null
}

/** Where what stood behind `#` has moved to; only the browser sees that, so it asks by a page of its own. */
export function movedFragment(fragment: string, added: readonly LegacyLink[] = []): string | null {
  const wanted = plain(fragment)
  const link = [...added, ...builtInLinks].find(({ from }) => from.startsWith('#') && plain(from) === wanted)
  return link ? placePath(link.to) : null
}

/** What may stand behind `#` in an old address, as the browser is to look for it. */
export const oldFragments = (added: readonly LegacyLink[] = []): string[] => [
  ...new Set([...added, ...builtInLinks].filter(({ from }) => from.startsWith('#')).map(({ from }) => plain(from))),
]

function placePath(place: Place): string {
  if (place === 'home') return home()
  return place === 'search' ? moved() : movedPlace(place)
}

/** The order that an address names, '' where it names none; null when the link is another one. */
function fits(link: LegacyLink, parts: readonly string[], search: URLSearchParams): string | null {
  const { from, parts: wanted, parameters = {}, ordersOnly = false } = link
  if (from.startsWith('#')) return null
  const isOpen = wanted.at(-1) === '*'
  const fixed = isOpen ? wanted.slice(0, -1) : wanted
  if (isOpen ? parts.length < fixed.length : parts.length !== fixed.length) return null
  if (!fixed.every((part, nth) => part.startsWith('{') || part === parts[nth]?.toLowerCase())) return null
  if (!Object.entries(parameters).every(([name, value]) => hasValue(search, name, value))) return null
  const order = orderIn(decoded(parts[fixed.indexOf('{order}')] ?? '')) || orderParameter(search)
  return ordersOnly && order === '' ? null : order
}

const hasValue = (search: URLSearchParams, name: string, value: string) =>
  [...search].some(
    ([given, text]) => given.toLowerCase() === name.toLowerCase() && text.toLowerCase() === value.toLowerCase(),
  )

/** The first that is one, where several are given. */
const orderParameter = (search: URLSearchParams): string =>
  [...search]
    .filter(([name]) => ORDER_PARAMETERS.includes(name.toLowerCase()))
    .map(([, value]) => orderIn(value))
    .find(Boolean) ?? ''

const orderIn = (text: string | null): string => {
  const number = text?.trim() ?? ''
  return ORDER.test(number) ? number : ''
}
