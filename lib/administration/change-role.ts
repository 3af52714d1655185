import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { roleAssignments as r } from '@/db/schema/accounts'
import { sessions, users } from '@/db/schema/people'
import { asUser } from '@/lib/access/database'
import { knowsAll } from '@/lib/access/reason-rows'
import type { Assignment } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { allRolesOf, rolesOf, writeFresh } from './fresh'
import { recorded } from './grant'
import { type Seen, sightPreview } from './preview'
import { previewHref } from './preview-address'
import { inForce, isDelegated } from './queries'
import { mayManage, refusalOf } from './rules'
import { endOf, lastDayOf, type RoleDraft } from './schema'

/** `all`: their own roles; `others`: what they have beside the one, by groups too. */
type Target = { userId: number; organisation: string; held: Assignment; all: Assignment[]; others: Assignment[] }

/** Where the change is refused as it is seen, says why; what the person sees now and with it. */
export function reviewChange(
  viewer: Viewer,
  id: number,
  draft: RoleDraft,
): Promise<{ problems: string[]; before: Seen[]; after: Seen[]; preview: string }> {
  return asUser(viewer, async (reader) => {
    const target = await targetOf(reader, viewer, viewer, id)
    await mayBecome(reader, viewer, draft)
    const sightOf = sightPreview(reader, viewer)
    const [before, after] = await Promise.all([
      sightOf([...target.others, target.held]),
      sightOf([...target.others, { ...target.held, ...draft, expiresAt: null }]),
    ])
    const preview = previewHref(viewer.account.domain, [draft], target.userId, id)
    return { problems: problemsOf(viewer, target, draft), before, after, preview }
  })
}

/** Changes a role; `seen` is how the form showed it. Throws Conflict when it is another one meanwhile, or the last administrator's. */
export function changeRole(
  viewer: Viewer,
  id: number,
  seen: string,
  draft: RoleDraft,
  key: string,
): Promise<{ isMine: boolean }> {
  return change(viewer, id, key, { seen, draft }, async (tx, target, fresh) => {
    if (seenAs(target.held) !== seen)
      throw new Conflict('Somebody has changed this role meanwhile. Reload the page to see it as it is.')
    await mayBecome(tx, fresh, draft)
    const problems = problemsOf(viewer, target, draft)
    if (problems.length > 0) throw new Invalid(problems)
    const { role, virtualAccountId, includesNested, purpose } = draft
    const values = { role, virtualAccountId, includesNested, purpose, expiresAt: endOf(draft.lastDay) }
    return { type: 'roles.changed' as const, values, after: recorded(draft) }
  })
}

/** Takes a role away, from the next request of its holder on. Throws Conflict for the last administrator. */
export function removeRole(viewer: Viewer, id: number, key: string): Promise<{ isMine: boolean }> {
  return change(viewer, id, key, {}, async () => ({
    type: 'roles.removed' as const,
    values: { revokedAt: now() },
    after: null,
  }))
}

type Decision = {
  type: 'roles.changed' | 'roles.removed'
  values: Partial<typeof r.$inferInsert>
  after: ReturnType<typeof recorded> | null
}

function change(
  viewer: Viewer,
  id: number,
  key: string,
  request: object,
  decide: (tx: Writer, target: Target, fresh: Viewer) => Promise<Decision>,
): Promise<{ isMine: boolean }> {
  const idempotency = { key: `role:${viewer.account.id}:${id}:${key}`, request: { id, ...request } }
  return writeFresh(viewer, { permission: 'users.manage', alone: true, idempotency }, async (tx, fresh) => {
    const target = await targetOf(tx, viewer, fresh, id)
    const { userId, held } = target
    const { type, values, after } = await decide(tx, target, fresh)
    const changed = await tx
      .update(r)
      .set(values)
      .where(and(eq(r.smartAccountId, viewer.account.id), eq(r.id, id), isNull(r.revokedAt)))
    if ((changed as unknown as { count: number }).count !== 1) throw new NotFound('There is no such role.')
    const before = recorded({ ...held, lastDay: lastDayOf(held.expiresAt) })
    const places = [held.virtualAccountId, after?.virtualAccountId ?? null].filter((place) => place !== null)
    const item = { subject: 'role_assignment', subjectId: id, before, after: after ?? { role: null } }
    return {
      result: { isMine: userId === viewer.id },
      changeSet: { kind: 'role' as const, summary: { roles: 1 }, items: [item] },
      events: [
        {
          type,
          subject: 'role_assignment',
          subjectId: id,
          virtualAccountIds: [...new Set(places)],
          detail: { userId, ...(after ?? before) },
        },
      ],
    }
  })
}

/** Ends every open sign-in of somebody with a role here: for whoever manages the users of the whole account. */
export function endSignIns(viewer: Viewer, id: number, key: string): Promise<{ isMine: boolean }> {
  const idempotency = { key: `sign-ins:${viewer.account.id}:${id}:${key}`, request: { id } }
  return writeFresh(viewer, { permission: 'users.manage', alone: true, idempotency }, async (tx, fresh) => {
    const { userId } = await targetOf(tx, viewer, fresh, id)
    if (!knowsAll(fresh)) throw new NotFound('There are no such sign-ins to end.')
    const ended = await tx
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    const detail = { userId, sessions: (ended as unknown as { count: number }).count }
    return {
      result: { isMine: userId === viewer.id },
      events: [
        { type: 'sign-ins.ended' as const, subject: 'person', subjectId: userId, virtualAccountIds: [], detail },
      ],
    }
  })
}

/** The role, its holder and all that they have here; NotFound where it is not in force, or not the viewer's to change. */
async function targetOf(reader: Pick<Writer, 'select'>, viewer: Viewer, fresh: Viewer, id: number): Promise<Target> {
  const [found] = await reader
    .select({ userId: r.userId, organisation: users.organisation })
    .from(r)
    .innerJoin(users, eq(users.id, r.userId))
    .where(and(eq(r.smartAccountId, viewer.account.id), eq(r.id, id), inForce()))
  const all = found ? await rolesOf(reader, viewer, found.userId) : []
  const held = all.find((role) => role.id === id)
  if (!found || !held || !mayManage(fresh, held, await isDelegated(reader, viewer)))
    throw new NotFound('There is no such role.')
  const reached = await allRolesOf(reader, viewer, found.userId)
  return { ...found, held, all, others: reached.filter((role) => role.group || role.id !== id) }
}

async function mayBecome(reader: Pick<Writer, 'select'>, viewer: Viewer, draft: RoleDraft): Promise<void> {
  if (!mayManage(viewer, draft, await isDelegated(reader, viewer))) throw new NotFound('There is no such role to give.')
}

function problemsOf({ account }: Viewer, { organisation, held, all }: Target, draft: RoleDraft): string[] {
  const isTwice = all.some(
    ({ id, role, virtualAccountId }) =>
      id !== held.id && role === draft.role && virtualAccountId === draft.virtualAccountId,
  )
  const refusal = refusalOf(draft.role, organisation, account)
  return [...(isTwice ? ['They have this role there already.'] : []), ...(refusal === null ? [] : [refusal])]
}

/** A role as a form has seen it. */
export const seenAs = ({ role, virtualAccountId, includesNested, expiresAt }: Omit<Assignment, 'id' | 'accountId'>) =>
  [role, virtualAccountId ?? '', includesNested ? 'nested' : '', lastDayOf(expiresAt) ?? ''].join(' ')
