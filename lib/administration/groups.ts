import 'server-only'
import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { userGroups as g, userGroupMembers as m, userGroupRoles as r } from '@/db/schema/groups'
import { users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { knowsAll } from '@/lib/access/reason-rows'
import { type Role, roleLabels } from '@/lib/access/roles'
import { can, type Viewer } from '@/lib/access/viewer'
import { isDelegated, managedPlaces, placeOf } from './queries'
import { isOutside, mayManage } from './rules'
import { lastDayOf } from './schema'

/** A role that the members of a group have in one Virtual Account. */
export type GroupRole = {
  id: number
  role: Role
  label: string
  virtualAccountId: number
  includesNested: boolean
  place: string
  lastDay: string | null
}

export type Group = {
  id: number
  name: string
  description: string
  members: number
  /** Those that the viewer may know of. */
  roles: GroupRole[]
  /** Whether the viewer may change it. */
  isManaged: boolean
}

export type Member = { userId: number; name: string; email: string; isOutside: boolean; isMe: boolean }

/** Whether the viewer may make a group here. */
export const mayMakeGroups = async (reader: Pick<Reader, 'select'>, viewer: Viewer): Promise<boolean> =>
  can(viewer, 'users.manage', [null]) || (can(viewer, 'users.manage') && (await isDelegated(reader, viewer)))

/** Groups that the viewer may know of: all of the account, or those that reach into what they administer. */
const known = (viewer: Viewer): SQL => {
  const own = and(
    eq(r.smartAccountId, g.smartAccountId),
    eq(r.groupId, g.id),
    inArray(r.virtualAccountId, managedPlaces(viewer)),
  )
  const reached = sql`exists (select from ${r} where ${own})`
  const made = sql`${g.createdBy} = ${viewer.id} and ${isTheirs}`
  return sql`${and(eq(g.smartAccountId, viewer.account.id), knowsAll(viewer) ? undefined : or(reached, made))}`
}
const isTheirs = sql<boolean>`${g.id} = any (app.my_managed_groups())`

async function read(reader: Reader, viewer: Viewer, where: SQL): Promise<Group[]> {
  const [rows, delegated] = await Promise.all([
    reader
      .select({ id: g.id, name: g.name, description: g.description, isTheirs })
      .from(g)
      .where(where)
      .orderBy(asc(g.name)),
    isDelegated(reader, viewer),
  ])
  const ids = rows.map(({ id }) => id)
  const [roles, members] = await Promise.all([
    reader
      .select({
        ...{ id: r.id, groupId: r.groupId, role: r.role, virtualAccountId: r.virtualAccountId },
        ...{ includesNested: r.includesNested, expiresAt: r.expiresAt },
      })
      .from(r)
      .where(and(eq(r.smartAccountId, viewer.account.id), inArray(r.groupId, ids), seenPlace(viewer)))
      .orderBy(asc(r.id)),
    reader
      .select({ groupId: m.groupId, n: sql<number>`count(*)::int` })
      .from(m)
      .where(and(eq(m.smartAccountId, viewer.account.id), inArray(m.groupId, ids)))
      .groupBy(m.groupId),
  ])
  return rows.map(({ isTheirs: theirs, ...group }) => {
    const own = roles.filter(({ groupId }) => groupId === group.id)
    return {
      ...group,
      members: members.find(({ groupId }) => groupId === group.id)?.n ?? 0,
      roles: own.map(({ groupId: _, expiresAt, ...role }) => ({
        ...role,
        label: roleLabels[role.role],
        place: placeOf(role, viewer),
        lastDay: lastDayOf(expiresAt),
      })),
      isManaged: theirs && own.every((role) => mayManage(viewer, role, delegated)),
    }
  })
}

/** Of a group that reaches further, who administers a Virtual Account knows what it has there. */
const seenPlace = (viewer: Viewer) =>
  knowsAll(viewer) ? undefined : inArray(r.virtualAccountId, managedPlaces(viewer))

/** The groups of the account that the viewer may know of, by name, and whether they may make one. */
export function groupsOf(viewer: Viewer): Promise<{ groups: Group[]; mayMake: boolean }> {
  return asUser(viewer, async (reader) => {
    const [groups, mayMake] = await Promise.all([read(reader, viewer, known(viewer)), mayMakeGroups(reader, viewer)])
    return { groups, mayMake }
  })
}

/** One group with its members; null where there is none that the viewer may know of. */
export function groupOf(viewer: Viewer, id: number): Promise<(Group & { people: Member[] }) | null> {
  return asUser(viewer, async (reader) => {
    const [group] = await read(reader, viewer, sql`${known(viewer)} and ${g.id} = ${id}`)
    if (!group) return null
    const rows = await membersIn(reader, viewer, id)
    const people = rows.map(({ organisation, ...person }) => ({
      ...person,
      isOutside: isOutside(organisation, viewer.account),
      isMe: person.userId === viewer.id,
    }))
    return { ...group, people }
  })
}

export const membersIn = (reader: Pick<Reader, 'select'>, { account }: Viewer, groupId: number) =>
  reader
    .select({ userId: users.id, name: users.name, email: users.email, organisation: users.organisation })
    .from(m)
    .innerJoin(users, eq(users.id, m.userId))
    .where(and(eq(m.smartAccountId, account.id), eq(m.groupId, groupId)))
    .orderBy(asc(users.name), asc(users.id))

/** The roles of a group as they are, for whoever changes it. */
export const rolesOfGroup = (reader: Pick<Reader, 'select'>, { account }: Viewer, groupId: number) =>
  reader
    .select()
    .from(r)
    .where(and(eq(r.smartAccountId, account.id), eq(r.groupId, groupId)))
    .orderBy(asc(r.id))
