import { sql } from 'drizzle-orm'
import type { Sql } from 'postgres'
import { asUser } from '@/lib/access/database'
import type { Viewer } from '@/lib/access/viewer'
import { ASSIGNED_TABLES, type AssignedSubject } from '@/lib/assignment/assigned-tables'
import { readChosen } from '@/lib/assignment/chosen-licenses'
import { draftOfList, draftOfRows } from '@/lib/assignment/draft'
import { findMisplaced, findShortages } from '@/lib/assignment/finders'
import { customerPlaces, mayHandOver, waitingOrders } from '@/lib/assignment/hand-over'
import { draftOfText } from '@/lib/assignment/list'
import { readQueue } from '@/lib/assignment/queue'
import { loadReview } from '@/lib/assignment/review'
import { planRules, readRules } from '@/lib/assignment/rules'
import { targetOf, targetsOf } from '@/lib/assignment/targets'
import { undoableOf } from '@/lib/assignment/undo'
import { chainHead, verifyChainAfter } from '@/lib/changes/verify'
import { today } from '@/lib/clock'
import { filesOfOrder } from '@/lib/delivery/order-files'
import { ALL_FILES } from '@/lib/delivery/rules'
import { exportColumns } from '@/lib/exporting/columns'
import { listExports } from '@/lib/exporting/jobs'
import { exportRows } from '@/lib/exporting/rows'
import { readExport } from '@/lib/exporting/table-export'
import { measure } from '@/lib/metrics/measure'
import { readOrderCards } from '@/lib/overview/order-cards'
import { parseOverview } from '@/lib/overview/schema'
import { buildReport } from '@/lib/reports/build'
import { chosenRows } from '@/lib/resources/chosen-rows'
import { devices } from '@/lib/resources/devices'
import { licenses } from '@/lib/resources/licenses'
import { sharableOrders } from '@/lib/sharing/chosen-orders'
import { reviewShare } from '@/lib/sharing/send'
import { loadSharable } from '@/lib/sharing/sharable'
import { sharesOf } from '@/lib/sharing/share-list'
import { type Params, parseTable } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'
import { openView, viewPlaces } from '@/lib/views/queries'
import { readSchedules } from '@/lib/views/schedules'
import { ordersFor } from './ask-orders'
import type { Identifiers } from './ask-search'
import { askedIn, byAccount, type Ids } from './ids'
import type { Things } from './observe'
import { ask, withoutRoles } from './question'

type Asset = { subject: AssignedSubject; id: number }

const KINDS = {
  plans: 'assignment_plans',
  changeSets: `(select * from change_sets where kind = 'assignment') c`,
  rules: 'assignment_rules',
  views: 'saved_views',
  shares: 'order_shares',
  paks: 'paks',
  runs: 'import_runs',
  differences: 'differences',
} as const

/** What people have made of things and hold of them, by account; of each kind and place of assets the first few. */
export type WorkThings = Record<keyof typeof KINDS, Ids> & { selections: string[]; assets: Asset[] }

export async function workThings(owner: Sql): Promise<WorkThings> {
  const kinds = Object.entries(KINDS).map(
    async ([name, table]) => [name, await byAccount(owner, `select id, smart_account_id from ${table}`)] as const,
  )
  const places = Object.entries(ASSIGNED_TABLES).map(
    ([subject, { table }]) =>
      `select '${subject}' as subject, id, row_number() over (partition by smart_account_id, virtual_account_id order by id) as nth from ${table}`,
  )
  const assets = await owner.unsafe<Asset[]>(
    `select subject, id::int as id from (${places.join(' union all ')}) t where nth <= 2 order by 1, 2`,
  )
  const selections = await owner<{ id: string }[]>`select id from row_selections order by id`
  const ids = Object.fromEntries(await Promise.all(kinds)) as Record<keyof typeof KINDS, Ids>
  return { ...ids, assets, selections: selections.map(({ id }) => id) }
}

/** A draft of sharing a whole order. */
export const WHOLE_ORDER = {
  ...{ level: 'order' as const, lineIds: [], deviceIds: [], customerOrderNumber: null },
  ...{ note: '', perLine: false, lastDay: null },
}

/** What is done with assets: assigning, sharing, taking out; each page as it is before anything is done. */
export function askWork(
  viewer: Viewer,
  { work: things, orders, identifiers, contract, virtualAccounts }: Things,
  brief: boolean,
) {
  const { domain } = viewer.account
  const places = Object.values(virtualAccounts).flat()
  const most = brief ? 2 : 12
  return [
    ask('queue', () => readQueue(viewer)),
    ask('shortages', () => findShortages(viewer)),
    ask('misplaced', () => findMisplaced(viewer)),
    ask('rules', () => readRules(viewer)),
    ask('targets', async () => [targetsOf(viewer), mayHandOver(viewer)]),
    ask('customers', () => customerPlaces(viewer)),
    ask('order cards', () => readOrderCards(viewer)),
    ask('shares', () => sharesOf(viewer, { q: '', state: null, page: 1 })),
    ask('exports', () => listExports(viewer)),
    ask('schedules', async () => [...(await readSchedules(viewer))]),
    ask('view places', async () => viewPlaces(viewer)),
    ask('chain', async () => [await chainHead(viewer), await verifyChainAfter(viewer, 0)]),
    ...Object.keys(ASSIGNED_TABLES).map((subject) =>
      ask(`a plan of any ${subject}`, () =>
        plannedOf(
          viewer,
          things.assets.filter((one) => one.subject === subject),
        ),
      ),
    ),
    ask('a plan of the rules', async () => reviewed(viewer, await planRules(viewer, null))),
    ask('each place as a target', async () => places.map((id) => targetOf(viewer, String(id), ''))),
    ask('a plan of a list', async () => reviewed(viewer, await draftOfText(viewer, listOf(viewer, identifiers)))),
    ask('a plan of orders', async () => {
      const rows = await chosenRows(viewer, { of: 'orders', match: 'sort=customer' })
      return rows && reviewed(viewer, await draftOfRows(viewer, rows, targetIn(viewer), new Map(), PLANNED))
    }),
    ...askedIn(things.plans, domain).map((id) => ask(`plan ${id}`, () => loadReview(viewer, id, 1))),
    ...askedIn(things.changeSets, domain, most).map((id) => ask(`undo of ${id}`, () => undoableOf(viewer, id))),
    ...askedIn(things.views, domain).flatMap((id) => [
      ask(`view ${id}`, () => openView(viewer, id)),
      ask(`view ${id} without a role`, () => openView(withoutRoles(viewer), id)),
    ]),
    ...things.selections.map((id) => ask(`selection ${id}`, () => chosen(viewer, { chosen: id }))),
    ask('licenses chosen', () => chosen(viewer, { of: 'licensing', match: 'sort=name' })),
    ask('agreements chosen', () => chosen(viewer, { of: 'contracts', match: 'view=agreements' })),
    ask('devices of a contract', () =>
      asUser(viewer, (reader) =>
        measure(reader, { resource: devices, viewer, today: today(), under: { contract: [contract] } }, ['total']),
      ),
    ),
    ask('report on assignment', async () => {
      const { state } = parseOverview({})
      return (await buildReport(viewer, { kind: 'assignment', format: 'xlsx', state })).sections.map(({ kind }) => kind)
    }),
    ...[devices, licenses].map((resource) =>
      ask(`rows of ${resource.name} taken out`, () => exported(viewer, resource)),
    ),
    ask('orders chosen', async () => {
      const rows = await chosenRows(viewer, { of: 'orders', match: 'assignment=unassigned' })
      return rows && waitingOrders(viewer, rows)
    }),
    ask('orders to be shared', async () => {
      const rows = await chosenRows(viewer, { of: 'orders', match: 'sort=customer' })
      return rows && sharableOrders(viewer, rows)
    }),
    ...EXPORTED.map((tab) => ask(`${tab} taken out`, () => takenOut(viewer, tab))),
    ask('devices taken out without a role', () => takenOut(withoutRoles(viewer), 'devices')),
    ...ordersFor(orders, domain)
      .slice(0, most)
      .flatMap(({ number }) => [
        ask(`what is to be shared of ${number}`, () => loadSharable(viewer, number)),
        ...things.assets
          .slice(0, brief ? 0 : 6)
          .map(({ id }) =>
            ask(`share of asset ${id} of ${number}`, () =>
              reviewShare(viewer, number, { ...WHOLE_ORDER, level: 'assets', deviceIds: [id] }),
            ),
          ),
        ask(`share of ${number}`, () => reviewShare(viewer, number, WHOLE_ORDER)),
        ask(`files of ${number}`, () => filesOfOrder(viewer, number, ALL_FILES)),
      ]),
  ]
}

const EXPORTED = ['devices', 'events', 'orders', 'contracts?view=agreements']

async function takenOut(viewer: Viewer, address: string) {
  const [tab = '', search = ''] = address.split('?')
  const { rows, isCapped, way } = await readExport(viewer, tab, Object.fromEntries(new URLSearchParams(search)))
  return { rows, isCapped, way }
}

async function chosen(viewer: Viewer, params: Params) {
  const rows = await chosenRows(viewer, params)
  return rows && { of: [rows.tab, rows.listHref, rows.chosen], found: await readChosen(viewer, rows) }
}

/** All that a file of the table has, in its order. */
async function exported(viewer: Viewer, resource: Resource) {
  const { query } = parseTable(resource, {})
  const columns = exportColumns(resource, viewer, { columns: [], density: 'default' }, 'all')
  const { names, select } = exportRows(resource, viewer, query, today(), columns)
  return asUser(viewer, (reader) => reader.execute(sql`with ${names}x as (${select}) select * from x`))
}

/** Each identifier to a Virtual Account that the viewer sees. */
const listOf = ({ virtualAccounts }: Viewer, { names }: Identifiers) =>
  ['identifier,target', ...names.map((name) => `${name},${virtualAccounts[0]?.name ?? ''}`)].join('\n')

const PLANNED = { origin: { kind: 'file' as const }, withLines: true }
const targetIn = ({ virtualAccounts }: Viewer) => virtualAccounts[0]?.id ?? 0

/** A plan as its review shows it, but for its own id. */
async function reviewed(viewer: Viewer, plan: number) {
  const { id: _, ...review } = (await loadReview(viewer, plan, 1)) ?? { id: 0 }
  return review
}

async function plannedOf(viewer: Viewer, assets: readonly Asset[]) {
  const wanted = assets.map((asset) => ({ ...asset, to: targetIn(viewer), quantity: null }))
  return reviewed(viewer, await draftOfList(viewer, wanted, PLANNED))
}
