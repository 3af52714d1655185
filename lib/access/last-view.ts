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
