import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { userGroups as g, userGroupMembers as m, userGroupRoles as r } from '@/db/schema/groups'
import type { Viewer } from '@/lib/access/viewer'
import type { ChangeItem, EventDraft } from '@/lib/changes/events'
import type { Change } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Invalid, NotFound } from '@/lib/errors'
import { writeFresh } from './fresh'
import { idsFor } from './grant'
import type { GroupDraft } from './group-schema'
import { mayMakeGroups, rolesOfGroup } from './groups'
import { MOST_PEOPLE } from './people-list'
import { isDelegated } from './queries'
import { mayManage } from './rules'
import { endOf, lastDayOf, type RoleDraft } from './schema'

type Held = Awaited<ReturnType<typeof rolesOfGroup>>[number]

/** A new group, without members or roles. Throws Invalid when the name is taken, NotFound where the viewer may make none. */
export function createGroup(viewer: Viewer, draft: GroupDraft, key: string): Promise<{ id: number }> {
  return plan(viewer, 'new', key, draft, async (tx, fresh) => {
    if (!(await mayMakeGroups(tx, fresh))) throw new NotFound('There are no groups to make here.')
    const [next] = (await tx.execute(sql`select nextval('user_groups_id_seq') as id`)) as unknown as { id: number }[]
    const id = next?.id ?? 0
    await tx.insert(g).values({ ...draft, smartAccountId: viewer.account.id, id, createdBy: viewer.id })
    return done(id, [{ ...about(id), before: null, after: { isNew: true } }], {
      ...{ type: 'groups.created', ...about(id), virtualAccountIds: [], detail: {} },
    })
  })
}

/** Another name or description. Throws Invalid when the name is taken. */
export function renameGroup(viewer: Viewer, id: number, draft: GroupDraft, key: string): Promise<{ id: number }> {
  return planOne(viewer, id, key, draft, async (tx, roles) => {
    await tx.update(g).set(draft).where(inGroup(viewer, id))
    return change(id, roles, 'renamed', {}, [{ ...about(id), before: {}, after: { isRenamed: true } }])
  })
}

/** Takes the group away: its members lose what they had by it with their next request. */
export function deleteGroup(viewer: Viewer, id: number, key: string): Promise<{ id: number }> {
  return planOne(viewer, id, key, {}, async (tx, roles) => {
    const members = await tx
      .delete(m)
      .where(and(eq(m.smartAccountId, viewer.account.id), eq(m.groupId, id)))
      .returning()
    await tx.delete(r).where(and(eq(r.smartAccountId, viewer.account.id), eq(r.groupId, id)))
    await tx.delete(g).where(inGroup(viewer, id))
    const before = { roles: roles.map(recorded), members: members.map(({ userId }) => userId) }
    return done(id, [{ ...about(id), before, after: { isDeleted: true } }], {
      ...{ type: 'groups.deleted', ...about(id), virtualAccountIds: placesOf(roles) },
      detail: { members: members.length },
    })
  })
}

/** Puts all of these people into the group, or none; people unknown so far are known by their address from now on. */
export function addMembers(
  viewer: Viewer,
  id: number,
  emails: readonly string[],
  key: string,
): Promise<{ id: number }> {
  const wanted = [...new Set(emails)].sort()
  if (wanted.length === 0 || wanted.length > MOST_PEOPLE) throw new Invalid(['Add 1 to 100 people at once.'])
  return planOne(viewer, id, key, { wanted }, async (tx, roles) => {
    const people = await idsFor(tx, wanted)
    const values = people.map((userId) => ({ userId, groupId: id, smartAccountId: viewer.account.id }))
    const added = await tx
      .insert(m)
      .values(values.map((one) => ({ ...one, addedBy: viewer.id, addedAt: now() })))
      .onConflictDoNothing()
      .returning({ userId: m.userId })
    const [first, ...rest] = added.map(({ userId }) => eventOf(id, roles, 'member-added', { userId }))
    if (!first) throw new Invalid(['All of them are in the group already.'])
    const items = added.map(({ userId }) => ({ ...about(id), before: null, after: { member: userId } }))
    return { ...done(id, items, first), events: [first, ...rest] }
  })
}

/** Takes somebody out of the group, from their next request on. */
export function removeMember(viewer: Viewer, id: number, userId: number, key: string): Promise<{ id: number }> {
  return planOne(viewer, id, key, { userId }, async (tx, roles) => {
    const mine = and(eq(m.smartAccountId, viewer.account.id), eq(m.groupId, id), eq(m.userId, userId))
    const gone = await tx.delete(m).where(mine).returning()
    if (gone.length === 0) throw new NotFound('They are not in the group.')
    return change(id, roles, 'member-removed', { userId }, [
      { ...about(id), before: { member: userId }, after: { member: null } },
    ])
  })
}

/** Gives every member a role in a Virtual Account. Throws Invalid where the group has one there, NotFound where the viewer may not give it. */
export function giveGroupRole(viewer: Viewer, id: number, draft: RoleDraft, key: string): Promise<{ id: number }> {
  return planOne(viewer, id, key, draft, async (tx, roles, fresh) => {
    const { virtualAccountId, role, includesNested, lastDay } = draft
    if (virtualAccountId === null || !mayManage(fresh, draft, await isDelegated(tx, viewer)))
      throw new NotFound('There is no such role to give.')
    const [next] = (await tx.execute(sql`select nextval('user_group_roles_id_seq') as id`)) as unknown as {
      id: number
    }[]
    const common = { smartAccountId: viewer.account.id, id: next?.id ?? 0, groupId: id, grantedBy: viewer.id }
    const given = { role, virtualAccountId, includesNested, expiresAt: endOf(lastDay), grantedAt: now() }
    await tx.insert(r).values({ ...common, ...given })
    const after = recorded(given)
    return change(id, [...roles, given], 'role-given', after, [{ ...about(id), before: null, after }])
  })
}

/** Takes a role from all members, from their next request on. */
export function takeGroupRole(viewer: Viewer, id: number, roleId: number, key: string): Promise<{ id: number }> {
  return planOne(viewer, id, key, { roleId }, async (tx, roles) => {
    const held = roles.find((role) => role.id === roleId)
    if (!held) throw new NotFound('The group has no such role.')
    await tx.delete(r).where(and(eq(r.smartAccountId, viewer.account.id), eq(r.id, roleId)))
    const before = recorded(held)
    return change(id, roles, 'role-taken', before, [{ ...about(id), before, after: { role: null } }])
  })
}

type Placed = Pick<Held, 'role' | 'virtualAccountId' | 'includesNested' | 'expiresAt'>

const about = (subjectId: number) => ({ subject: 'user_group', subjectId })
const inGroup = ({ account }: Viewer, id: number) => and(eq(g.smartAccountId, account.id), eq(g.id, id))
const placesOf = (roles: readonly Pick<Held, 'virtualAccountId'>[]) => [
  ...new Set(roles.map(({ virtualAccountId }) => virtualAccountId)),
]
/** What the log keeps of a role; of a group no name, which may be that of a person. */
const recorded = ({ role, virtualAccountId, includesNested, expiresAt }: Placed) => ({
  ...{ role, virtualAccountId, includesNested, lastDay: lastDayOf(expiresAt) },
})

/** Of a group without a role only those know who see the whole account. */
const eventOf = (id: number, roles: readonly Placed[], what: string, detail: Record<string, unknown>): EventDraft => ({
  ...{ type: 'groups.changed', ...about(id), virtualAccountIds: placesOf(roles), detail: { change: what, ...detail } },
})

const change = (
  id: number,
  roles: readonly Placed[],
  what: string,
  detail: Record<string, unknown>,
  items: ChangeItem[],
): Change<{ id: number }> => done(id, items, eventOf(id, roles, what, detail))

const done = (id: number, items: ChangeItem[], event: EventDraft): Change<{ id: number }> => ({
  result: { id },
  changeSet: { kind: 'role', summary: { groups: 1 }, items },
  events: [event],
})

function plan<T>(
  viewer: Viewer,
  what: number | 'new',
  key: string,
  request: object,
  work: (tx: Writer, fresh: Viewer) => Promise<Change<T>>,
): Promise<T> {
  const idempotency = { key: `group:${viewer.account.id}:${what}:${key}`, request }
  return writeFresh(viewer, { permission: 'users.manage', alone: true, idempotency }, work)
}

/** The same for a group that is there and the viewer's to change: every role of it is one that they might give. */
const planOne = (
  viewer: Viewer,
  id: number,
  key: string,
  request: object,
  work: (tx: Writer, roles: Held[], fresh: Viewer) => Promise<Change<{ id: number }>>,
) =>
  plan(viewer, id, key, request, async (tx, fresh) => {
    const [group] = await tx
      .select({ id: g.id })
      .from(g)
      .where(and(inGroup(viewer, id), inArray(g.id, sql`(select unnest(app.my_managed_groups()))`)))
    const roles = group ? await rolesOfGroup(tx, viewer, id) : []
    const delegated = await isDelegated(tx, viewer)
    if (!group || !roles.every((role) => mayManage(fresh, role, delegated)))
      throw new NotFound('There is no such group.')
    return work(tx, roles, fresh)
  })
