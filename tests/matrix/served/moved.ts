import { type Somebody, seesAssets } from '../people'
import { always, type Cell, inPlace, type Row, variant } from './cells'
import type { Thing } from './world'

/** A page in an account of whoever asks; the User View or the access directory for whoever has none. */
const leadsOn = (page: string) => (location: string, somebody: Somebody) => {
  const [, domain, rest] = /^\/accounts\/([^/]+)\/(.+)$/.exec(location) ?? []
  return domain ? rest === page && seesAssets(somebody, domain) : ['/my/orders', '/my/access'].includes(location)
}

export const movedPlaces: Row = () => [
  { name: 'devices', path: '/moved/devices', sees: always, leadsTo: leadsOn('devices') },
  { name: 'orders shared', path: '/moved/shared-orders', sees: always, leadsTo: leadsOn('orders') },
  { name: 'no such place', path: '/moved/place-1', missing: '/moved/place-2', sees: () => false },
]

/** The order of an old link: in the account of whoever sees it there, else in the User View, else as what does not exist. */
export const movedOrders: Row = ({ orders, sharedOrders }) => {
  const [first, ...others] = orders.filter(({ places = [] }) => places.length > 1)
  const cells = [...(first ? [first] : []), ...sharedOrders.slice(0, 2)].map(cellOf)
  return [...cells, nowhere, ...variant([...others, ...orders.slice(-2), ...sharedOrders.slice(2)].map(cellOf))]
}

const missing = '/moved/order/999999998'
const nowhere: Cell = { name: 'no order', path: '/moved/order/999999999', missing, sees: () => false }

function cellOf(thing: Thing): Cell {
  const { id, domain, row = 0 } = thing
  const isIn = inPlace(thing, domain)
  return {
    name: `the old link of order ${id} of ${domain}`,
    path: `/moved/order/${id}`,
    missing,
    sees: (somebody, sight) => isIn(somebody, sight) || sight.orders.includes(row),
    leadsTo: (location, somebody) =>
      seesAssets(somebody, domain) && location.startsWith('/accounts/')
        ? location === `/accounts/${domain}/orders/${id}`
        : location === '/my/orders' || location === `/my/orders/${id}`,
  }
}
