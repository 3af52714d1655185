import 'server-only'
import { sql } from 'drizzle-orm'
import { devices as d } from '@/db/schema/devices'
import { licenses as l } from '@/db/schema/licenses'
import { orders as o } from '@/db/schema/orders'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import type { Searched } from './found-rows'

/** The lists that a search goes through as they are. */
export const searchedLists = {
  devices: {
    kind: 'devices',
    resource: devices,
    exact: [d.serialNumber, d.name, d.instanceNumber],
    ends: 'coverageEnd',
    status: 'coverage',
    told: {
      address: d.id,
      title: sql`coalesce(${d.name}, ${d.serialNumber}, ${d.instanceNumber})`,
      detail: sql`concat_ws(' · ', ${d.serialNumber}, ${d.pid})`,
      place: sql`${d.virtualAccountId}`,
    },
  },
  licenses: {
    kind: 'licenses',
    resource: licenses,
    exact: [l.name, l.sku],
    ends: 'end',
    status: 'status',
    told: {
      address: l.id,
      title: sql`${l.name}`,
      detail: sql`concat_ws(' · ', ${l.sku}, ${l.quantity} || ' owned, ' || ${l.inUse} || ' in use')`,
      place: sql`${l.virtualAccountId}`,
    },
  },
  orders: {
    kind: 'orders',
    resource: orders,
    exact: [o.number, o.webOrderNumber, o.customerOrderNumber],
    status: 'status',
    told: {
      address: o.number,
      title: sql`${o.number}`,
      detail: sql`concat_ws(' · ', 'web order ' || ${o.webOrderNumber}, 'customer order ' || ${o.customerOrderNumber})`,
      place: sql`null`,
    },
  },
} as const satisfies Record<string, Searched>
