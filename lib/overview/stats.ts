import type { Viewer } from '@/lib/access/viewer'
import { type MetricName, paramsOf } from '@/lib/metrics/measure'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { subscriptions } from '@/lib/resources/subscriptions'
import type { Filters, Resource } from '@/lib/table/resource'
import { type Linked, linked } from './figures'
import type { RowsHref } from './links'
import type { AssignStatus, LinePart, Overview } from './queries'
import { filterParams } from './rules'
import type { FigureFilter } from './schema'

/** A metric with its value, ready to be shown and explained; `href` leads to exactly the rows that it counts. */
export type Stat = { label: string; explain: string; value: number; href?: string }

/** One kind of asset: how many there are, and parts of it, all of the same base. */
export type Insight = { kind: string; noun: { one: string; many: string }; total: Stat; lines: Stat[] }

/** What the stats of one viewer are made of. */
export type Making = { viewer: Viewer; rowsHref: RowsHref }

/** The named metrics of a resource as stats; `under` = the filter that they were measured under. */
export function statsOf<R extends Resource, M extends MetricName<R>>(
  { viewer, rowsHref }: Making,
  resource: R,
  numbers: Record<M, number>,
  under: Filters = {},
): Record<M, Stat> {
  const stats = (Object.keys(numbers) as M[]).map((name) => {
    const metric = resource.metrics[name]
    if (!metric) throw new Error(`${resource.name} has no metric ${name}.`)
    const href = rowsHref(resource.name, { ...under, ...paramsOf(metric, viewer) })
    return [name, { label: metric.label, explain: metric.explain, value: numbers[name], ...(href && { href }) }]
  })
  return Object.fromEntries(stats) as Record<M, Stat>
}

export const deviceStats = (making: Making, read: Overview) => statsOf(making, devices, read.devices)

export function insightsOf(making: Making, read: Overview): Insight[] {
  const owned = statsOf(making, licenses, read.licenses)
  const stats = deviceStats(making, read)
  const held = linesOf(making, read)
  return [
    { kind: 'Licenses', noun: licenses.noun, total: owned.total, lines: [owned.inCompliance, owned.insufficient] },
    {
      kind: 'Devices',
      noun: devices.noun,
      total: stats.total,
      lines: [stats.hardware, stats.software, stats.cloud, stats.insufficient],
    },
    ...held.map(({ kind, noun, all }) => ({
      kind,
      noun,
      total: all.total,
      lines: [all.inForce, all.expired, all.next90],
    })),
  ]
}

/** Products in contracts and in subscriptions, all of them and under the filter of the figure. */
export function linesOf(making: Making, read: Overview, filter: FigureFilter = {}) {
  const under = filterParams(filter)
  const stats = (resource: typeof contracts | typeof subscriptions, part: LinePart) => ({
    noun: resource.noun,
    all: statsOf(making, resource, part.all),
    filtered: statsOf(making, resource, part.filtered, under),
  })
  return [
    { kind: 'Contracts', ...stats(contracts, read.contracts) },
    { kind: 'Subscriptions', ...stats(subscriptions, read.subscriptions) },
  ]
}

export type AssignTone = 'good' | '1' | 'warn' | 'bad'
/** A kind of asset, or orders: all of it, and the parts of it by how far they are assigned. */
export type AssignedKind = { kind: string; total: Linked; parts: { stat: Stat; tone: AssignTone }[] }

/** How far each kind of asset is assigned; an order can be so in part, as its lines are. */
export function assignmentOf(making: Making, assignment: AssignStatus): AssignedKind[] {
  const { partly, ...whole } = statsOf(making, orders, assignment.orders)
  const kinds: [string, Resource, Record<'assigned' | 'inDefault' | 'unassigned', Stat> & { partly?: Stat }][] = [
    ['Devices', devices, statsOf(making, devices, assignment.devices)],
    ['Licenses', licenses, statsOf(making, licenses, assignment.licenses)],
    ['Contract products', contracts, statsOf(making, contracts, assignment.contracts)],
    ['Subscription products', subscriptions, statsOf(making, subscriptions, assignment.subscriptions)],
    ['Orders', orders, { ...whole, partly }],
  ]
  return kinds.map(([kind, { name }, { assigned, partly, inDefault, unassigned }]) => {
    const parts: AssignedKind['parts'] = [
      { stat: assigned, tone: 'good' },
      ...(partly ? [{ stat: partly, tone: '1' as const }] : []),
      { stat: inDefault, tone: 'warn' },
      { stat: unassigned, tone: 'bad' },
    ]
    const value = parts.reduce((sum, { stat }) => sum + stat.value, 0)
    return { kind, total: linked(value, making.rowsHref(name, {})), parts }
  })
}
