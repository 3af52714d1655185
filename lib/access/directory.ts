import 'server-only'
import { inArray } from 'drizzle-orm'
import { virtualAccounts } from '@/db/schema/accounts'
import { accountsOf } from '@/lib/navigation'
import { asUser } from './database'
import { pathOf, roleLabels } from './roles'
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
        .map(({ role, virtualAccountId, includesNested, expiresAt }) => ({
          by: roleLabels[role],
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

type Place = { id: number; parentId: number | null; name: string }

function placesOf(person: Person): Promise<Place[]> {
  const ids = person.assignments.flatMap(({ accountId, virtualAccountId }) =>
    virtualAccountId === null ? [] : [accountId],
  )
  if (ids.length === 0) return Promise.resolve([])
  const { id, parentId, name } = virtualAccounts
  return asUser(person, async (reader) =>
    reader.select({ id, parentId, name }).from(virtualAccounts).where(inArray(virtualAccounts.smartAccountId, ids)),
  )
}

function placeOf(id: number, isNested: boolean, tree: readonly Place[]): string {
  const path = pathOf(
    id,
    tree.map((place) => ({ ...place, isDefault: false, accessLevel: 'unrestricted' as const })),
  )
  return isNested ? `${path} and what is nested in it` : path
}
