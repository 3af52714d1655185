import 'server-only'
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Writer } from '@/db/client'
import { roleAssignments as r } from '@/db/schema/accounts'
import { userGroupRoles as g, userGroupMembers, userGroups } from '@/db/schema/groups'
import { users } from '@/db/schema/people'
import type { Assignment, Role } from '@/lib/access/roles'
import { type Viewer, viewerWith } from '@/lib/access/viewer'
import { type Change, type WriteOptions, write } from '@/lib/changes/write'
import { now } from '@/lib/clock'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { inForce } from './queries'

/** A person's own roles and those of their groups, in the viewer's account, as far as row-level security shows them. */
export const allRolesOf = async (reader: Pick<Writer, 'select'>, viewer: Viewer, userId: number) => [
  ...(await rolesOf(reader, viewer, userId)),
  ...(await groupRolesOf(reader, viewer, userId)),
]

/** A person's own roles that are in force in the viewer's account, as far as row-level security shows them. */
export async function rolesOf(
  reader: Pick<Writer, 'select'>,
  { account }: Viewer,
  userId: number,
): Promise<Assignment[]> {
  const rows = await reader
    .select({
      id: r.id,
      role: r.role,
      virtualAccountId: r.virtualAccountId,
      includesNested: r.includesNested,
      expiresAt: r.expiresAt,
    })
    .from(r)
    .innerJoin(users, eq(users.id, r.userId))
    .where(and(eq(r.smartAccountId, account.id), eq(r.userId, userId), inForce()))
    .orderBy(asc(r.id))
  return rows.map((row) => ({ ...row, accountId: account.id, expiresAt: row.expiresAt?.toISOString() ?? null }))
}

type Held = { id: number; role: Role; virtual_account_id: number | null; includes_nested: boolean }

/** The viewer with the roles that they hold in this transaction, which may be fewer than the request began with. */
export async function freshViewer(tx: Writer, viewer: Viewer): Promise<Viewer> {
  const rows = (await tx.execute(sql`select * from app.hold_roles(${viewer.account.id})`)) as unknown as Held[]
  const held = rows.map(({ id, role, virtual_account_id: virtualAccountId, includes_nested: includesNested }) => ({
    ...{ id, accountId: viewer.account.id, role, virtualAccountId, includesNested, expiresAt: null },
  }))
  const fresh = viewerWith(viewer, held)
  if (!fresh) throw new NotFound('The permission for this is gone.')
  return fresh
}

/**
 * A write that is decided by the roles that the viewer holds while it is done, and in which they stay so until its end. What
 * the database refuses is told in the words of the product.
 */
export const writeFresh = <T>(
  viewer: Viewer,
  options: WriteOptions,
  work: (tx: Writer, fresh: Viewer) => Promise<Change<T>>,
): Promise<T> => told(() => write(viewer, options, async (tx) => work(tx, await freshViewer(tx, viewer))))

/** The roles that a person has by their groups, as far as row-level security shows them. */
async function groupRolesOf(
  reader: Pick<Writer, 'select'>,
  { account }: Viewer,
  userId: number,
): Promise<Assignment[]> {
  const rows = await reader
    .select({
      id: g.id,
      role: g.role,
      virtualAccountId: g.virtualAccountId,
      includesNested: g.includesNested,
      expiresAt: g.expiresAt,
      group: userGroups.name,
    })
    .from(userGroupMembers)
    .innerJoin(g, and(eq(g.smartAccountId, userGroupMembers.smartAccountId), eq(g.groupId, userGroupMembers.groupId)))
    .innerJoin(userGroups, and(eq(userGroups.smartAccountId, g.smartAccountId), eq(userGroups.id, g.groupId)))
    .where(
      and(
        eq(userGroupMembers.smartAccountId, account.id),
        eq(userGroupMembers.userId, userId),
        or(isNull(g.expiresAt), gt(g.expiresAt, now())),
      ),
    )
    .orderBy(asc(g.id))
  return rows.map((row) => ({ ...row, accountId: account.id, expiresAt: row.expiresAt?.toISOString() ?? null }))
}

const LAST_ADMINISTRATOR =
  'This is the last Smart Account Administrator without an end date. Make somebody else one first: then this role can be changed.'

/** By the constraint that holds it. */
const PROBLEMS: Readonly<Record<string, string>> = {
  virtual_accounts_name: 'A Virtual Account of this account has this name already.',
  virtual_accounts_tree: 'It cannot be nested in itself, or in what is nested in it.',
  user_groups_name: 'A user group of this account has this name already.',
  user_group_roles_place: 'The group has a role in this Virtual Account already. Take that one first.',
}

/** What the database refused, in the words of the product; anything else as it is. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, constraint_name: constraint } = causeOf(error)
    if (constraint === 'role_assignments_last_administrator') throw new Conflict(LAST_ADMINISTRATOR)
    const problem = PROBLEMS[constraint ?? '']
    if (problem) throw new Invalid([problem])
    if (constraint === 'change_sets_undo_of') throw new Conflict('This was taken back already.')
    if (code === '42501') throw new NotFound('The permission for this is gone.')
    // Deadlock, and a lock that was not to be had in time: a role of somebody who is just changing something.
    if (code === '40P01' || code === '55P03')
      throw new Conflict('Somebody is changing this account at this moment. Nothing was changed here: try again.')
    throw error
  }
}

type Refusal = { code?: string; constraint_name?: string }
const causeOf = (error: unknown): Refusal => {
  const { cause, ...own } = error as { cause?: Refusal }
  return cause?.code ? cause : (own as Refusal)
}
