/** The view that a person used last, so that `/` leads there again. A memory, not a right. */
export type View = { kind: 'account'; domain: string } | { kind: 'user' }

export const VIEW_COOKIE = 'view'

const DOMAIN = /^[a-z0-9.-]{1,253}$/

/** The view that an address belongs to; null for addresses of neither. */
export function viewOf(pathname: string): View | null {
  if (/^\/my\/orders(\/|$)/.test(pathname)) return { kind: 'user' }
  const domain = /^\/accounts\/([^/]+)(\/|$)/.exec(pathname)?.[1]?.toLowerCase()
  return domain && DOMAIN.test(domain) ? { kind: 'account', domain } : null
}

export function writeView(view: View): string {
  return view.kind === 'user' ? 'user' : `account:${view.domain}`
}

/** Reads the value of the cookie; null for anything that `writeView` does not write. */
export function readView(value: string | undefined): View | null {
  if (value === 'user') return { kind: 'user' }
  const domain = value?.startsWith('account:') ? value.slice('account:'.length) : ''
  return DOMAIN.test(domain) ? { kind: 'account', domain } : null
}

/** Where each view was left, so that the switch between them leads back to it. */
export const PLACE_COOKIES = { account: 'view-account', user: 'view-user' } as const

const LONGEST = 1500
/** What is asked for by a page and is none. */
const NO_PAGE = /\/(suggestions|export|report)$/

/** The address of a page in one of the views, as it is remembered; null for anything else. */
export function placeIn(pathname: string, search: string): { kind: View['kind']; address: string } | null {
  const view = viewOf(pathname)
  if (!view || NO_PAGE.test(pathname)) return null
  const kept = new URLSearchParams(search)
  for (const name of ['_rsc', 'panel']) kept.delete(name)
  const address = `${pathname}${kept.size > 0 ? `?${kept}` : ''}`
  return address.length > LONGEST ? null : { kind: view.kind, address }
}

/** Reads the value of such a cookie; null for anything but an address in this view. */
export function readPlace(kind: View['kind'], value: string | undefined): { view: View; address: string } | null {
  if (!value?.startsWith('/') || value.length > LONGEST) return null
  const url = URL.parse(value, 'http://here.invalid')
  const view = url?.host === 'here.invalid' ? viewOf(url.pathname) : null
  return url && view?.kind === kind ? { view, address: `${url.pathname}${url.search}` } : null
}
