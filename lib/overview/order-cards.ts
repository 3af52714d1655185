import 'server-only'
import { asUser } from '@/lib/access/database'
import { can, type Viewer } from '@/lib/access/viewer'
import { now, today } from '@/lib/clock'
import { measure } from '@/lib/metrics/measure'
import { orders } from '@/lib/resources/orders'
import { rowsOf } from './links'
import { type Stat, statsOf } from './stats'
import { originOf } from './words'

const progress = ['total', 'onHold', 'recent', 'booked', 'shipped'] as const
const reasons = ['smartAccount', 'acceptance', 'credit', 'exportCompliance', 'otherHold'] as const
const states = ['assigned', 'partly', 'inDefault', 'unassigned'] as const

/** What stands over the list of orders: how far they are assigned, what holds them, what is on its way. */
export type OrderCards = Awaited<ReturnType<typeof readOrderCards>>

/**
 * The numbers over the list, of all orders that the viewer sees. How far orders are assigned is told whoever sees what is
 * in no Virtual Account: to anybody else most of theirs are assigned by being seen.
 */
export async function readOrderCards(viewer: Viewer) {
  const seesUnassigned = can(viewer, 'assets.see-unassigned')
  const asked = { resource: orders, viewer, today: today() }
  const numbers = await asUser(viewer, (reader) => measure(reader, asked, [...progress, ...reasons, ...states]))
  const stats = statsOf({ viewer, rowsHref: rowsOf(viewer.account.domain) }, orders, numbers)
  return {
    total: stats.total,
    assignment: seesUnassigned ? states.map((name): Stat => stats[name]) : null,
    onHold: stats.onHold,
    holds: reasons.map((name): Stat => stats[name]).filter(({ value }) => value > 0),
    recent: stats.recent,
    underWay: [stats.booked, stats.shipped],
    origin: originOf({ newest: null }, now()),
  }
}
