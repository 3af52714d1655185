const ELSEWHERE = 'http://elsewhere.invalid'

/**
 * Where to go after sign-in, as a path of this site. Whatever could lead to another site, back to sign-in or to
 * something that is no page becomes null. An address with this site's own `origin` is taken as its path.
 */
export function nextPath(text: unknown, origin?: string): string | null {
  if (typeof text !== 'string' || text.length > 2000) return null
  const path = origin && text.startsWith(`${origin}/`) ? text.slice(origin.length) : text
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return null
  const url = URL.parse(path, ELSEWHERE)
  if (url?.origin !== ELSEWHERE || url.pathname.startsWith('//')) return null
  if (/^\/(sign-in|sign-out|api)(\/|$)/i.test(url.pathname)) return null
  return `${url.pathname}${url.search}${url.hash}`
}
