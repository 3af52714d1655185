import type { Sql } from 'postgres'
import { DOMAINS, type Held, type Role, type Somebody } from './people'

/** What one person may see and do, in ids: from the roles in people.ts by names, and from the shares by plain SQL. */
export type Sight = {
  userId: number
  email: string
  isSupport: boolean
  /** Accounts seen as a whole; those with any role; those administered; those whose assets may be assigned. */
  whole: number[]
  member: number[]
  administered: number[]
  writable: number[]
  /** Virtual Accounts of roles in one, and those of them that are administered, or whose assets may be assigned. */
  places: number[]
  administeredPlaces: number[]
  writablePlaces: number[]
  /** Of orders that are shared or delivered to the address. */
  orders: number[]
  lines: number[]
  /** Those of the lines that are opened with all that hangs on them. */
  wholeLines: number[]
  devices: number[]
}

/** Names of accounts and of their Virtual Accounts, with their ids. */
export type Places = { accounts: Map<string, number>; virtualAccounts: Map<string, number> }

export async function readPlaces(owner: Sql): Promise<Places> {
  const accounts = await owner<{ domain: string; id: number }[]>`select domain, id from smart_accounts`
  const nested = await owner<{ domain: string; name: string; id: number }[]>`
    select a.domain, v.name, v.id from virtual_accounts v join smart_accounts a on a.id = v.smart_account_id`
  return {
    accounts: new Map(accounts.map(({ domain, id }) => [domain, id])),
    virtualAccounts: new Map(nested.map(({ domain, name, id }) => [`${domain} ${name}`, id])),
  }
}

const idOf = (ids: Map<string, number>, name: string): number => {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`The demo has no ${name}.`)
  return id
}

export async function sightOf(owner: Sql, places: Places, somebody: Somebody): Promise<Sight> {
  const { email, isActive } = somebody
  const [user] = await owner<{ id: number; support: boolean }[]>`
    select id, is_support as support from users where email = ${email}`
  const holds = isActive ? somebody.holds : []
  const accountsWith = (...roles: Role[]) =>
    DOMAINS.filter((domain) => holds.some((held) => held.domain === domain && roles.includes(held.role))).map(
      (domain) => idOf(places.accounts, domain),
    )
  const placesWith = (...roles: Role[]) => [
    ...new Set(holds.filter(({ role }) => roles.includes(role)).flatMap((held) => placeIds(places, held))),
  ]
  const supported = somebody.supports.map((domain) => idOf(places.accounts, domain))
  const everyRole: Role[] = ['sa_admin', 'sa_approver', 'sa_user', 'sa_viewer', 'va_admin', 'va_user', 'va_viewer']
  return {
    userId: isActive ? (user?.id ?? 0) : 0,
    email: isActive ? email : 'nobody',
    isSupport: isActive && (user?.support ?? false),
    whole: [...accountsWith('sa_admin', 'sa_user', 'sa_viewer'), ...supported],
    member: [...accountsWith(...everyRole), ...supported],
    administered: accountsWith('sa_admin'),
    writable: accountsWith('sa_admin', 'sa_user'),
    places: placesWith('va_admin', 'va_user', 'va_viewer'),
    administeredPlaces: placesWith('va_admin'),
    writablePlaces: placesWith('va_admin', 'va_user'),
    ...(await sharedWith(owner, isActive ? email : 'nobody')),
  }
}

const placeIds = ({ virtualAccounts }: Places, { domain, places }: Held) =>
  (places ?? []).map((name) => idOf(virtualAccounts, `${domain} ${name}`))

/** A whole order opens all of it, lines open themselves and their devices, an asset opens itself and the line it is on. */
async function sharedWith(
  owner: Sql,
  email: string,
): Promise<Pick<Sight, 'orders' | 'lines' | 'wholeLines' | 'devices'>> {
  const orders = await owner<{ id: number; level: string; share: number | null }[]>`
    select order_id as id, level::text, id as share from order_shares where email = ${email} and revoked_at is null
      and (expires_at is null or expires_at > '2026-05-06T10:00:00Z')
    union all select order_id, 'order', null from delivery_contacts where email = ${email}`
  const ids = (rows: { id: number }[]) => [...new Set(rows.map(({ id }) => id))]
  const some = (numbers: number[]) => (numbers.length > 0 ? numbers : [0])
  const whole = some(ids(orders.filter(({ level }) => level === 'order')))
  const shares = some(orders.filter(({ level }) => level === 'lines').map(({ share }) => share ?? 0))
  const assets = some(orders.filter(({ level }) => level === 'assets').map(({ share }) => share ?? 0))
  const open = await owner<{ id: number }[]>`select id from order_lines where order_id in ${owner(whole)}
    union select order_line_id from order_share_items where share_id in ${owner(shares)}`
  const lines = await owner<
    { id: number }[]
  >`select order_line_id as id from order_share_items where share_id in ${owner(assets)}`
  const devices = await owner<{ id: number }[]>`select id from devices where order_line_id in ${owner(some(ids(open)))}
    union select device_id from order_share_items where share_id in ${owner(assets)} and device_id is not null`
  return { orders: ids(orders), lines: ids([...open, ...lines]), wholeLines: ids([...open]), devices: ids(devices) }
}
