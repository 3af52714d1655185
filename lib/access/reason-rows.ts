import 'server-only'
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader } from '@/db/client'
import { roleAssignments, smartAccounts, supportAccess } from '@/db/schema/accounts'
import { devices as d } from '@/db/schema/devices'
import { userGroupRoles as g, userGroupMembers as members, userGroups } from '@/db/schema/groups'
import {
  deliveryContacts as contacts,
  orderShareItems as items,
  orderLines as lines,
  orders,
  orderShares as shares,
} from '@/db/schema/orders'
import { users } from '@/db/schema/people'
import { now } from '@/lib/clock'
import { inScope } from './scope'
import { can, type Viewer } from './viewer'

const person = { userId: users.id, name: users.name, email: users.email, organisation: users.organisation }
const isActive = (userId: AnyPgColumn) => and(eq(users.id, userId), isNull(users.disabledAt))

/** Whoever manages the users of the whole account knows of everybody in it. */
export const knowsAll = (viewer: Viewer) => can(viewer, 'users.see', [null])

/** Roles that the viewer may know of: their own, and those in Virtual Accounts whose users they manage. */
const isKnown = (viewer: Viewer, place: AnyPgColumn) => {
  const managed = viewer.virtualAccounts.map(({ id }) => id).filter((id) => can(viewer, 'users.see', [id]))
  return or(eq(users.id, viewer.id), inArray(place, managed))
}

/** Roles in force in the account that the viewer may know of, the widest first; after them those of groups. */
export const rolesIn = async (reader: Reader, viewer: Viewer) => {
  const [own, byGroup] = await Promise.all([ownRoles(reader, viewer), groupRoles(reader, viewer)])
  return [...own.map((row) => ({ ...row, group: null })), ...byGroup]
}

const groupRoles = (reader: Reader, viewer: Viewer) =>
  reader
    .select({
      ...person,
      role: g.role,
      virtualAccountId: g.virtualAccountId,
      includesNested: g.includesNested,
      expiresAt: g.expiresAt,
      group: userGroups.name,
    })
    .from(g)
    .innerJoin(userGroups, and(eq(userGroups.smartAccountId, g.smartAccountId), eq(userGroups.id, g.groupId)))
    .innerJoin(members, and(eq(members.smartAccountId, g.smartAccountId), eq(members.groupId, g.groupId)))
    .innerJoin(users, isActive(members.userId))
    .where(
      and(
        eq(g.smartAccountId, viewer.account.id),
        knowsAll(viewer) ? undefined : isKnown(viewer, g.virtualAccountId),
        or(isNull(g.expiresAt), gt(g.expiresAt, now())),
      ),
    )
    .orderBy(g.role, users.name)

const ownRoles = (reader: Reader, viewer: Viewer) =>
  reader
    .select({
      ...person,
      role: roleAssignments.role,
      virtualAccountId: roleAssignments.virtualAccountId,
      includesNested: roleAssignments.includesNested,
      expiresAt: roleAssignments.expiresAt,
    })
    .from(roleAssignments)
    .innerJoin(users, isActive(roleAssignments.userId))
    .where(
      and(
        eq(roleAssignments.smartAccountId, viewer.account.id),
        knowsAll(viewer) ? undefined : isKnown(viewer, roleAssignments.virtualAccountId),
        isNull(roleAssignments.revokedAt),
        or(isNull(roleAssignments.expiresAt), gt(roleAssignments.expiresAt, now())),
      ),
    )
    .orderBy(roleAssignments.role, users.name)

export const supportIn = (reader: Reader, viewer: Viewer) =>
  reader
    .select({ ...person, reason: supportAccess.reason, expiresAt: supportAccess.endsAt })
    .from(supportAccess)
    .innerJoin(users, and(isActive(supportAccess.userId), users.isSupport))
    .where(
      and(
        eq(supportAccess.smartAccountId, viewer.account.id),
        knowsAll(viewer) ? undefined : eq(supportAccess.userId, viewer.id),
        sql`${supportAccess.startsAt} <= ${now().toISOString()}`,
        gt(supportAccess.endsAt, now()),
      ),
    )

/** Shares in force that open the device: of its order, of its line, or of itself. */
export const sharesOf = (reader: Reader, viewer: Viewer, deviceId: number) =>
  reader
    .selectDistinct({ email: shares.email, level: shares.level, number: orders.number, expiresAt: shares.expiresAt })
    .from(d)
    .innerJoin(lines, and(eq(lines.smartAccountId, d.smartAccountId), eq(lines.id, d.orderLineId)))
    .innerJoin(orders, and(eq(orders.smartAccountId, d.smartAccountId), eq(orders.id, lines.orderId)))
    .innerJoin(shares, and(eq(shares.smartAccountId, d.smartAccountId), eq(shares.orderId, orders.id)))
    .leftJoin(items, and(eq(items.smartAccountId, d.smartAccountId), eq(items.shareId, shares.id)))
    .where(
      and(
        inScope(viewer, d),
        eq(d.id, deviceId),
        knowsAll(viewer) ? undefined : or(eq(shares.email, viewer.email), eq(shares.sentBy, viewer.id)),
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, now())),
        or(
          eq(shares.level, 'order'),
          and(eq(shares.level, 'lines'), eq(items.orderLineId, lines.id)),
          and(eq(shares.level, 'assets'), eq(items.deviceId, d.id)),
        ),
      ),
    )
    .orderBy(shares.email, shares.level, shares.expiresAt)

export const contactsOf = (reader: Reader, viewer: Viewer, deviceId: number) =>
  reader
    .select({ email: contacts.email, name: contacts.name, number: orders.number })
    .from(d)
    .innerJoin(lines, and(eq(lines.smartAccountId, d.smartAccountId), eq(lines.id, d.orderLineId)))
    .innerJoin(orders, and(eq(orders.smartAccountId, d.smartAccountId), eq(orders.id, lines.orderId)))
    .innerJoin(contacts, and(eq(contacts.smartAccountId, d.smartAccountId), eq(contacts.orderId, orders.id)))
    .where(and(inScope(viewer, d), eq(d.id, deviceId), knowsAll(viewer) ? undefined : eq(contacts.email, viewer.email)))
    .orderBy(contacts.email)

/** Whether the account shows its administrators to third parties. */
export async function sharesContacts(reader: Reader, { account }: Viewer): Promise<boolean> {
  const [row] = await reader
    .select({ shares: smartAccounts.sharesAdminContacts })
    .from(smartAccounts)
    .where(eq(smartAccounts.id, account.id))
  return row?.shares ?? false
}
