import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { sessionIdFromRequest } from '@/lib/auth'
import { today } from '@/lib/clock'
import { sql, within } from './database'
import { leaveSupportTrail } from './support-trail'
import { type Opened, openSession, type Person, type Viewer, viewerOf } from './viewer'

// From a request to who asks. What works without one (commands, jobs) has no need of this file, nor of Next.

/** The signed-in person and the Virtual Accounts of the account named; null when nobody is signed in. */
async function opened(domain: string | null): Promise<Opened | null> {
  const sessionId = await sessionIdFromRequest()
  return sessionId ? openSession(sessionId, domain) : null
}

/**
 * The signed-in person. Without a sign-in the request goes to the sign-in page. In a page of an account its domain makes
 * this the same query as `getViewer`.
 */
export async function getPerson(domain?: string): Promise<Person> {
  const found = await opened(domain?.toLowerCase() ?? null)
  if (!found) redirect('/sign-in')
  const { user, accounts, assignments, support, hasSharedOrders } = found
  return { ...user, accounts, assignments, support, hasSharedOrders }
}

/** The signed-in person where there is one: for pages that need none. */
export async function personIfAny(): Promise<Pick<Person, 'id' | 'email'> | null> {
  return (await opened(null))?.user ?? null
}

/**
 * The person in the account of this domain, with a role that sees assets there. To anybody else the account
 * does not exist: 404. Without a sign-in the request goes to the sign-in page.
 */
export async function getViewer(domain: string): Promise<Viewer> {
  const found = await opened(domain.toLowerCase())
  if (!found) redirect('/sign-in')
  const viewer = viewerOf(found, domain.toLowerCase())
  if (!viewer) notFound()
  if (viewer.account.day !== today()) await within(10_000, sql()`select app.turn_day(${viewer.account.id}, ${today()})`)
  await leaveSupportTrail(viewer)
  return viewer
}
