import { extentOf } from '@/lib/access/permissions'
import { type Role, roleLabels } from '@/lib/access/roles'
import { type Account, can, type Person, type Viewer } from '@/lib/access/viewer'
import * as paths from './paths'

type Place = { label: string; group: string; href: string; keywords?: string; shortcut?: string }

/** The accounts whose assets a person sees. A role such as Approver alone opens none. */
export const accountsOf = ({ accounts, assignments, support }: Pick<Person, 'accounts' | 'assignments' | 'support'>) =>
  accounts.filter(
    ({ id }) =>
      support.some(({ accountId }) => accountId === id) ||
      assignments.some(({ accountId, role }) => accountId === id && extentOf('assets.see', role) !== undefined),
  )

/** The widest role of a person in an account, in words; support access where there is no role. */
export function roleIn(person: Pick<Person, 'assignments' | 'support'>, { id }: Account): string | undefined {
  const order = Object.keys(roleLabels) as Role[]
  const roles = person.assignments.filter(({ accountId }) => accountId === id).map(({ role }) => role)
  const widest = roles.sort((a, b) => order.indexOf(a) - order.indexOf(b))[0]
  if (widest) return roleLabels[widest]
  return person.support.some(({ accountId }) => accountId === id) ? 'Support, read only' : undefined
}

/** The tabs of the Account View. */
export function tabsOf(viewer: Viewer) {
  const { domain } = viewer.account
  return [
    { label: 'Overview', href: paths.overview(domain) },
    { label: 'Licensing', href: paths.licensing(domain) },
    { label: 'Devices', href: paths.devices(domain) },
    ...(can(viewer, 'import') ? [{ label: 'Imports', href: paths.imports(domain) }] : []),
  ]
}

/** The pages of an account, for the palette and the go-to keys. */
export function accountPlaces(viewer: Viewer): Place[] {
  const { domain } = viewer.account
  return [
    { label: 'Overview', group: 'Pages', href: paths.overview(domain), keywords: 'home dashboard', shortcut: 'g o' },
    {
      label: 'Licensing',
      group: 'Pages',
      href: paths.licensing(domain),
      keywords: 'licenses smart pak traditional cloud enterprise agreement',
      shortcut: 'g l',
    },
    {
      label: 'Devices',
      group: 'Pages',
      href: paths.devices(domain),
      keywords: 'inventory hardware software cloud',
      shortcut: 'g d',
    },
    {
      label: 'Insufficient licenses',
      group: 'Lists',
      href: `${paths.licensing(domain)}?status=out_of_compliance`,
      keywords: 'out of compliance short red',
    },
    {
      label: 'Devices past their last date of support',
      group: 'Lists',
      href: `${paths.devices(domain)}?support=passed`,
      keywords: 'ldos end of life',
    },
    {
      label: 'Devices without coverage',
      group: 'Lists',
      href: `${paths.devices(domain)}?coverage=lapsed&coverage=never`,
      keywords: 'uncovered lapsed contract',
    },
    ...(can(viewer, 'import')
      ? [
          {
            label: 'Imports',
            group: 'Administration',
            href: paths.imports(domain),
            keywords: 'upload csv file devices lifecycle ldos',
            shortcut: 'g i',
          },
        ]
      : []),
  ]
}

/** The pages of a person, whatever the account. */
export const personPlaces = (
  person: Pick<Person, 'accounts' | 'assignments' | 'support' | 'hasSharedOrders'>,
): Place[] => [
  ...accountsOf(person).map(({ name, domain }) => ({
    label: name,
    group: 'Smart Accounts',
    href: paths.overview(domain),
    keywords: domain,
  })),
  { label: 'My access', group: 'Me', href: paths.access(), keywords: 'accounts roles', shortcut: 'g a' },
  ...(person.hasSharedOrders
    ? [{ label: 'User View: orders shared with me', group: 'Me', href: paths.userView(), shortcut: 'g u' }]
    : []),
  { label: 'Sign out', group: 'Me', href: paths.signOut() },
]
