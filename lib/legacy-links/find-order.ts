import 'server-only'
import { and, eq, gt, inArray, isNull, or, type SQL } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { virtualAccounts } from '@/db/schema/accounts'
import { deliveryContacts as contacts, orders as o, orderShares as shares } from '@/db/schema/orders'
import { asUser } from '@/lib/access/database'
import type { View } from '@/lib/access/last-view'
import { extentOf } from '@/lib/access/permissions'
import { reachOf } from '@/lib/access/roles'
import type { Person } from '@/lib/access/viewer'
import { now } from '@/lib/clock'
import * as paths from '@/lib/paths'
import { accountsFrom } from './where'

/** Old links say a sales order or a web order, often not which. */
const isCalled = (number: string): SQL | undefined => or(eq(o.number, number), eq(o.webOrderNumber, number))

/**
 * Where a person sees the order of an old link: in an account of theirs, the one used last first, else in the User View.
 * Null where they do not see it, and where there is none: the same questions are asked, in one round trip, and none of them
 * looks at an account that is not theirs.
 */
export async function findOrder(person: Person, number: string, last: View | null): Promise<string | null> {
  const accounts = accountsFrom(person, last)
  const [own, tree, shared, named] = await asUser(person, (reader) =>
    Promise.all([
      ordersIn(
        reader,
        accounts.map(({ id }) => id),
        number,
      ),
      placesIn(
        reader,
        accounts.map(({ id }) => id),
      ),
      sharedWith(reader, person.email, number),
      naming(reader, person.email, number),
    ]),
  )
  for (const { id, domain } of accounts) {
    const isWhole = person.support.some(({ accountId }) => accountId === id)
    const reaches = person.assignments
      .filter(({ accountId, role }) => accountId === id && extentOf('assets.see', role) !== undefined)
      .map((assignment) => reachOf(assignment, tree))
    const isSeen = (places: readonly number[]) =>
      isWhole || reaches.some((reach) => reach === 'account' || places.some((place) => reach.has(place)))
    const found = own.find((order) => order.accountId === id && isSeen(order.places))
    if (found) return paths.order(domain, found.number)
  }
  const [found] = [...shared, ...named]
  return found ? paths.userView() : null
}

const NOBODY = [0]

const ordersIn = (reader: Reader, accountIds: readonly number[], number: string) =>
  reader
    .select({ accountId: o.smartAccountId, number: o.number, places: o.virtualAccountIds })
    .from(o)
    .where(and(inArray(o.smartAccountId, accountIds.length > 0 ? [...accountIds] : NOBODY), isCalled(number)))

const placesIn = (reader: Reader, accountIds: readonly number[]) =>
  reader
    .select({ id: virtualAccounts.id, parentId: virtualAccounts.parentId })
    .from(virtualAccounts)
    .where(inArray(virtualAccounts.smartAccountId, accountIds.length > 0 ? [...accountIds] : NOBODY))

const sharedWith = (reader: Reader, email: string, number: string) =>
  reader
    .select({ number: o.number })
    .from(shares)
    .innerJoin(o, and(eq(o.smartAccountId, shares.smartAccountId), eq(o.id, shares.orderId)))
    .where(
      and(
        eq(shares.email, email),
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, now())),
        isCalled(number),
      ),
    )

const naming = (reader: Reader, email: string, number: string) =>
  reader
    .select({ number: o.number })
    .from(contacts)
    .innerJoin(o, and(eq(o.smartAccountId, contacts.smartAccountId), eq(o.id, contacts.orderId)))
    .where(and(eq(contacts.email, email), isCalled(number)))
