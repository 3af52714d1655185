import 'server-only'
import { desc } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { devices as deviceTable } from '@/db/schema/devices'
import { asUser } from '@/lib/access/database'
import { inScope } from '@/lib/access/scope'
import { can, type Viewer } from '@/lib/access/viewer'
import { today } from '@/lib/clock'
import { breakdown, measure } from '@/lib/metrics/measure'
import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { subscriptions } from '@/lib/resources/subscriptions'
import { filterParams, sumOf } from './rules'
import type { FigureFilter, OverviewState } from './schema'

const coverageMetrics = ['total', 'eligible', 'covered', 'uncovered', 'notEligible', 'insufficient'] as const
const supportMetrics = ['total', 'pastSupport', 'hardware', 'software', 'cloud'] as const
const categoryMetrics = ['total', 'quantity', 'inUse', 'insufficient'] as const
const lineMetrics = ['total', 'inForce', 'expired', 'next30', 'next60', 'next90'] as const
const assignmentMetrics = ['assigned', 'inDefault', 'unassigned'] as const
const orderMetrics = ['assigned', 'partly', 'inDefault', 'unassigned'] as const

/**
 * Everything that the Overview shows, from one snapshot; the statements travel together, in one round trip. A figure's
 * groups hold every row once, so that the number above it is their sum and is not read again.
 */
export function readOverview(viewer: Viewer, state: OverviewState) {
  return asUser(viewer, async (reader) => {
    const asked = { viewer, today: today() }
    const [coverage, support, categories, contractPart, subscriptionPart, assignment, newest] = await Promise.all([
      breakdown(reader, { ...asked, resource: devices }, ['architecture', 'country'], coverageMetrics),
      breakdown(reader, { ...asked, resource: devices }, ['ldos'], supportMetrics),
      breakdown(reader, { ...asked, resource: licenses }, ['category'], categoryMetrics),
      readLines(reader, { ...asked, resource: contracts }, state.expiration),
      readLines(reader, { ...asked, resource: subscriptions }, state.expiration),
      can(viewer, 'assign-status.see') ? readAssignment(reader, viewer) : null,
      newestFact(reader, viewer),
    ])
    const owned = sumOf(categoryMetrics, categories)
    return {
      today: asked.today,
      newest,
      devices: { ...sumOf(supportMetrics, support), ...sumOf(coverageMetrics, coverage) },
      coverage,
      support,
      licenses: { ...owned, inCompliance: owned.total - owned.insufficient },
      categories,
      contracts: contractPart,
      subscriptions: subscriptionPart,
      assignment,
    }
  })
}
export type Overview = Awaited<ReturnType<typeof readOverview>>
export type AssignStatus = NonNullable<Overview['assignment']>
export type LinePart = Overview['contracts']
type LineQuestion = { resource: typeof contracts | typeof subscriptions; viewer: Viewer; today: string }

/** Products by the day of their end: all of them, those under the figure's filter, and by month; and what can be filtered by. */
async function readLines(reader: Reader, question: LineQuestion, filter: FigureFilter) {
  const under = filterParams(filter)
  const isFiltered = Object.keys(under).length > 0
  const [all, filtered, months, places] = await Promise.all([
    measure(reader, question, lineMetrics),
    isFiltered ? measure(reader, { ...question, under }, lineMetrics) : null,
    breakdown(reader, { ...question, under }, ['endMonth'], ['total']),
    breakdown(reader, question, ['architecture', 'country'], ['total']),
  ])
  return { all, filtered: filtered ?? all, months, places }
}

/** Who is not to see it gets no number of it: it is not read. */
async function readAssignment(reader: Reader, viewer: Viewer) {
  const asked = { viewer, today: today() }
  const [ofDevices, ofLicenses, ofContracts, ofSubscriptions, ofOrders] = await Promise.all([
    measure(reader, { ...asked, resource: devices }, assignmentMetrics),
    measure(reader, { ...asked, resource: licenses }, assignmentMetrics),
    measure(reader, { ...asked, resource: contracts }, assignmentMetrics),
    measure(reader, { ...asked, resource: subscriptions }, assignmentMetrics),
    measure(reader, { ...asked, resource: orders }, orderMetrics),
  ])
  return {
    devices: ofDevices,
    licenses: ofLicenses,
    contracts: ofContracts,
    subscriptions: ofSubscriptions,
    orders: ofOrders,
  }
}

/** When the youngest fact about a device was reported. Only where all of the account is seen: an index gives it at once. */
async function newestFact(reader: Reader, viewer: Viewer): Promise<Date | null> {
  if (viewer.scope.kind !== 'account') return null
  const [row] = await reader
    .select({ asOf: deviceTable.asOf })
    .from(deviceTable)
    .where(inScope(viewer, deviceTable))
    .orderBy(desc(deviceTable.asOf))
    .limit(1)
  return row?.asOf ?? null
}
