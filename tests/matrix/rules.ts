import type { Sight } from './sight'

/** The rows of every tenant table that a person may see, as conditions of plain SQL on the table `t`. */

const any = (column: string, ids: readonly number[]) => `${column} = any('{${ids.join(',')}}'::bigint[])`
const either = (...conditions: string[]) => conditions.join(' or ')

const assets = (s: Sight) => either(any('t.smart_account_id', s.whole), any('t.virtual_account_id', s.places))
const members = (s: Sight) => any('t.smart_account_id', s.member)
const importers = (s: Sight) => any('t.smart_account_id', s.administered)
const orderLines = (s: Sight) => either(assets(s), any('t.id', s.lines))
const devices = (s: Sight) => either(assets(s), any('t.id', s.devices))
const events = (s: Sight) =>
  either(any('t.smart_account_id', s.whole), `t.virtual_account_ids && '{${s.places.join(',')}}'::bigint[]`)
/** Rows that hang on a row of another table. */
const of =
  (column: string, table: string, seen: (s: Sight) => string, key = 'id') =>
  (s: Sight) =>
    `t.${column} in (select t.${key} from ${table} t where ${seen(s)})`
const shares = (s: Sight) =>
  either(any('t.smart_account_id', s.whole), `t.email = '${s.email}'`, `t.sent_by = ${s.userId}`)

export const rules: Readonly<Record<string, (s: Sight) => string>> = {
  smart_accounts: (s) => any('t.id', s.member),
  virtual_accounts: (s) => either(any('t.smart_account_id', s.whole), any('t.id', s.places)),
  virtual_account_tags: assets,
  devices,
  licenses: assets,
  license_terms: of('license_id', 'licenses', assets),
  license_use: of('license_id', 'licenses', assets),
  paks: assets,
  contract_lines: assets,
  contracts: (s) => either(any('t.smart_account_id', s.whole), of('id', 'contract_lines', assets, 'contract_id')(s)),
  subscription_lines: assets,
  subscriptions: (s) =>
    either(any('t.smart_account_id', s.whole), of('id', 'subscription_lines', assets, 'subscription_id')(s)),
  order_lines: orderLines,
  orders: (s) =>
    either(any('t.smart_account_id', s.whole), any('t.id', s.orders), of('id', 'order_lines', assets, 'order_id')(s)),
  deliveries: of('order_line_id', 'order_lines', orderLines),
  documents: of('order_line_id', 'order_lines', orderLines),
  delivery_contacts: (s) => either(any('t.smart_account_id', s.whole), `t.email = '${s.email}'`),
  order_shares: shares,
  order_share_items: of('share_id', 'order_shares', shares),
  device_cube: assets,
  device_products: assets,
  device_coverage: assets,
  license_totals: assets,
  license_cube: assets,
  contract_expirations: assets,
  subscription_expirations: assets,
  contract_end_days: assets,
  subscription_end_days: assets,
  role_assignments: (s) =>
    either(`t.user_id = ${s.userId}`, importers(s), any('t.virtual_account_id', s.administeredPlaces)),
  support_access: (s) => either(`t.user_id = ${s.userId}`, importers(s)),
  saved_views: (s) => either(`t.user_id = ${s.userId}`, `t.is_shared and ${members(s)}`),
  products: (s) => either('t.smart_account_id is null', members(s)),
  account_lifecycles: members,
  events,
  change_sets: (s) =>
    either(
      any('t.smart_account_id', s.whole),
      `t.actor_user_id = ${s.userId}`,
      of('id', 'events', events, 'change_set_id')(s),
    ),
  change_items: (s) =>
    either(any('t.smart_account_id', s.whole), `t.subject = 'device' and ${of('subject_id', 'devices', devices)(s)}`),
  import_runs: importers,
  import_rows: importers,
  import_plan: importers,
  /** Nobody reads what is waiting to be sent. */
  outbox: () => 'false',
}
