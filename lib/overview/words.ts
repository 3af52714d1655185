import { pathOf } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import { countryName } from '@/lib/countries'
import type { Overview } from './queries'
import type { FigureFilter } from './schema'

const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** `6 May 2026, 10:00 UTC` */
export const readInstant = (at: Date) => `${instant.format(at)} UTC`

/** What the numbers of this viewer are of: the Smart Account, or their Virtual Accounts by name. */
export function scopeText({ account, scope, virtualAccounts }: Viewer): string {
  if (scope.kind === 'account') return `Everything in ${account.name}`
  const names = virtualAccounts.map(({ id }) => pathOf(id, virtualAccounts))
  return `${account.name}: what is in ${list.format(names)}`
}

/** `Networking, Germany`; '' without a filter. It stays on paper, where the form does not. */
export const filterText = ({ architecture, country }: FigureFilter) =>
  [architecture, country && countryName(country)].filter(Boolean).join(', ')

/** Where the numbers come from, and when they were counted. */
export function originOf({ newest }: Pick<Overview, 'newest'>, at: Date) {
  const youngest = newest ? `; the youngest fact about a device is of ${readInstant(newest)}` : ''
  return {
    source: `The records of this Smart Account, counted as they are now${youngest}.`,
    asOf: readInstant(at),
  }
}
