import type { View } from '@/lib/access/last-view'
import type { Person } from '@/lib/access/viewer'
import { accountsOf } from '@/lib/navigation'
import * as paths from '@/lib/paths'
import type { Place } from './schema'

const inAccount: Partial<Record<Place, (domain: string) => string>> = {
  licensing: paths.licensing,
  'traditional-licenses': (domain) => `${paths.licensing(domain)}?method=traditional`,
  'find-license': paths.findLicense,
  contracts: paths.contracts,
  subscriptions: paths.subscriptions,
  devices: paths.devices,
  orders: paths.orders,
}

/** The accounts whose assets a person sees, the one used last first. */
export const accountsFrom = (person: Person, last: View | null) => {
  const isLast = ({ domain }: { domain: string }) => last?.kind === 'account' && last.domain === domain
  return accountsOf(person).sort((a, b) => Number(isLast(b)) - Number(isLast(a)))
}

/**
 * The page that an old address means for a person: in the account that they used last, or their first; the User View or the
 * access directory for whoever has none. Null for a place that there is not.
 */
export function whereIs(place: string, person: Person, last: View | null): string | null {
  if (place === 'access') return paths.access()
  const [account] = accountsFrom(person, last)
  const nowhere = person.hasSharedOrders ? paths.userView() : paths.access()
  if (place === 'shared-orders') return account && !person.hasSharedOrders ? paths.orders(account.domain) : nowhere
  const page = Object.hasOwn(inAccount, place) ? inAccount[place as Place] : undefined
  if (!page) return null
  return account ? page(account.domain) : nowhere
}
