import 'server-only'
import { and, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { devices } from '@/db/schema/devices'
import {
  deliveryContacts as contacts,
  orderShareItems as items,
  orderLines as lines,
  orders,
  orderShares as shares,
} from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import type { Person } from '@/lib/access/viewer'
import { now } from '@/lib/clock'

export type SharedLine = { lineNumber: string; pid: string; description: string; quantity: number; serials: string[] }

/** An order as far as it was opened to a person: by a share, or because it names them as eDelivery contact. */
export type SharedOrder = {
  key: string
  number: string
  orderedOn: string
  by: 'share' | 'contact'
  level: 'order' | 'lines' | 'assets'
  note: string
  until: Date | null
  lines: SharedLine[]
}

/** The User View of a person: found by their own address, whatever roles they have elsewhere. The newest first. */
export async function sharedOrders(person: Pick<Person, 'id' | 'email'>): Promise<SharedOrder[]> {
  const [shared, named] = await asUser(person, (reader) =>
    Promise.all([sharedWith(reader, person.email), naming(reader, person.email)]),
  )
  const byKey = new Map<string, SharedOrder>()
  for (const { key, line, serial, ...order } of [...shared, ...named]) {
    const found = byKey.get(key) ?? { key, ...order, lines: [] }
    const known = found.lines.find(({ lineNumber }) => lineNumber === line.lineNumber)
    const here = known ?? { ...line, serials: [] }
    if (serial) here.serials.push(serial)
    if (!known) found.lines.push(here)
    byKey.set(key, found)
  }
  return [...byKey.values()].sort((a, b) => b.orderedOn.localeCompare(a.orderedOn))
}

const order = { number: orders.number, orderedOn: orders.orderedOn }
const line = { lineNumber: lines.lineNumber, pid: lines.pid, description: lines.description, quantity: lines.quantity }

/** One row a shared line, or a shared asset of it. */
async function sharedWith(reader: Reader, email: string) {
  const rows = await reader
    .select({
      id: shares.id,
      level: shares.level,
      note: shares.note,
      until: shares.expiresAt,
      order,
      line,
      serial: devices.serialNumber,
    })
    .from(shares)
    .innerJoin(orders, and(eq(orders.smartAccountId, shares.smartAccountId), eq(orders.id, shares.orderId)))
    .innerJoin(lines, and(eq(lines.smartAccountId, shares.smartAccountId), eq(lines.orderId, orders.id)))
    .leftJoin(
      items,
      and(
        eq(items.smartAccountId, shares.smartAccountId),
        eq(items.shareId, shares.id),
        eq(items.orderLineId, lines.id),
      ),
    )
    .leftJoin(devices, and(eq(devices.smartAccountId, items.smartAccountId), eq(devices.id, items.deviceId)))
    .where(
      and(
        eq(shares.email, email),
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, now())),
        or(eq(shares.level, 'order'), isNotNull(items.id)),
      ),
    )
    .orderBy(desc(orders.orderedOn), lines.id)
  return rows.map(({ id, order: head, ...row }) => ({ key: `share ${id}`, by: 'share' as const, ...head, ...row }))
}

async function naming(reader: Reader, email: string) {
  const rows = await reader
    .select({ id: contacts.id, order, line })
    .from(contacts)
    .innerJoin(orders, and(eq(orders.smartAccountId, contacts.smartAccountId), eq(orders.id, contacts.orderId)))
    .innerJoin(lines, and(eq(lines.smartAccountId, contacts.smartAccountId), eq(lines.orderId, orders.id)))
    .where(eq(contacts.email, email))
    .orderBy(desc(orders.orderedOn), lines.id)
  return rows.map(({ id, order: head, line: one }) => ({
    key: `contact ${id}`,
    by: 'contact' as const,
    ...head,
    level: 'order' as const,
    note: '',
    until: null,
    line: one,
    serial: null,
  }))
}
