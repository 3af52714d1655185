import { extentOf } from '@/lib/access/permissions'
import { type Role, roleLabels } from '@/lib/access/roles'
import { type Account, can, type Person, type Viewer } from '@/lib/access/viewer'
import { administrationParts } from './administration/parts'
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

/** By the address of a list, the saved view that its tab opens with. */
export type Opens = ReadonlyMap<string, string>
const NONE: Opens = new Map()

/** The tabs of the Account View. */
export function tabsOf(viewer: Viewer, opens = NONE) {
  const { domain } = viewer.account
  const tabs: { label: string; href: string; also?: string[] }[] = [
    { label: 'Overview', href: paths.overview(domain) },
    { label: 'Licensing', href: paths.licensing(domain) },
    { label: 'Contracts & Subscriptions', href: paths.contracts(domain), also: [paths.subscriptions(domain)] },
    { label: 'Devices', href: paths.devices(domain) },
    { label: 'Orders', href: paths.orders(domain) },
    ...(can(viewer, 'assign')
      ? [{ label: 'Organize', href: paths.organize(domain), also: [paths.assign(domain)] }]
      : []),
    { label: 'Event Log', href: paths.events(domain) },
    ...(administrationParts(viewer).length > 0
      ? [{ label: 'Administration', href: paths.administration(domain) }]
      : []),
  ]
  return tabs.map(({ href, also = [], ...tab }) => ({ ...tab, href: opens.get(href) ?? href, also: [href, ...also] }))
}

/** The pages of an account, for the palette and the go-to keys. */
export function accountPlaces(viewer: Viewer, opens = NONE): Place[] {
  const { domain } = viewer.account
  const places: Place[] = [
    { label: 'Overview', group: 'Pages', href: paths.overview(domain), keywords: 'home dashboard', shortcut: 'g o' },
    {
      label: 'Licensing',
      group: 'Pages',
      href: paths.licensing(domain),
      keywords: 'licenses smart pak traditional cloud enterprise agreement',
      shortcut: 'g l',
    },
    {
      label: 'Products in contracts',
      group: 'Pages',
      href: paths.contracts(domain),
      keywords: 'service coverage smart net renewal',
      shortcut: 'g c',
    },
    {
      label: 'Products in subscriptions',
      group: 'Pages',
      href: paths.subscriptions(domain),
      keywords: 'enterprise agreement suite renewal',
      shortcut: 'g s',
    },
    {
      label: 'Devices',
      group: 'Pages',
      href: paths.devices(domain),
      keywords: 'inventory hardware software cloud',
      shortcut: 'g d',
    },
    ...(can(viewer, 'agreements.see')
      ? [
          {
            label: 'Contracts',
            group: 'Lists',
            href: `${paths.contracts(domain)}?view=agreements`,
            keywords: 'service agreement',
          },
          {
            label: 'Subscriptions',
            group: 'Lists',
            href: `${paths.subscriptions(domain)}?view=agreements`,
            keywords: 'enterprise agreement suite',
          },
        ]
      : []),
    {
      label: 'Orders',
      group: 'Pages',
      href: paths.orders(domain),
      keywords: 'sales web customer purchase delivery hold assignment documents',
      shortcut: 'g r',
    },
    ...(can(viewer, 'assign')
      ? [
          {
            label: 'Organize',
            group: 'Pages',
            href: paths.organize(domain),
            keywords: 'assign move virtual account default unassigned rules shortage',
            shortcut: 'g n',
          },
          {
            label: 'Assign from a list',
            group: 'Pages',
            href: paths.assign(domain),
            keywords: 'csv paste many move virtual account',
          },
        ]
      : []),
    {
      label: 'Event Log',
      group: 'Pages',
      href: paths.events(domain),
      keywords: 'audit history changes who when notes chain',
      shortcut: 'g e',
    },
    ...(can(viewer, 'export')
      ? [
          {
            label: 'My exports',
            group: 'Pages',
            href: paths.exportsIn(domain),
            keywords: 'download csv xlsx excel file jobs',
            shortcut: 'g x',
          },
        ]
      : []),
    { label: 'Search', group: 'Pages', href: paths.search(domain), keywords: 'find everything operators' },
    {
      label: 'Paste identifiers',
      group: 'Pages',
      href: paths.lookUp(domain),
      keywords: 'many serial numbers orders at once look up bulk',
    },
    {
      label: 'Find my license',
      group: 'Pages',
      href: paths.findLicense(domain),
      keywords: 'where is my order pak serial sku',
      shortcut: 'g f',
    },
    {
      label: 'Insufficient licenses',
      group: 'Lists',
      href: `${paths.licensing(domain)}?status=out_of_compliance`,
      keywords: 'out of compliance short red',
    },
    {
      label: 'Orders on hold',
      group: 'Lists',
      href: `${paths.orders(domain)}?status=on_hold`,
      keywords: 'held smart account credit export acceptance',
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
    ...administrationParts(viewer).map(({ label, href, keywords, shortcut }) => ({
      ...{ label, group: 'Administration', href, keywords, ...(shortcut && { shortcut }) },
    })),
  ]
  return places.map((place) => ({ ...place, href: opens.get(place.href) ?? place.href }))
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
  {
    label: 'Not offered here',
    group: 'Me',
    href: paths.elsewhere(),
    keywords: 'help version upgrade change contract subscription software image move transfer finance invoice price',
  },
  { label: 'Sign out', group: 'Me', href: paths.signOut() },
]
