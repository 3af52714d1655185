import type postgres from 'postgres'

const AURORA = 'aurora.example'
const EMEA = ['EMEA', 'Germany', 'France']

/** Somebody in an account, and the Virtual Accounts that contract.md gives them there; null = the whole account. */
export type Persona = [email: string, domain: string, virtualAccounts: string[] | null]
export const PERSONAS: Persona[] = [
  ['admin@aurora.example', AURORA, null],
  ['user@aurora.example', AURORA, null],
  ['viewer@aurora.example', AURORA, null],
  ['va-admin@aurora.example', AURORA, EMEA],
  ['va-user@aurora.example', AURORA, ['Germany']],
  ['va-viewer@aurora.example', AURORA, ['APJC']],
  ['admin@borealis.example', AURORA, null],
  ['admin@borealis.example', 'borealis.example', null],
  ['admin@delta.example', 'delta.example', null],
  ['partner@cobalt.example', 'cobalt.example', null],
  ['partner@cobalt.example', AURORA, ['Americas']],
  ['partner2@ember.example', AURORA, ['EMEA']],
  ['support@license-central.example', AURORA, null],
]

// What each metric counts, in plain SQL over the rows themselves, written without the product's own conditions.

export const ASSIGNED = {
  assigned: `virtual_account_id in (select id from virtual_accounts where not is_default)`,
  inDefault: `virtual_account_id in (select id from virtual_accounts where is_default)`,
  unassigned: 'virtual_account_id is null',
}
export const DEVICES = {
  total: 'true',
  pastSupport: `last_date_of_support < '2026-05-06'`,
  eligible: `coverage_end is not null or asset_type = 'hardware'`,
  covered: `coverage_end >= '2026-05-06' and coverage_start <= '2026-05-06'`,
  uncovered: `(coverage_end < '2026-05-06' or (coverage_end is null and asset_type = 'hardware'))`,
  notEligible: `coverage_end is null and asset_type <> 'hardware'`,
  hardware: `asset_type = 'hardware'`,
  software: `asset_type = 'software'`,
  cloud: `asset_type = 'cloud'`,
  insufficient: `exists (select from license_use u join licenses l on l.smart_account_id = u.smart_account_id and l.id = u.license_id
    where u.smart_account_id = t.smart_account_id and u.device_id = t.id and l.virtual_account_id = t.virtual_account_id
      and l.status = 'out_of_compliance')`,
}
/** What stands in for a license, less what it lends. */
const SUBSTITUTED = `(select coalesce(sum(case s->>'kind' when 'forThis' then (s->>'quantity')::int else -(s->>'quantity')::int end), 0)
  from jsonb_array_elements(substitutions) s)`
export const LICENSES = {
  total: 'true',
  insufficient: `in_use + reserved > quantity + ${SUBSTITUTED}`,
  inCompliance: `in_use + reserved <= quantity + ${SUBSTITUTED}`,
}
export const LINES = {
  total: 'true',
  expired: `end_date < '2026-05-06'`,
  inForce: `end_date >= '2026-05-06'`,
  next30: `end_date between '2026-05-06' and '2026-06-05'`,
  next60: `end_date between '2026-05-06' and '2026-07-05'`,
  next90: `end_date between '2026-05-06' and '2026-08-04'`,
}
/** Of orders as somebody sees them: `placed` of their lines in another Virtual Account than DEFAULT, `landed` in DEFAULT. */
export const ORDERS = {
  total: 'true',
  assigned: 'placed = seen',
  partly: 'placed > 0 and placed < seen',
  inDefault: 'placed = 0 and landed > 0',
  unassigned: 'placed = 0 and landed = 0',
  onHold: `status = 'on_hold'`,
  smartAccount: `hold_reason = 'smart_account'`,
  acceptance: `hold_reason = 'acceptance'`,
  credit: `hold_reason = 'credit'`,
  exportCompliance: `hold_reason = 'export_compliance'`,
  otherHold: `hold_reason = 'other'`,
  recent: `ordered_on >= date '2026-05-06' - 90`,
  booked: `status = 'booked'`,
  shipped: `status = 'shipped'`,
}

export const namesOf = <T extends object>(object: T) => Object.keys(object) as Extract<keyof T, string>[]

/** Orders with a line that the person sees, and how far those lines are assigned. */
const ORDERS_SEEN = `(select o.*, l.virtual_account_id, l.seen, l.placed, l.landed from orders o join (
    select l.smart_account_id, l.order_id, null::bigint as virtual_account_id, count(*) as seen,
      count(*) filter (where not v.is_default) as placed, count(*) filter (where v.is_default) as landed
    from order_lines l left join virtual_accounts v on v.smart_account_id = l.smart_account_id and v.id = l.virtual_account_id
    where $lines group by 1, 2) l on l.smart_account_id = o.smart_account_id and l.order_id = o.id)`

/** What the person sees of a table, counted under each condition. */
export async function counted<M extends string>(
  owner: postgres.Sql,
  table: string,
  [, domain, names]: Persona,
  conditions: Record<M, string>,
  amount = 'count(*)',
): Promise<Record<M, number>> {
  const ids = `select v.id from virtual_accounts v join smart_accounts a on a.id = v.smart_account_id
    where a.domain = '${domain}' and v.name in (${names?.map((name) => `'${name}'`).join(', ')})`
  const inPlaces = table === 'events' ? `virtual_account_ids && array(${ids})` : `virtual_account_id in (${ids})`
  const places = names ? inPlaces : 'true'
  const isOrders = table === 'orders'
  const columns = namesOf(conditions).map(
    (name) => `coalesce(${amount} filter (where ${conditions[name]}), 0)::int as "${name}"`,
  )
  const [row] = await owner.unsafe<Record<M, number>[]>(`
    select ${columns.join(', ')} from ${isOrders ? ORDERS_SEEN.replace('$lines', `l.${places}`.replace('l.true', 'true')) : table} t
    where t.smart_account_id = (select id from smart_accounts where domain = '${domain}') and ${isOrders ? 'true' : places}`)
  if (!row) throw new Error('A count gives a row.')
  return row
}
