import 'server-only'
import type { PendingQuery, Row } from 'postgres'
import { cache } from 'react'
import { now } from '@/lib/clock'
import { Unavailable } from '@/lib/errors'
import type { SavedView } from '@/lib/views/saved-view'
import { sql, within } from './database'
import { extentOf, type Permission } from './permissions'
import { replica } from './replica'
import { type Assignment, type Reach, type Role, reachOf, type VirtualAccount } from './roles'

export type Account = { id: number; domain: string; name: string; type: 'CUSTOMER' | 'HOLDING'; day: string }
export type SupportAccess = { id: number; accountId: number; reason: string; endsAt: string }

/** A signed-in person, before any account is chosen. */
export type Person = {
  id: number
  email: string
  name: string
  organisation: string
  isSupport: boolean
  accounts: Account[]
  assignments: Assignment[]
  support: SupportAccess[]
  /** Orders shared with this address, or naming it as eDelivery contact: what the User View shows. */
  hasSharedOrders: boolean
}

/** Which assets of the account a viewer sees. */
export type Scope = { kind: 'account' } | { kind: 'virtual-accounts'; ids: readonly number[] }

export type Grant = Assignment & { reach: Reach }

declare const minted: unique symbol

/** A person in one account, with the scope of their roles there. Only this file can make one; every read and write takes it. */
export type Viewer = Omit<Person, 'accounts' | 'assignments'> & {
  readonly [minted]: true
  account: Account
  grants: Grant[]
  scope: Scope
  /** The Virtual Accounts in scope. */
  virtualAccounts: VirtualAccount[]
  /** Saved views of the account that are theirs or shared, by name; whether they may use any is for lib/views to say. */
  views: SavedView[]
  /** How they laid out their tables, by the name of the resource, as it was kept. */
  layouts: Readonly<Record<string, unknown>>
  /** Stands for somebody else in the preview of a grant: what is known of oneself is not known then. */
  isPreview?: true
  /** How many writes of theirs a replica must have to be read from; not there where there is no replica. */
  writes?: number
}

/** What the database says of a person: where they have access; Virtual Accounts and views of the account asked for. */
export type Opened = Omit<Person, 'id' | 'email' | 'name' | 'organisation' | 'isSupport'> & {
  user: Pick<Person, 'id' | 'email' | 'name' | 'organisation' | 'isSupport'>
  virtualAccounts: VirtualAccount[]
  views: SavedView[]
  layouts: Readonly<Record<string, unknown>>
  writes?: number
}

type Answer = { opened: Opened | null; writes?: number | null; position?: string }
type Fragment = PendingQuery<Row[]>

/** One indexed query a request; the cache lives as long as the request and its key is the session and the account. */
export const openSession = cache(async (sessionId: string, domain: string | null): Promise<Opened | null> => {
  const session = sql()`app.open_session(${sessionId}, ${domain}, ${now().toISOString()})`
  const writes = sql()`select w.writes from sessions s join person_writes w on w.user_id = s.user_id where s.id = ${sessionId}`
  return ask(session, writes)
})

/** In the same round trip, where there is a replica: what it must have to be read from. */
async function ask(opening: Fragment, writing: Fragment): Promise<Opened | null> {
  const copy = replica()
  const known = copy ? sql()`, (${writing}) as writes, pg_current_wal_insert_lsn()::text as position` : sql()``
  const row = await within(5_000, async () => {
    const [answer] = await sql()<Answer[]>`select ${opening} as opened ${known}`
    // The statement has one row, whoever asks: a connection that was ended has none, and that signs nobody out.
    if (!answer) throw new Unavailable('The database did not answer.')
    return answer
  })
  if (copy && row.position) copy.notePosition(row.position)
  return row.opened && copy ? { ...row.opened, writes: Number(row.writes ?? 0) } : row.opened
}

/**
 * The viewer that a person is now in the account of this domain, for work that goes on without a request of theirs; null
 * where they see nothing any more. Asked anew each time.
 */
export async function viewerFor(personId: number, domain: string): Promise<Viewer | null> {
  const person = sql()`app.open_person(${personId}, ${domain}, ${now().toISOString()})`
  const found = await ask(person, sql()`select w.writes from person_writes w where w.user_id = ${personId}`)
  return found ? viewerOf(found, domain) : null
}

/**
 * The viewer that somebody with these roles would be in the viewer's account: before a role is given, and in a
 * transaction whose roles may be newer than the request's. Null when they see no assets. Row-level security still
 * answers to the viewer's own id, so that nothing is seen through it that the viewer does not see.
 */
export function viewerWith(viewer: Viewer, assignments: readonly Assignment[]): Viewer | null {
  const grants = assignments.map((assignment) => ({
    ...assignment,
    reach: reachOf(assignment, viewer.virtualAccounts),
  }))
  const scope = scopeOf(grants, false)
  if (!scope) return null
  return { ...viewer, grants, support: [], scope, virtualAccounts: placesIn(viewer.virtualAccounts, scope) }
}

/** The viewer in the account of this domain that the database says somebody is; null where they see no assets there. */
export function viewerOf(opened: Opened, domain: string): Viewer | null {
  const { user, virtualAccounts, views, layouts, hasSharedOrders, writes } = opened
  const account = opened.accounts.find((candidate) => candidate.domain === domain)
  if (!account) return null
  const support = opened.support.filter((access) => access.accountId === account.id)
  const grants = opened.assignments
    .filter((assignment) => assignment.accountId === account.id)
    .map((assignment) => ({ ...assignment, reach: reachOf(assignment, virtualAccounts) }))
  const scope = scopeOf(grants, support.length > 0)
  if (!scope) return null
  const seen = placesIn(virtualAccounts, scope)
  const known = { ...user, account, grants, support, scope, virtualAccounts: seen, views, layouts, hasSharedOrders }
  return (writes === undefined ? known : { ...known, writes }) as Viewer
}

const placesIn = (virtualAccounts: VirtualAccount[], scope: Scope) =>
  virtualAccounts.filter(({ id }) => scope.kind === 'account' || scope.ids.includes(id))

function scopeOf(grants: readonly Grant[], isSupported: boolean): Scope | null {
  const seeing = grants.filter(({ role }) => extentOf('assets.see', role))
  if (isSupported || seeing.some(({ reach }) => reach === 'account')) return { kind: 'account' }
  const ids = new Set(seeing.flatMap(({ reach }) => (reach === 'account' ? [] : [...reach])))
  return ids.size > 0 ? { kind: 'virtual-accounts', ids: [...ids].sort((a, b) => a - b) } : null
}

/** Support sees what a Smart Account Viewer sees, and nothing of what that role may do beyond seeing. */
const SUPPORT_ROLE: Role = 'sa_viewer'

/**
 * Whether the viewer may do this: anywhere in the account, or, with `virtualAccountIds`, in every one of them
 * (null = in no Virtual Account, which only a role over the whole account reaches).
 */
export function can(viewer: Viewer, permission: Permission, virtualAccountIds?: readonly (number | null)[]): boolean {
  const reaches = viewer.grants.filter(({ role }) => extentOf(permission, role)).map(({ reach }) => reach)
  if (viewer.support.length > 0 && extentOf(permission, SUPPORT_ROLE)) reaches.push('account')
  if (!virtualAccountIds) return reaches.length > 0
  return virtualAccountIds.every((id) => reaches.some((reach) => reach === 'account' || (id !== null && reach.has(id))))
}
