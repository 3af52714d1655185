import 'server-only'
import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { roleAssignments as r, smartAccounts } from '@/db/schema/accounts'
import { users } from '@/db/schema/people'
import { mayKnow } from '@/lib/access/contacts'
import { asUser } from '@/lib/access/database'
import { knowsAll, sharesContacts } from '@/lib/access/reason-rows'
import { pathOf, type Role, roleLabels } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { isOutside, mayManage } from './rules'
import { lastDayOf } from './schema'

export const USERS_SIZE = 100

/** A role in force, as the list of users shows it. */
export type UserRole = {
  id: number
  userId: number
  /** Null where the viewer may not know who it is. */
  name: string | null
  email: string | null
  organisation: string
  isOutside: boolean
  isMe: boolean
  role: Role
  label: string
  virtualAccountId: number | null
  includesNested: boolean
  place: string
  lastDay: string | null
  purpose: string
  lastSignIn: Date | null
  openSignIns: number
  /** Whether the viewer may change or take it. */
  isManaged: boolean
}

export type UserList = {
  rows: UserRole[]
  total: number
  page: number
  pages: number
  /** Whether the viewer may give a role anywhere here. */
  mayGive: boolean
  /** Administrators whom nothing ends; null for who does not see them all. */
  administrators: number | null
}

/** Whether the account lets Virtual Account Administrators manage the roles in their own. */
export async function isDelegated(reader: Pick<Reader, 'select'>, { account }: Viewer): Promise<boolean> {
  const [row] = await reader
    .select({ is: smartAccounts.virtualAdminsManageUsers })
    .from(smartAccounts)
    .where(eq(smartAccounts.id, account.id))
  return row?.is ?? false
}

/** The Virtual Accounts whose users the viewer sees. */
export const managedPlaces = (viewer: Viewer) =>
  viewer.virtualAccounts.map(({ id }) => id).filter((id) => can(viewer, 'users.see', [id]))

/** Roles in force that are in the viewer's list of users. */
const listed = (viewer: Viewer): SQL =>
  sql`${and(
    eq(r.smartAccountId, viewer.account.id),
    knowsAll(viewer) ? undefined : inArray(r.virtualAccountId, managedPlaces(viewer)),
    inForce(),
  )}`

export const inForce = () =>
  and(isNull(r.revokedAt), or(isNull(r.expiresAt), gt(r.expiresAt, now())), isNull(users.disabledAt))

/** Sign-ins go by the clock of the database, as lib/sign-in has it, not by a frozen one. */
const signIns = (what: SQL) => sql`(select ${what} from sessions s where s.user_id = ${r.userId})`
const OPEN = sql`s.ended_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '60 minutes'`

const fields = {
  id: r.id,
  userId: r.userId,
  name: users.name,
  email: users.email,
  organisation: users.organisation,
  role: r.role,
  virtualAccountId: r.virtualAccountId,
  includesNested: r.includesNested,
  expiresAt: r.expiresAt,
  purpose: r.purpose,
  lastSignIn: sql<string | null>`${signIns(sql`max(s.created_at)`)}`,
  openSignIns: sql<number>`${signIns(sql`count(*) filter (where ${OPEN})::int`)}`,
}

const select = (reader: Reader) => reader.select(fields).from(r).innerJoin(users, eq(users.id, r.userId))
type Found = Awaited<ReturnType<typeof select>>[number]

/** What the rows are read with. */
async function readerOf(reader: Reader, viewer: Viewer) {
  const [isShared, delegated] = await Promise.all([sharesContacts(reader, viewer), isDelegated(reader, viewer)])
  const read = ({ expiresAt, lastSignIn, name, email, ...row }: Found): UserRole => {
    const isKnown = row.role !== 'sa_admin' || mayKnow(viewer, { ...row, id: row.userId }, isShared)
    return {
      ...row,
      name: isKnown ? name : null,
      email: isKnown ? email : null,
      isOutside: isOutside(row.organisation, viewer.account),
      isMe: row.userId === viewer.id,
      label: roleLabels[row.role],
      place: placeOf(row, viewer),
      lastDay: lastDayOf(expiresAt),
      lastSignIn: lastSignIn === null ? null : new Date(lastSignIn),
      isManaged: mayManage(viewer, row, delegated),
    }
  }
  return { read, delegated }
}

/** `EMEA › Germany and what is nested in it`. */
export function placeOf(
  { virtualAccountId, includesNested }: Pick<UserRole, 'virtualAccountId' | 'includesNested'>,
  { virtualAccounts }: Pick<Viewer, 'virtualAccounts'>,
): string {
  if (virtualAccountId === null) return 'Whole Smart Account'
  const path = pathOf(virtualAccountId, virtualAccounts)
  return `${path}${includesNested ? ' and what is nested in it' : ', this one only'}`
}

/** A page of the roles in the account that the viewer may know of, by name. */
export function usersOf(viewer: Viewer, page: number): Promise<UserList> {
  return asUser(viewer, async (reader) => {
    const where = listed(viewer)
    const [{ read, delegated }, [counted]] = await Promise.all([
      readerOf(reader, viewer),
      reader
        .select({
          total: sql<number>`count(*)::int`,
          lasting: sql<number>`(count(*) filter (where ${r.role} = 'sa_admin' and ${r.expiresAt} is null))::int`,
        })
        .from(r)
        .innerJoin(users, eq(users.id, r.userId))
        .where(where),
    ])
    const total = counted?.total ?? 0
    const pages = Math.max(1, Math.ceil(total / USERS_SIZE))
    const at = Math.min(page, pages)
    const rows = await select(reader)
      .where(where)
      .orderBy(asc(users.name), asc(users.id), asc(r.role), asc(r.id))
      .limit(USERS_SIZE)
      .offset((at - 1) * USERS_SIZE)
    const own = viewer.virtualAccounts.map(({ id }) => ({ role: 'va_viewer' as const, virtualAccountId: id }))
    const mayGive =
      knowsAll(viewer) || own.some((one) => mayManage(viewer, { ...one, includesNested: false }, delegated))
    const administrators = knowsAll(viewer) ? (counted?.lasting ?? 0) : null
    return { rows: rows.map(read), total, page: at, pages, mayGive, administrators }
  })
}

/** One role of that list; null where there is none, or none that the viewer may change. */
export function roleOf(viewer: Viewer, id: number): Promise<UserRole | null> {
  return asUser(viewer, async (reader) => {
    const [{ read }, [found]] = await Promise.all([
      readerOf(reader, viewer),
      select(reader).where(and(listed(viewer), eq(r.id, id))),
    ])
    const role = found && read(found)
    return role?.isManaged ? role : null
  })
}
