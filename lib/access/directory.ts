import 'server-only'
import { inArray } from 'drizzle-orm'
import { virtualAccounts } from '@/db/schema/accounts'
import { accountsOf } from '@/lib/navigation'
import { asUser } from './database'
import { pathOf, reachOf, readRoleOf, type VirtualAccount } from './roles'
import type { Person } from './viewer'

export type Access = {
  name: string
  domain: string
  /** Whether a role there sees assets, so that there is an Account View to go to. */
  isOpen: boolean
  ways: { by: string; place: string; until: string | null }[]
}

/** The accounts a person has, and each way that they have them by. */
export async function accessOf(person: Person): Promise<Access[]> {
  const { accounts, assignments, support } = person
  const open = new Set(accountsOf(person).map(({ id }) => id))
  const tree = await placesOf(person)
  const held = accounts.map(({ id, name, domain }) => ({
    name,
    domain,
    isOpen: open.has(id),
    ways: [
      ...assignments
        .filter(({ accountId }) => accountId === id)
        .map(({ role, group = null, virtualAccountId, includesNested, expiresAt }) => ({
          by: readRoleOf({ role, group }),
          place: virtualAccountId === null ? 'Whole Smart Account' : placeOf(virtualAccountId, includesNested, tree),
          until: expiresAt,
        })),
      ...support
        .filter(({ accountId }) => accountId === id)
        .map(({ reason, endsAt }) => ({ by: 'Support, read only', place: reason, until: endsAt })),
    ],
  }))
  return held.filter(({ ways }) => ways.length > 0)
}

type Place = Pick<VirtualAccount, 'id' | 'parentId' | 'name'>

/** The Virtual Accounts that the person's roles reach; what stands over them has no name for the person. */
async function placesOf({ id: personId, assignments }: Person): Promise<Place[]> {
  const nested = assignments.filter(({ virtualAccountId }) => virtualAccountId !== null)
  if (nested.length === 0) return []
  const { smartAccountId, id, parentId, name } = virtualAccounts
  const accountIds = nested.map(({ accountId }) => accountId)
  const tree = await asUser({ id: personId }, async (reader) =>
    reader.select({ id, parentId, name }).from(virtualAccounts).where(inArray(smartAccountId, accountIds)),
  )
  const reached = new Set(nested.flatMap((assignment) => [...reachOf(assignment, tree)]))
  return tree.filter((place) => reached.has(place.id))
}

function placeOf(id: number, isNested: boolean, tree: readonly Place[]): string {
  const path = pathOf(id, tree)
  return isNested ? `${path} and what is nested in it` : path
}
