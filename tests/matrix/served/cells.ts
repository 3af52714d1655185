import { AURORA, BOREALIS, DOMAINS, type DOMAINS as Domains, rolesIn, type Somebody, seesAssets } from '../people'
import type { Sight } from '../sight'
import type { Thing, World } from './world'

/** An address to try, who sees what stands there, and an address of the same shape where nothing is. */
export type Cell = {
  name: string
  path: string
  missing?: string
  headers?: Record<string, string>
  /** Another look at what a cell beside it has tried as everybody: a few people are enough. */
  isVariant?: true
  /** One more of a kind that a cell beside it has tried as everybody, inside of an account: only who is in that tries it. */
  isOneOfMany?: true
  /** The account that it is one of some things of a kind in. */
  inside?: string
  /** The account that it is the only page of its kind in. */
  account?: string
  /** Everybody, with a sign-in or without. */
  isPublic?: true
  /** The only answer that there is. */
  status?: number
  sees(somebody: Somebody, sight: Sight): boolean
  /** Where it leads on instead of showing something. */
  leadsTo?(location: string, somebody: Somebody): boolean
  /** What is wrong with what it shows; `html` is the page of somebody who sees it. */
  read?(html: string, sight: Sight): Promise<string[]>
}
export type Row = (world: World) => Cell[]
export type Domain = (typeof Domains)[number]

export type Reader = (world: World, domain: Domain) => NonNullable<Cell['read']>

export const always = () => true
export const inAccount = (domain: string) => (somebody: Somebody) => seesAssets(somebody, domain)
export const administers = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin')
/** Who sees a list of users: of the account, or of their own Virtual Accounts. */
export const managesUsers = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin' || role === 'va_admin')
/** Who sees all of an account. */
export const seesWhole = (domain: string) => (somebody: Somebody) =>
  seesAssets(somebody, domain) &&
  (somebody.supports.includes(domain) ||
    rolesIn(somebody, domain).some(({ role, places }) => role !== 'sa_approver' && places === null))
export const open =
  (...paths: string[]): Row =>
  () =>
    paths.map((path) => ({ name: path, path, isPublic: true, sees: always }))
export const NOWHERE = 'missing.example'

/** The devices that a viewer of one Virtual Account would see, for its administrators to try. */
export const previewOf = (place: number) =>
  `/accounts/${AURORA}/administration/preview/${encodeURIComponent(`va_viewer:${place}:::`)}/devices`

/** One page for each account. */
export const perAccount =
  (tab: string, sees: (domain: string) => Cell['sees'], read?: Reader): Row =>
  (world) =>
    DOMAINS.map((domain) => ({
      name: `${tab} of ${domain}`,
      account: domain,
      path: `/accounts/${domain}/${tab}`,
      missing: `/accounts/${NOWHERE}/${tab}`,
      sees: sees(domain),
      ...(read && { read: read(world, domain) }),
    }))
/** The same addresses in another way: whoever is in the account tries them. */
export const more = (cells: Cell[]): Cell[] =>
  cells.map((cell) => ({ ...cell, ...(cell.account && { isOneOfMany: true, inside: cell.account }) }))
/** The same addresses in another way: a few people try them. */
export const variant = (cells: Cell[]): Cell[] => cells.map((cell) => ({ ...cell, isVariant: true }))
/** What a browser sends along when it opens a drawer over a list. */
export const over = (tab: string) => (domain: string) => ({ 'next-url': `/accounts/${domain}/${tab}` })
const withHeaders = (headers: Cell['headers']) => (headers ? { headers } : {})

/** A page for each of some things, under its own account and under the others. */
export const perThing =
  (
    tab: string,
    things: (world: World) => Thing[],
    sees: (thing: Thing, domain: string) => Cell['sees'],
    headers?: (domain: string) => Cell['headers'],
  ): Row =>
  (world) => {
    const found = things(world)
    const foreign = (domain: string) => found.filter((thing) => thing.domain !== domain).slice(-1)
    return DOMAINS.flatMap((domain) =>
      [
        // The borders inside of an account are those of aurora.example.
        ...found.filter((thing) => thing.domain === domain).slice(0, domain === AURORA ? 7 : 1),
        ...foreign(domain),
        { id: 999_999_999, domain: NOWHERE, place: 'nowhere' },
      ].map((thing, index) => ({
        inside: domain,
        ...(index > 0 && { isOneOfMany: true as const }),
        name: `${tab} of ${thing.place} of ${thing.domain} in ${domain}`,
        path: `/accounts/${domain}/${tab}/${encodeURIComponent(thing.id)}`,
        missing: `/accounts/${domain}/${tab}/999999998`,
        ...withHeaders(headers?.(domain)),
        sees: sees(thing, domain),
      })),
    )
  }

/** Whoever sees the place that a thing is in; `none` takes the whole account. */
export const inPlace =
  (thing: Thing, domain: string): Cell['sees'] =>
  (somebody) => {
    if (thing.domain !== domain || !seesAssets(somebody, domain)) return false
    return (
      somebody.supports.includes(domain) ||
      rolesIn(somebody, domain).some(
        ({ role, places }) =>
          role !== 'sa_approver' &&
          (places === null || (thing.places ?? [thing.place]).some((place) => places.includes(place))),
      )
    )
  }

/** A drawer asked for as if over a list of another account: it belongs to that one, whatever the address says. */
export const overForeign =
  (tab: string, things: (world: World) => Thing[]): Row =>
  (world) =>
    things(world)
      .filter(({ domain }) => domain === AURORA)
      .slice(0, 3)
      .map((thing) => ({
        name: `${tab} of ${thing.place} in ${BOREALIS}, over a list of ${AURORA}`,
        path: `/accounts/${BOREALIS}/${tab}/${thing.id}`,
        missing: `/accounts/${BOREALIS}/${tab}/999999998`,
        headers: { 'next-url': `/accounts/${AURORA}/${tab}` },
        sees: inPlace(thing, AURORA),
      }))

/** A contract or subscription opened from a line: seen where the line is. */
export const perLine =
  (tab: string, things: (world: World) => Thing[]): Row =>
  (world) =>
    variant(
      things(world)
        .filter(({ domain }) => domain === AURORA)
        .map(({ id, domain, place, line = 0 }) => ({
          name: `${tab} from a line of ${place}`,
          path: `/accounts/${domain}/${tab}/${encodeURIComponent(id)}?line=${line}`,
          missing: `/accounts/${domain}/${tab}/${encodeURIComponent(id)}?line=999999999`,
          sees: inPlace({ id, domain, place }, domain),
        })),
    )

export const entered = (location: string, somebody: Somebody) => {
  const [, domain] = /^\/accounts\/([^/]+)\/overview$/.exec(location) ?? []
  return domain ? seesAssets(somebody, domain) : location === '/my/orders' || location === '/my/access'
}

export const once =
  (...cells: Cell[]): Row =>
  () =>
    cells
