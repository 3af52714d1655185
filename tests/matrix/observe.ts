import type { Sql } from 'postgres'
import { asUser } from '@/lib/access/database'
import { accessOf } from '@/lib/access/directory'
import { permissions } from '@/lib/access/permissions'
import { contactsOf, sharesContacts, sharesOf } from '@/lib/access/reason-rows'
import { getPerson, getViewer } from '@/lib/access/signed-in'
import { can, type Viewer } from '@/lib/access/viewer'
import { inboxOf } from '@/lib/importing/inbox'
import { importRunOf, importRunsOf } from '@/lib/importing/queries'
import { findOrder } from '@/lib/legacy-links/find-order'
import { accountsOf } from '@/lib/navigation'
import { readOverview } from '@/lib/overview/queries'
import { parseOverview } from '@/lib/overview/schema'
import { paksOfLicense } from '@/lib/paks/queries'
import { loadDevice } from '@/lib/resources/device-detail'
import { serialNumbersOf } from '@/lib/resources/device-serials'
import { devices } from '@/lib/resources/devices'
import { daysOf } from '@/lib/resources/license-days'
import { loadLicense } from '@/lib/resources/license-detail'
import { devicesUsing, documentsOf, elsewhere, termsOf } from '@/lib/resources/license-rows'
import { licenses } from '@/lib/resources/licenses'
import { type Params, parseTable } from '@/lib/table/parse'
import { signInAs } from '../support/viewer'
import { type AdministrationThings, administrationThings, askAdministration } from './ask-administration'
import { type AgreementThings, agreementThings, askAgreements } from './ask-agreements'
import { askEvents, askStrays, type EventThings, eventThings } from './ask-events'
import { askOrders, type OrderThing, orderThings, strayAsset } from './ask-orders'
import { askSearch, type Identifiers, identifiersIn } from './ask-search'
import { askShared, sharedNumbers } from './ask-shared'
import { askTables } from './ask-tables'
import { askWork, type WorkThings, workThings } from './ask-work'
import { askedIn, byAccount, type Ids, NOWHERE } from './ids'
import { AURORA, DOMAINS } from './people'
import { type Question, withoutRoles } from './question'
import { refusedWrites } from './refused-writes'

/** Things to ask for, by account: a device of each Virtual Account and of none, those at borders, what people made. */
export type Things = {
  devices: Ids
  licenses: Ids
  virtualAccounts: Ids
  contract: string
  agreements: AgreementThings
  administration: AdministrationThings
  work: WorkThings
  events: EventThings
  orders: OrderThing[]
  /** The serial number of an asset that is elsewhere than its order. */
  asset: string
  identifiers: Identifiers
  /** Orders of which something is or was shared, and one of which nothing is. */
  sharedNumbers: string[]
  /** Devices of orders that are shared, whatever became of the share. */
  shared: number[]
}

export async function thingsOf(owner: Sql): Promise<Things> {
  const devices = await byAccount(
    owner,
    `with border as (select device_id as id from contract_lines where service_sku like 'CON-MATRIX-%'
        union select device_id from order_share_items where device_id is not null),
      first as (select distinct on (smart_account_id, virtual_account_id) id from devices order by smart_account_id, virtual_account_id, id),
      chosen as (select id from first union select id from border
        union select parent_id from devices where id in (select id from border)
        union select id from devices where parent_id in (select id from border))
    select id, d.smart_account_id from chosen join devices d using (id)`,
  )
  const licenses = await byAccount(
    owner,
    `select id, smart_account_id from (
      select id, smart_account_id, row_number() over (partition by smart_account_id, virtual_account_id order by id) as nth from licenses) l
    where nth <= 2`,
  )
  const places = await byAccount(owner, 'select id, smart_account_id from virtual_accounts')
  const [contract] = await owner<{ number: string }[]>`
    select d.contract_number as number from devices d join virtual_accounts v on v.id = d.virtual_account_id
    where v.name = 'France' and d.contract_number is not null order by d.id limit 1`
  const shared = await owner<{ id: number }[]>`
    select distinct on (s.id) d.id::int as id from order_shares s
    join order_lines l on l.smart_account_id = s.smart_account_id and l.order_id = s.order_id
    join devices d on d.smart_account_id = l.smart_account_id and d.order_line_id = l.id order by s.id, d.id`
  return {
    devices,
    licenses,
    virtualAccounts: places,
    contract: contract?.number ?? '',
    agreements: await agreementThings(owner),
    administration: await administrationThings(owner),
    work: await workThings(owner),
    events: await eventThings(owner),
    orders: await orderThings(owner),
    asset: await strayAsset(owner),
    identifiers: await identifiersIn(owner),
    sharedNumbers: await sharedNumbers(owner),
    shared: shared.map(({ id }) => id),
  }
}

const AT_ONCE = 4

/**
 * Asks everything that one person can ask for, or what `isWanted` of it, some of it at once. Stops early when `tell` gives
 * true.
 */
export async function askAll(
  owner: Sql,
  things: Things,
  email: string,
  tell: (what: string, value: unknown) => boolean | undefined,
  { atOnce = AT_ONCE, isWanted = (_: string): boolean => true } = {},
): Promise<void> {
  const waiting = new Set<Promise<void>>()
  let isOver = false
  for await (const { what, ask } of questionsOf(owner, things, email)) {
    if (!isWanted(what)) continue
    const asked = outcome(ask).then((value) => {
      if (!isOver && tell(what, value)) isOver = true
      waiting.delete(asked)
    })
    waiting.add(asked)
    if (waiting.size >= atOnce) await Promise.race(waiting)
    if (isOver) break
  }
  await Promise.all(waiting)
}

/** All that one person can ask for, in their own name and in each account. */
async function* questionsOf(owner: Sql, things: Things, email: string): AsyncGenerator<Question> {
  const question = (domain: string | null, what: string, ask: () => Promise<unknown>): Question => ({
    what: `${email} ${domain ?? ''} ${what}`,
    ask,
  })
  await signInAs(owner, email)
  yield question(null, 'person', async () => ({ ...(await getPerson()), accounts: accountsOf(await getPerson()) }))
  const person = await outcome(() => getPerson())
  if (typeof person === 'string') return
  yield question(null, 'access directory', async () => accessOf(await getPerson()))
  for (const { number } of things.orders)
    yield question(null, `old link of order ${number}`, async () => findOrder(await getPerson(), number, null))
  for (const { what, ask } of askShared(await getPerson(), things.sharedNumbers)) yield question(null, what, ask)
  for (const domain of [...DOMAINS, 'missing.example']) {
    const answer = await outcome(() => getViewer(domain))
    yield question(domain, 'viewer', async () => answer)
    if (typeof answer === 'string') continue
    // The viewer itself, not what is told of it: what it reaches is a set.
    for (const { what, ask } of inAccount(await getViewer(domain), things)) yield question(domain, what, ask)
  }
}

// They see what admin@aurora.example sees, by another role or from elsewhere; or one Virtual Account, as va-user@ does.
const ALIKE = [
  ...['admin2', 'user', 'viewer', 'va-viewer'].map((name) => `${name}@aurora.example`),
  ...['outside-admin@ember.example', 'support@license-central.example', 'partner2@ember.example'],
  ...['admin@borealis.example', 'partner@cobalt.example', 'former@aurora.example'],
]
/** Whether a few questions of each kind are enough: another account is asked whether it is told from this one. */
const isBrief = ({ email, account }: Viewer) => ALIKE.includes(email) || account.domain !== AURORA

function inAccount(viewer: Viewer, things: Things): Question[] {
  const brief = isBrief(viewer)
  const { query } = parseTable(devices, {})
  const sorted = parseTable(devices, { sort: '-name', coverage: ['covered', 'lapsed'] }).query
  const searched = parseTable(devices, { q: 'C93', sort: 'pid' }).query
  const places = things.virtualAccounts[viewer.account.domain] ?? []
  const ids = askedIn(things.devices, viewer.account.domain)
  const owned = askedIn(things.licenses, viewer.account.domain)
  const choose = (search: string, all: boolean, ids: number[]) => serialNumbersOf(viewer, { search, all, ids })
  return [
    { what: 'permissions', ask: async () => permissionsOf(viewer, places) },
    { what: 'overview', ask: () => overviewOf(viewer, {}) },
    {
      what: 'overview under filters',
      ask: () => overviewOf(viewer, { expirationCountry: 'DE', coverageCountry: 'FR' }),
    },
    ...askTables(viewer, places, things.contract).slice(...(brief ? [0, 6] : [])),
    ...ids
      .slice(...(brief ? [0, 12] : []))
      .map((id) => ({ what: `device ${id}`, ask: () => loadDevice(viewer, id, query) })),
    ...ids.slice(0, brief ? 0 : 6).flatMap((id) => [
      { what: `device ${id} in a list`, ask: async () => (await loadDevice(viewer, id, sorted))?.neighbours },
      { what: `device ${id} in a search`, ask: async () => (await loadDevice(viewer, id, searched))?.neighbours },
    ]),
    ...owned.slice(...(brief ? [0, 6] : [])).flatMap((id) => askLicense(viewer, id)),
    ...things.shared.flatMap((id) => askReasons(viewer, id)),
    { what: 'contacts shared', ask: () => asUser(viewer, (reader) => sharesContacts(reader, viewer)) },
    ...askAgreements(viewer, things.agreements),
    ...askOrders(viewer, things.orders, things.asset).slice(...(brief ? [0, 14] : [])),
    ...(brief ? askStrays(viewer, things.events) : askEvents(viewer, things.events, places)),
    ...(brief ? [] : askSearch(viewer, things.identifiers)),
    { what: 'serial numbers by id', ask: () => choose('', false, ids) },
    { what: 'serial numbers of all', ask: () => choose('', true, []) },
    { what: 'serial numbers of a search', ask: () => choose('q=FOC', true, ids.slice(0, 5)) },
    // A role that sees nothing takes nothing out either, however its holder came to a scope.
    {
      what: 'serial numbers without a role',
      ask: () => serialNumbersOf(withoutRoles(viewer), { search: '', all: false, ids }),
    },
    ...askAdministration(viewer, things.administration, places, brief),
    ...askWork(viewer, things, brief),
    { what: 'reconciliation', ask: () => inboxOf(viewer, 1) },
    { what: 'imports', ask: () => importRunsOf(viewer) },
    ...[...Object.values(things.work.runs).flat(), NOWHERE].map((id) => ({
      what: `import ${id}`,
      ask: () => importRunOf(viewer, id, 1),
    })),
    ...refusedWrites(viewer, things),
  ]
}

/** Whom an order gives a device to, asked by itself: its page asks only where the device is seen. */
const askReasons = (viewer: Viewer, id: number): Question[] =>
  Object.entries({ shares: sharesOf, contacts: contactsOf }).map(([name, read]) => ({
    what: `${name} of device ${id}`,
    ask: () => asUser(viewer, async (reader): Promise<unknown> => read(reader, viewer, id)),
  }))

/** A license as its page has it, and each list of it by itself. */
function askLicense(viewer: Viewer, id: number): Question[] {
  const { query } = parseTable(licenses, {})
  const lists = {
    terms: termsOf,
    devices: devicesUsing,
    documents: documentsOf,
    elsewhere,
    paks: paksOfLicense,
    days: daysOf,
  }
  return [
    { what: `license ${id}`, ask: () => loadLicense(viewer, id, query) },
    ...Object.entries(lists).map(([name, read]) => ({
      what: `${name} of license ${id}`,
      ask: () => asUser(viewer, async (reader): Promise<unknown> => read(reader, viewer, id)),
    })),
  ]
}

/** The groups of its figures come in no order. */
const overviewOf = async (viewer: Viewer, params: Params) =>
  ordered(await readOverview(viewer, parseOverview(params).state))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(ordered(item))).sort()
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ordered(inner)]))
}

const permissionsOf = (viewer: Viewer, places: readonly number[]) =>
  Object.fromEntries(
    (Object.keys(permissions) as (keyof typeof permissions)[]).map((name) => [
      name,
      [can(viewer, name), can(viewer, name, [null]), ...places.map((id) => can(viewer, name, [id]))],
    ]),
  )

/** What came of asking; a refusal by its name, as its words may differ. */
async function outcome(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return plain(await ask())
  } catch (error) {
    const { digest, constructor: kind } = error as { digest?: string; constructor: { name: string } }
    return `refused: ${digest ?? kind.name}`
  }
}

/** As it would travel: sets as lists, dates as text, nothing that is not data. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      inner instanceof Set ? [...inner].sort((a, b) => a - b) : inner,
    ),
  )
