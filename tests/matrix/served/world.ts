import type { Sql } from 'postgres'
import { everybody, NOW } from '../people'
import { rules } from '../rules'
import { type Places, readPlaces, type Sight, sightOf } from '../sight'
import { filesOf } from './files'
import { type PakThing, readPaks } from './pak-deeds'
import type { RealThings } from './real-things'
import { Words } from './words'

/**
 * One thing in an account, as an address names it, and the Virtual Account that it is in; `places` are those of all its
 * lines, where it is seen by any of them.
 */
export type Thing = {
  id: number | string
  domain: string
  place: string
  places?: readonly string[]
  line?: number
  /** The id of its row, where an address names it otherwise. */
  row?: number
}

/** All that the matrix knows of the data, read by the owner in plain SQL. */
export type World = {
  owner: Sql
  places: Places
  devices: Thing[]
  /** Of those devices. */
  serials: string[]
  licenses: Thing[]
  runs: Thing[]
  /** Of sources, each of a device of its own. */
  differences: Thing[]
  /** Roles in force, those of colleagues who are nobody in the matrix first; `seen` is how a page shows them. */
  roles: (Thing & { seen: string; isColleague: boolean })[]
  /** `place` is the name, `parent` that of the one above, `row` the id of the account. */
  virtualAccounts: (Thing & { parent: string | null; isDefault: boolean; isRestricted: boolean })[]
  /** What an account has decided about itself. */
  settings: Map<string, { name: string; sharesAdminContacts: boolean; virtualAdminsManageUsers: boolean }>
  /** Access of support that nobody in the matrix reads by. */
  support: Thing[]
  /** Requests for access that wait; `place` is the address of whoever asks. */
  requests: Thing[]
  /** User groups by the Virtual Accounts of their roles, with who is in them. */
  groups: (Thing & { members: number[]; roles: number[] })[]
  contracts: Thing[]
  subscriptions: Thing[]
  events: Thing[]
  orders: Thing[]
  /** Of each account one that is in no Virtual Account at all: who sees only some of those does not know it. */
  unplacedOrders: Thing[]
  /** Those of nobody's shares that nothing was shipped of yet: in a holding account they wait for their customer. */
  waiting: Thing[]
  /** Those that were shared with somebody or name a contact, whatever became of that. */
  sharedOrders: Thing[]
  /** Orders of which something is or was shared, those of most kinds first. */
  shared: { id: number; number: string }[]
  /** Saved views; `email` is that of whom they are. */
  views: (Thing & { name: string; email: string; isShared: boolean })[]
  paks: PakThing[]
  /** What an action takes away for good; only where actions are tried. */
  real: readonly RealThings[]
  files: Awaited<ReturnType<typeof filesOf>>
  sights: Map<string, Sight>
  words: Words
}

export async function readWorld(owner: Sql, real: readonly RealThings[] = []): Promise<World> {
  const places = await readPlaces(owner)
  const sights = new Map<string, Sight>()
  for (const somebody of everybody) sights.set(somebody.email, await sightOf(owner, places, somebody))
  const first = (table: string) =>
    owner.unsafe<Thing[]>(`select distinct on (a.domain, v.id) t.id, a.domain, coalesce(v.name, 'none') as place
      from ${table} t join smart_accounts a on a.id = t.smart_account_id left join virtual_accounts v on v.id = t.virtual_account_id
      order by a.domain, v.id, t.id`)
  const shared = await owner<Thing[]>`select t.id, a.domain, 'shared asset' as place
    from order_share_items i join devices t on t.id = i.device_id join smart_accounts a on a.id = t.smart_account_id limit 1`
  const runs = await owner<Thing[]>`select distinct on (a.domain) r.id, a.domain, 'import' as place
    from import_runs r join smart_accounts a on a.id = r.smart_account_id order by a.domain, r.id desc`
  const differences = await owner<Thing[]>`select x.id, a.domain, 'difference' as place
    from differences x join smart_accounts a on a.id = x.smart_account_id where x.state = 'open' order by x.id`
  const roles = await owner<World['roles'][number][]>`
    select r.id, a.domain, r.role::text || ' of ' || u.id as place, u.email not in ${owner(everybody.map(({ email }) => email))} as "isColleague",
      concat_ws(' ', r.role, coalesce(r.virtual_account_id::text, ''), case when r.includes_nested then 'nested' else '' end, '') as seen
    from role_assignments r join users u on u.id = r.user_id and u.disabled_at is null join smart_accounts a on a.id = r.smart_account_id
    where r.revoked_at is null and r.expires_at is null order by 4 desc, r.id`
  const virtualAccounts = await owner<World['virtualAccounts']>`
    select v.id, a.id::int as row, a.domain, v.name as place, p.name as parent, v.is_default as "isDefault", v.access_level = 'restricted' as "isRestricted"
    from virtual_accounts v join smart_accounts a on a.id = v.smart_account_id
    left join virtual_accounts p on p.smart_account_id = v.smart_account_id and p.id = v.parent_id order by v.name`
  const groups = await owner<World['groups']>`
    select g.id, a.domain, g.name as place, array(select m.user_id from user_group_members m where m.group_id = g.id order by 1) as members,
      array(select r.id from user_group_roles r where r.group_id = g.id order by 1) as roles,
      array(select v.name from user_group_roles r join virtual_accounts v on v.id = r.virtual_account_id where r.group_id = g.id order by 1) as places
    from user_groups g join smart_accounts a on a.id = g.smart_account_id order by g.id`
  const settings = await owner<{ domain: string; name: string; shares: boolean; delegates: boolean }[]>`
    select domain, name, shares_admin_contacts as shares, virtual_admins_manage_users as delegates from smart_accounts`
  const support = await owner<
    Thing[]
  >`select s.id, a.domain, 'support' as place from support_access s join smart_accounts a on a.id = s.smart_account_id
    join users u on u.id = s.user_id and u.email in ('former-support@license-central.example', 'not-support@aurora.example')
    where s.ends_at > ${NOW} order by s.id`
  const requests = await owner<Thing[]>`select q.id, q.domain, u.email as place
    from access_requests q join users u on u.id = q.user_id where q.state = 'pending' order by u.email not like 'asker-%', q.id`
  const words = await Words.read(owner, sights)
  const devices = [...(await first('devices')), ...shared]
  const serials = await owner<{ serial: string }[]>`select serial_number as serial from devices
    where id in ${owner(devices.map(({ id }) => Number(id)))} and serial_number is not null`
  return {
    owner,
    places,
    devices,
    serials: serials.map(({ serial }) => serial),
    licenses: await first('licenses'),
    runs,
    differences,
    roles,
    virtualAccounts,
    groups,
    requests,
    support,
    settings: new Map(
      settings.map(({ domain, name, shares, delegates }) => [
        domain,
        { name, sharesAdminContacts: shares, virtualAdminsManageUsers: delegates },
      ]),
    ),
    contracts: await agreementsOf(owner, 'contract_lines', 'contract_number'),
    subscriptions: await agreementsOf(owner, 'subscription_lines', 'subscription_id'),
    events: await eventsOf(owner),
    orders: await ordersOf(owner, 'true'),
    unplacedOrders: await owner<Thing[]>`
      select distinct on (a.domain) o.number as id, a.domain, 'none' as place from orders o join smart_accounts a on a.id = o.smart_account_id
      where o.virtual_account_ids = '{0}' order by a.domain, o.id`,
    waiting: await owner<Thing[]>`
      select o.number as id, o.id::int as row, a.domain, 'none' as place from orders o join smart_accounts a on a.id = o.smart_account_id
      where o.kind = 'standard' and o.status in ('booked', 'on_hold') and not exists (select from order_shares s where s.order_id = o.id) order by o.id desc`,
    sharedOrders: await ordersOf(
      owner,
      `w.row in (select order_id from order_shares union select order_id from delivery_contacts where email like '%@grove.example')`,
    ),
    shared: await sharedOf(owner),
    views: await owner<World['views']>`
      select t.id, a.domain, 'view' as place, t.name, u.email, t.is_shared as "isShared"
      from saved_views t join smart_accounts a on a.id = t.smart_account_id join users u on u.id = t.user_id
      where t.name like 'canary%' order by t.id`,
    files: await filesOf(owner),
    paks: await readPaks(owner),
    real,
    sights,
    words,
  }
}

/** Of each Virtual Account one line of a contract or subscription, and the places of all lines of that. */
const agreementsOf = (owner: Sql, table: string, of: string) =>
  owner.unsafe<Thing[]>(`
    with placed as (select t.smart_account_id as account, t.${of}::text as id, t.id as line, coalesce(v.name, 'none') as place
        from ${table} t left join virtual_accounts v on v.id = t.virtual_account_id)
    select distinct on (a.domain, p.place) a.domain, p.id, p.line, p.place,
      array(select distinct o.place from placed o where o.account = p.account and o.id = p.id) as places
    from placed p join smart_accounts a on a.id = p.account order by a.domain, p.place, p.line`)

/** Of each Virtual Account one line of an order, those of orders that reach over several first, and the places of all its lines. */
const ordersOf = (owner: Sql, where: string) =>
  owner.unsafe<Thing[]>(`
    with placed as (select o.smart_account_id as account, o.number as id, o.id as row, l.id as line, coalesce(v.name, 'none') as place
        from orders o join order_lines l on l.smart_account_id = o.smart_account_id and l.order_id = o.id
        left join virtual_accounts v on v.id = l.virtual_account_id),
      wide as (select p.*, array(select distinct o.place from placed o where o.account = p.account and o.id = p.id) as places from placed p)
    select distinct on (a.domain, w.place) a.domain, w.id, w.row, w.line, w.place, w.places
    from wide w join smart_accounts a on a.id = w.account where ${where} order by a.domain, w.place, cardinality(w.places) desc, w.line`)

/** One order a recipient first: of lines, of assets, as a whole, as eDelivery contact; then those that are shared no more. */
const sharedOf = (owner: Sql) =>
  owner<{ id: number; number: string }[]>`
    select o.id, o.number from (
        select order_id, email, row_number() over (partition by email order by order_id) as nth from (
          select order_id, email from order_shares where email not like '%@matrix.example' union select order_id, email from delivery_contacts where email like '%@grove.example') w) w
    join orders o on o.id = w.order_id
    order by w.nth, w.email in ('revoked-recipient@fjord.example', 'expired-recipient@fjord.example'), w.email`

/**
 * Of each set of Virtual Accounts of aurora.example one event, and the newest: events are numbered in their account, and
 * no other one has as many.
 */
const eventsOf = (owner: Sql) =>
  owner.unsafe<Thing[]>(`
    with own as (select e.seq as id, a.domain, e.virtual_account_ids as ids,
          array(select v.name from virtual_accounts v where v.id = any(e.virtual_account_ids) order by 1) as places
        from events e join smart_accounts a on a.id = e.smart_account_id where a.domain = 'aurora.example'),
      chosen as (select distinct on (ids) * from own where ids <> '{}' order by ids, id)
    select id, domain, array_to_string(places, ' and ') as place, places
    from (select * from (select * from chosen limit 6) c union all (select * from own order by id desc limit 1)) e order by id`)

/** Which rows of a table a person sees in the Account View of an account: by roles, not by what was shared. */
export const accountRows = ({ places }: World, table: string, sight: Sight, domain: string) =>
  `(${rules[table]?.({ ...sight, devices: [], lines: [], wholeLines: [], orders: [] })}) and t.smart_account_id = ${places.accounts.get(domain) ?? 0}`

export async function countRows(world: World, table: string, where: string): Promise<number> {
  const [row] = await world.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} t where ${where}`)
  return row?.n ?? 0
}
