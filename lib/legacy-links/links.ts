/** Addresses of the portals that this one replaces, and where each leads now. */
const links: Readonly<Record<string, string>> = {
  '/clc': '/',
  '/clc/overview': '/',
}

/** The path that an old address has moved to for good; null when it is no old address. */
export function movedTo(pathname: string): string | null {
  const path = pathname.replace(/(?<=.)\/$/, '').toLowerCase()
  return Object.hasOwn(links, path) ? (links[path] ?? null) : null
}
