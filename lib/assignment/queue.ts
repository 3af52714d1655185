import 'server-only'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { measure, paramsOf } from '@/lib/metrics/measure'
import { account, assign } from '@/lib/paths'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { subscriptions } from '@/lib/resources/subscriptions'
import type { Filters, Resource } from '@/lib/table/resource'

/** How many of a kind wait to be assigned, with their list and the way to assign them all. */
export type Waiting = {
  label: string
  unassigned: { n: number; href: string }
  inDefault: { n: number; href: string }
  assignHref: string
}

const KINDS = {
  devices: { label: 'Devices', resource: devices },
  licensing: { label: 'Licenses', resource: licenses },
  contracts: { label: 'Products in contracts', resource: contracts },
  subscriptions: { label: 'Products in subscriptions', resource: subscriptions },
} as const

const searchOf = (filters: Filters) =>
  new URLSearchParams(Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value])))

/** What is in no Virtual Account or in DEFAULT, as far as the viewer sees it and may assign it; empty for who has neither. */
export async function readQueue(viewer: Viewer): Promise<Waiting[]> {
  const places = viewer.virtualAccounts.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  const mine = [...(can(viewer, 'assign', [null]) ? [null] : []), ...places.filter((id) => can(viewer, 'assign', [id]))]
  if (mine.length === 0) return []
  const va = mine.map((id) => (id === null ? 'none' : String(id)))
  const { domain } = viewer.account
  return asUser(viewer, (reader) =>
    Promise.all(
      Object.entries(KINDS).map(async ([tab, { label, resource }]) => {
        const names = ['unassigned', 'inDefault'] as const
        const numbers = await measure<Resource, string>(reader, { resource, viewer, today: today() }, names)
        const number = (name: (typeof names)[number]) => ({
          n: numbers[name] ?? 0,
          href: `${account(domain)}/${tab}?${searchOf(paramsOf(resource.metrics[name], viewer))}`,
        })
        const match = new URLSearchParams({ of: tab, match: searchOf({ va }).toString() })
        return {
          label,
          unassigned: number('unassigned'),
          inDefault: number('inDefault'),
          assignHref: `${assign(domain)}?${match}`,
        }
      }),
    ),
  )
}
