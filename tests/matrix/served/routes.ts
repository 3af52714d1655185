import { AURORA, rolesIn, type Somebody } from '../people'
import { assignRoutes } from './assign-rows'
import {
  administers,
  always,
  entered,
  inAccount,
  inPlace,
  managesUsers,
  more,
  NOWHERE,
  once,
  open,
  over,
  overForeign,
  perAccount,
  perLine,
  perThing,
  previewOf,
  type Row,
  seesWhole,
  variant,
} from './cells'
import { exportedAgreements, exportedTable, exportedUserView, noExport } from './export-rows'
import { filesOfOrders, filesOfShared } from './files'
import { movedOrders, movedPlaces } from './moved'
import { deviceMenus, foundDevices, list, overview, total } from './readers'
import { shareRoutes, shares } from './share-rows'
import { sharedOrders, sharedTotal } from './shared-rows'
import { viewLinks } from './view-deeds'
import type { Thing, World } from './world'

/** Products in contracts or subscriptions, and the list that only Smart Account Administrators have. */
const lines =
  (tab: 'contracts' | 'subscriptions', table: string): Row =>
  (world) => [
    ...perAccount(tab, inAccount, list(table, tab, {}, 'true', '[^"?/]+\\?line=(\\d+)'))(world),
    ...more(perAccount(`${tab}?view=agreements`, administers, total(tab))(world)),
  ]

/** Nested in what somebody administers with all that is nested in it. */
const plansNested = (somebody: Somebody, { id, place }: Thing, { virtualAccounts }: World) => {
  const parent = virtualAccounts.find((one) => one.id === id)?.parent
  return (
    somebody.isActive &&
    rolesIn(somebody, AURORA).some(
      ({ role, places }) => role === 'va_admin' && parent && places?.includes(parent) && places.includes(place),
    )
  )
}

/** A grant of all assets, in an address. */
const WHOLE = encodeURIComponent('sa_viewer::::')

/** Who administers the account, or one of the Virtual Accounts that a thing reaches into. */
const administersSome = (thing: Thing, domain: string) => (somebody: Somebody) =>
  thing.domain === domain &&
  (administers(domain)(somebody) ||
    (somebody.isActive &&
      rolesIn(somebody, domain).some(
        ({ role, places }) => role === 'va_admin' && thing.places?.some((place) => places?.includes(place)),
      )))

/** Every route of the build, by the name that its manifest gives it. A route that is not here fails the matrix. */
export const routes: Readonly<Record<string, Row>> = {
  '/': once({ name: 'home', path: '/', sees: always, leadsTo: entered }),
  '/_global-error': once({ name: 'failure', path: '/_global-error', status: 500, isPublic: true, sees: always }),
  '/_not-found': open('/_not-found', '/nothing/here'),
  '/icon.svg': open('/icon.svg'),
  '/sign-in': open('/sign-in'),
  '/sign-out': open('/sign-out'),
  '/api/health': open('/api/health'),
  '/api/ready': open('/api/ready'),
  '/api/bad-request': open('/api/bad-request', '/api/bad-request?at=eA'),
  '/api/auth/[...nextauth]': open('/api/auth/csrf', '/api/auth/providers', '/api/auth/session', '/api/auth/_log'),
  '/my/access/request': once({
    name: 'asking for access',
    path: '/my/access/request?account=aurora.example',
    sees: always,
  }),
  '/my/elsewhere': once({ name: 'what is not offered', path: '/my/elsewhere', sees: always }),
  '/my/access': once({ name: 'access directory', path: '/my/access', sees: always }),
  ...shareRoutes,
  '/moved': once(
    { name: 'an old address', path: '/moved', sees: always },
    {
      name: 'what stood behind #',
      path: '/moved?fragment=pnp-devices',
      sees: always,
      leadsTo: (to) => to === '/moved/devices',
    },
  ),
  '/moved/[place]': movedPlaces,
  '/moved/order/[number]': movedOrders,
  '/my/orders': () => [
    { name: 'shared orders', path: '/my/orders', sees: always, read: sharedTotal },
    ...variant(
      ['?way=contact&sort=-until', '?q=C9&panel=filters', '?status=closed'].map((search) => ({
        name: `shared orders${search}`,
        path: `/my/orders${search}`,
        sees: always,
      })),
    ),
  ],
  '/my/orders/export': exportedUserView,
  '/my/orders/[number]': sharedOrders,
  '/my/orders/[number]/files/[file]': filesOfShared,
  '/accounts/[domain]/orders/[number]/files/[file]': filesOfOrders,
  '/accounts/[domain]/overview': perAccount('overview', inAccount, overview),
  // What stands in a report is compared with SQL in tests/integration/reports.test.ts.
  '/accounts/[domain]/overview/report': (world) => [
    ...perAccount('overview/report?kind=coverage', inAccount)(world),
    ...more(perAccount('overview/report?kind=assignment', administers)(world)),
    ...variant(perAccount('overview/report?format=pptx&coverageCountry=DE', inAccount)(world)),
  ],
  '/accounts/[domain]/devices': (world) => [
    ...perAccount('devices', inAccount, list('devices', 'devices', deviceMenus))(world),
    ...variant(perAccount('devices?panel=filters', inAccount)(world)),
    ...variant(
      perAccount(
        'devices?sort=name&coverage=covered',
        inAccount,
        list('devices', 'devices', {}, `t.coverage_status = 'covered'`),
      )(world),
    ),
    ...variant(
      [...world.places.virtualAccounts].slice(0, 6).map(([place, id]) => ({
        name: `devices of ${place} in ${AURORA}`,
        path: `/accounts/${AURORA}/devices?va=${id}`,
        missing: `/accounts/${NOWHERE}/devices?va=${id}`,
        sees: inAccount(AURORA),
        read: list('devices', 'devices', {}, `t.virtual_account_id = ${id}`)(world, AURORA),
      })),
    ),
  ],
  '/accounts/[domain]/devices/export': exportedTable('devices', 'devices'),
  '/accounts/[domain]/devices/[id]': perThing('devices', ({ devices }) => devices, inPlace),
  '/accounts/[domain]/devices/(.)[id]': (world) => [
    ...perThing('devices', ({ devices }) => devices.slice(0, 4), inPlace, over('devices'))(world),
    ...overForeign('devices', ({ devices }) => devices)(world),
  ],
  '/accounts/[domain]/licensing': (world) => [
    ...perAccount(
      'licensing',
      inAccount,
      list('licenses', 'licensing', { status: 't.status', method: 't.method' }),
    )(world),
    ...variant(perAccount('licensing?panel=filters', inAccount)(world)),
  ],
  '/accounts/[domain]/licensing/export': exportedTable('licensing', 'licenses'),
  '/accounts/[domain]/licensing/[id]': perThing('licensing', ({ licenses }) => licenses, inPlace),
  '/accounts/[domain]/licensing/(.)[id]': perThing(
    'licensing',
    ({ licenses }) => licenses.slice(0, 4),
    inPlace,
    over('licensing'),
  ),
  '/accounts/[domain]/contracts': lines('contracts', 'contract_lines'),
  '/accounts/[domain]/contracts/export': exportedAgreements('contracts', 'contract_lines'),
  '/accounts/[domain]/contracts/[number]': (world) => [
    ...perThing('contracts', ({ contracts }) => contracts, inPlace)(world),
    ...perLine('contracts', ({ contracts }) => contracts)(world),
  ],
  '/accounts/[domain]/contracts/(.)[number]': perThing(
    'contracts',
    ({ contracts }) => contracts.slice(0, 4),
    inPlace,
    over('contracts'),
  ),
  '/accounts/[domain]/subscriptions': lines('subscriptions', 'subscription_lines'),
  '/accounts/[domain]/subscriptions/export': exportedAgreements('subscriptions', 'subscription_lines'),
  '/accounts/[domain]/subscriptions/[id]': (world) => [
    ...perThing('subscriptions', ({ subscriptions }) => subscriptions, inPlace)(world),
    ...perLine('subscriptions', ({ subscriptions }) => subscriptions)(world),
  ],
  '/accounts/[domain]/subscriptions/(.)[id]': perThing(
    'subscriptions',
    ({ subscriptions }) => subscriptions.slice(0, 4),
    inPlace,
    over('subscriptions'),
  ),
  ...assignRoutes,
  '/accounts/[domain]/orders': (world) => [
    ...perAccount('orders', inAccount, total('orders'))(world),
    ...more(
      perAccount('orders?status=on_hold&sort=customer', inAccount, total('orders', `t.status = 'on_hold'`))(world),
    ),
    ...variant(perAccount('orders?panel=filters', inAccount)(world)),
    ...variant(perAccount('orders?assignment=partly', inAccount)(world)),
  ],
  '/accounts/[domain]/orders/export': exportedTable('orders', 'orders'),
  '/accounts/[domain]/orders/[number]': perThing('orders', ({ orders }) => orders, inPlace),
  '/accounts/[domain]/orders/(.)[number]': perThing(
    'orders',
    ({ orders }) => orders.slice(0, 4),
    inPlace,
    over('orders'),
  ),
  '/accounts/[domain]/events': (world) => [
    // Support leaves events while others read, with the addresses that it tries: events of other types stay as they are.
    ...perAccount('events?type=devices.imported', inAccount, total('events', `t.type = 'devices.imported'`))(world),
    ...more(perAccount('events?type=orders.shared', inAccount, total('events', `t.type = 'orders.shared'`))(world)),
    ...variant(perAccount('events?type=devices.imported&panel=filters', inAccount)(world)),
  ],
  '/accounts/[domain]/events/export': exportedTable(
    'events',
    'events',
    '&type=devices.imported',
    `t.type = 'devices.imported'`,
  ),
  '/accounts/[domain]/events/signed': (world) => perAccount('events/signed?from=1&to=2', seesWhole)(world),
  '/accounts/[domain]/events/[seq]': perThing('events', ({ events }) => events, inPlace),
  '/accounts/[domain]/events/(.)[seq]': perThing('events', ({ events }) => events.slice(-4), inPlace, over('events')),
  '/accounts/[domain]/exports': (world) => [
    ...perAccount('exports', inAccount)(world),
    ...variant(perAccount('exports?of=devices&format=xlsx&coverage=covered', inAccount)(world)),
    ...variant(perAccount('exports?of=contracts&format=csv&view=agreements', administers)(world)),
  ],
  '/accounts/[domain]/exports/[export]': noExport,
  '/accounts/[domain]/search': (world) => [
    ...perAccount('search?q=aur-', inAccount, foundDevices('aur-'))(world),
    ...variant(perAccount('search?q=aur-&type=devices', inAccount, foundDevices('aur-'))(world)),
    ...variant(perAccount('search', inAccount)(world)),
  ],
  '/accounts/[domain]/views/[id]': viewLinks,
  '/accounts/[domain]/search/suggestions': perAccount('search/suggestions?q=aur-', inAccount),
  '/accounts/[domain]/search/paste': perAccount('search/paste', inAccount),
  '/accounts/[domain]/search/license': (world) => [
    ...perAccount('search/license', inAccount)(world),
    ...variant(world.licenses.slice(0, 4).flatMap(({ id }) => perAccount(`search/license?q=${id}`, inAccount)(world))),
  ],
  '/accounts/[domain]/administration': perAccount(
    'administration',
    (domain) => (somebody) => managesUsers(domain)(somebody) || shares(domain)(somebody),
  ),
  '/accounts/[domain]/administration/settings': perAccount('administration/settings', administers),
  '/accounts/[domain]/administration/support': perAccount('administration/support', administers),
  '/accounts/[domain]/administration/preview/[grant]/[tab]': (world) => [
    ...perAccount(`administration/preview/${WHOLE}/devices`, administers, total('devices'))(world),
    ...more(perAccount(`administration/preview/${WHOLE}/licensing`, administers, total('licenses'))(world)),
    ...variant(perAccount(`administration/preview/${WHOLE}/overview`, administers)(world)),
    ...variant(perAccount(`administration/preview/${WHOLE}/events`, administers)(world)),
    ...[...world.places.virtualAccounts]
      .filter(([name]) => name === `${AURORA} APJC`)
      .map(([, id]) => ({
        name: `preview of APJC in ${AURORA}`,
        path: previewOf(id),
        missing: previewOf(999_999_998),
        sees: administers(AURORA),
        read: total('devices', `t.virtual_account_id = (select id from virtual_accounts where name = 'APJC')`)(
          world,
          AURORA,
        ),
      })),
  ],
  '/accounts/[domain]/administration/requests': perAccount('administration/requests', managesUsers),
  '/accounts/[domain]/administration/requests/[request]': perThing(
    'administration/requests',
    ({ requests }) => requests,
    (thing, domain) => (thing.domain === domain ? administers(domain) : () => false),
  ),
  '/accounts/[domain]/administration/groups': perAccount('administration/groups', managesUsers),
  '/accounts/[domain]/administration/groups/[group]': perThing(
    'administration/groups',
    ({ groups }) => groups,
    administersSome,
  ),
  '/accounts/[domain]/administration/users': perAccount('administration/users', managesUsers),
  // Where the account does not let them, Virtual Account Administrators open no role.
  '/accounts/[domain]/administration/users/[role]': perThing(
    'administration/users',
    ({ roles }) => roles,
    (thing, domain) => (thing.domain === domain ? administers(domain) : () => false),
  ),
  '/accounts/[domain]/administration/virtual-accounts': perAccount('administration/virtual-accounts', managesUsers),
  '/accounts/[domain]/administration/virtual-accounts/[place]': (world) =>
    perThing(
      'administration/virtual-accounts',
      () => world.virtualAccounts,
      (thing, domain) => (somebody) =>
        thing.domain === domain && (administers(domain)(somebody) || plansNested(somebody, thing, world)),
    )(world),
  '/accounts/[domain]/administration/imports': perAccount('administration/imports', administers),
  '/accounts/[domain]/administration/reconciliation': perAccount('administration/reconciliation', administers),
  '/accounts/[domain]/administration/imports/[run]': perThing(
    'administration/imports',
    ({ runs }) => runs,
    (thing, domain) => (thing.domain === domain ? administers(domain) : () => false),
  ),
}
