import type { Command } from './types'

// The things that somebody had open last, for the palette: kept in this browser until they sign out, which clears what a
// site keeps. What a page shows is asked for again when one goes there.

const KEY = 'recent'
const AT_MOST = 8
const KEPT = 40
/** The page of one thing: a license, a device, an order, a role. */
const THING =
  /^\/accounts\/[^/]+\/(?:administration\/)?(?:licensing|contracts|subscriptions|devices|orders|events|users|virtual-accounts)\/[^/]+$/

type Recent = { label: string; href: string }

const isRecent = (one: unknown): one is Recent => {
  const { label, href } = (one ?? {}) as Partial<Record<keyof Recent, unknown>>
  return typeof label === 'string' && typeof href === 'string' && THING.test(href)
}

function kept(): Recent[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(read) ? read.filter(isRecent) : []
  } catch {
    return []
  }
}

/** Remembers the page at `path` by its heading, where it is the page of a thing. */
export function remember(path: string, heading: string): void {
  const label = heading.replace(/\s+/g, ' ').trim().slice(0, 120)
  if (!(label && THING.test(path))) return
  const others = kept().filter(({ href }) => href !== path)
  localStorage.setItem(KEY, JSON.stringify([{ label, href: path }, ...others].slice(0, KEPT)))
}

/** What was open last in the account of the page at `path`, the newest first, without that page. */
export function recentCommands(path: string): Command[] {
  const [account] = /^\/accounts\/[^/]+\//.exec(path) ?? []
  if (!account) return []
  return kept()
    .filter(({ href }) => href.startsWith(account) && href !== path)
    .slice(0, AT_MOST)
    .map(({ label, href }) => ({ label, href, group: 'Recent' }))
}
