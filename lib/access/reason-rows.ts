import 'server-only'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { roleAssignments, smartAccounts, supportAccess } from '@/db/schema/accounts'
import { devices as d } from '@/db/schema/devices'
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
import type { Viewer } from './viewer'

const person = { userId: users.id, name: users.name, email: users.email, organisation: users.organisation }
const isActive = (userId: typeof roleAssignments.userId | typeof supportAccess.userId) =>
  and(eq(users.id, userId), isNull(users.disabledAt))

/** Roles in force in the account that row-level security lets the viewer know of, the widest first. */
export const rolesIn = (reader: Reader, { account }: Viewer) =>
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
        eq(roleAssignments.smartAccountId, account.id),
        isNull(roleAssignments.revokedAt),
        or(isNull(roleAssignments.expiresAt), gt(roleAssignments.expiresAt, now())),
      ),
    )
    .orderBy(roleAssignments.role, users.name)

export const supportIn = (reader: Reader, { account }: Viewer) =>
  reader
    .select({ ...person, reason: supportAccess.reason, expiresAt: supportAccess.endsAt })
    .from(supportAccess)
    .innerJoin(users, and(isActive(supportAccess.userId), users.isSupport))
    .where(
      and(
        eq(supportAccess.smartAccountId, account.id),
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
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, now())),
        or(
          eq(shares.level, 'order'),
          and(eq(shares.level, 'lines'), eq(items.orderLineId, lines.id)),
          and(eq(shares.level, 'assets'), eq(items.deviceId, d.id)),
        ),
      ),
    )

export const contactsOf = (reader: Reader, viewer: Viewer, deviceId: number) =>
  reader
    .select({ email: contacts.email, name: contacts.name, number: orders.number })
    .from(d)
    .innerJoin(lines, and(eq(lines.smartAccountId, d.smartAccountId), eq(lines.id, d.orderLineId)))
    .innerJoin(orders, and(eq(orders.smartAccountId, d.smartAccountId), eq(orders.id, lines.orderId)))
    .innerJoin(contacts, and(eq(contacts.smartAccountId, d.smartAccountId), eq(contacts.orderId, orders.id)))
    .where(and(inScope(viewer, d), eq(d.id, deviceId)))

/** Whether the account shows its administrators to third parties. */
export async function sharesContacts(reader: Reader, { account }: Viewer): Promise<boolean> {
  const [row] = await reader
    .select({ shares: smartAccounts.sharesAdminContacts })
    .from(smartAccounts)
    .where(eq(smartAccounts.id, account.id))
  return row?.shares ?? false
}
