import type { Sight } from './sight'

/** The rows of every tenant table that a person may see, as conditions of plain SQL on the table `t`. */

const any = (column: string, ids: readonly number[]) => `${column} = any('{${ids.join(',')}}'::bigint[])`
const either = (...conditions: string[]) => conditions.join(' or ')

const assets = (s: Sight) => either(any('t.smart_account_id', s.whole), any('t.virtual_account_id', s.places))
const members = (s: Sight) => any('t.smart_account_id', s.member)
const importers = (s: Sight) => any('t.smart_account_id', s.administered)
const orderLines = (s: Sight) => either(assets(s), any('t.id', s.lines))
const devices = (s: Sight) => either(assets(s), any('t.id', s.devices))
/** Rows that touch any number of Virtual Accounts. */
const touching = (s: Sight) =>
  either(any('t.smart_account_id', s.whole), `t.virtual_account_ids && '{${s.places.join(',')}}'::bigint[]`)
/** Rows that hang on a row of another table. */
const of =
  (column: string, table: string, seen: (s: Sight) => string, key = 'id') =>
  (s: Sight) =>
    `t.${column} in (select t.${key} from ${table} t where ${seen(s)})`
/** What hangs on a line: with the line, but not for whom only an asset of it is shared. */
const hanging = (s: Sight) =>
  either(of('order_line_id', 'order_lines', assets)(s), any('t.order_line_id', s.wholeLines))
/** Roles of groups: of the account, or in the Virtual Accounts that somebody administers. */
const groupRoles = (s: Sight) => either(importers(s), any('t.virtual_account_id', s.administeredPlaces))
/** Shares of which every line is in a Virtual Account that is administered. */
const inside = ({ administeredPlaces }: Sight) =>
  administeredPlaces.length === 0
    ? 'false'
    : `(exists (select from virtual_accounts v where v.smart_account_id = t.smart_account_id and v.id = any('{${administeredPlaces.join(',')}}'))
        and not exists (select from order_lines l where l.order_id = t.order_id and not coalesce(l.virtual_account_id = any('{${administeredPlaces.join(',')}}'), false)
          and (t.level = 'order' or exists (select from order_share_items i where i.share_id = t.id and i.order_line_id = l.id))))`
const shares = (s: Sight) =>
  either(any('t.smart_account_id', s.whole), `t.email = '${s.email}'`, `t.sent_by = ${s.userId}`, inside(s))

export const rules: Readonly<Record<string, (s: Sight) => string>> = {
  smart_accounts: (s) => any('t.id', s.member),
  virtual_accounts: (s) => either(any('t.smart_account_id', s.whole), any('t.id', s.places)),
  virtual_account_tags: assets,
  devices,
  licenses: assets,
  license_terms: of('license_id', 'licenses', assets),
  license_use: of('license_id', 'licenses', assets),
  license_days: of('license_id', 'licenses', assets),
  paks: assets,
  contract_lines: assets,
  contracts: (s) => either(any('t.smart_account_id', s.whole), of('id', 'contract_lines', assets, 'contract_id')(s)),
  subscription_lines: assets,
  subscriptions: (s) =>
    either(any('t.smart_account_id', s.whole), of('id', 'subscription_lines', assets, 'subscription_id')(s)),
  order_lines: orderLines,
  orders: (s) =>
    either(any('t.smart_account_id', s.whole), any('t.id', s.orders), of('id', 'order_lines', assets, 'order_id')(s)),
  deliveries: hanging,
  documents: hanging,
  delivery_contacts: (s) => either(any('t.smart_account_id', s.whole), `t.email = '${s.email}'`),
  order_shares: shares,
  order_share_items: of('share_id', 'order_shares', shares),
  device_cube: assets,
  device_products: assets,
  device_coverage: assets,
  device_kinds: assets,
  license_totals: assets,
  license_cube: assets,
  contract_expirations: assets,
  subscription_expirations: assets,
  contract_end_days: assets,
  subscription_end_days: assets,
  contract_cube: assets,
  subscription_cube: assets,
  contract_skus: assets,
  subscription_skus: assets,
  role_assignments: (s) =>
    either(`t.user_id = ${s.userId}`, importers(s), any('t.virtual_account_id', s.administeredPlaces)),
  user_groups: (s) =>
    either(
      importers(s),
      `t.id in (select m.group_id from user_group_members m where m.user_id = ${s.userId})`,
      of('id', 'user_group_roles', groupRoles, 'group_id')(s),
    ),
  user_group_roles: groupRoles,
  user_group_members: (s) =>
    either(`t.user_id = ${s.userId}`, importers(s), of('group_id', 'user_group_roles', groupRoles, 'group_id')(s)),
  access_requests: (s) => either(`t.user_id = ${s.userId}`, importers(s)),
  support_access: (s) => either(`t.user_id = ${s.userId}`, importers(s)),
  saved_views: (s) => either(`t.user_id = ${s.userId}`, `t.is_shared and ${members(s)}`),
  assignment_plans: (s) => `t.user_id = ${s.userId} and (${members(s)})`,
  assignment_items: (s) => `t.user_id = ${s.userId} and (${members(s)})`,
  assignment_rules: (s) => any('t.smart_account_id', s.whole),
  row_selections: (s) => `t.user_id = ${s.userId} and (${members(s)})`,
  exports: (s) => `t.user_id = ${s.userId} and (${members(s)})`,
  view_schedules: (s) => `t.user_id = ${s.userId} and (${members(s)})`,
  products: (s) => either('t.smart_account_id is null', members(s)),
  account_lifecycles: members,
  events: touching,
  event_cube: touching,
  order_totals: touching,
  order_cube: touching,
  change_sets: (s) =>
    either(
      any('t.smart_account_id', s.whole),
      `t.actor_user_id = ${s.userId}`,
      of('id', 'events', touching, 'change_set_id')(s),
    ),
  change_items: (s) =>
    either(
      any('t.smart_account_id', s.whole),
      ...Object.entries({
        device: of('subject_id', 'devices', devices),
        license: of('subject_id', 'licenses', assets),
        license_term: of('subject_id', 'license_terms', of('license_id', 'licenses', assets)),
        contract_line: of('subject_id', 'contract_lines', assets),
        subscription_line: of('subject_id', 'subscription_lines', assets),
        order_line: of('subject_id', 'order_lines', orderLines),
      }).map(([subject, seen]) => `t.subject = '${subject}' and ${seen(s)}`),
    ),
  import_runs: importers,
  import_rows: importers,
  import_plan: importers,
  differences: importers,
  /** Codes and sessions of links are for functions of the database alone. */
  share_codes: () => 'false',
  share_sessions: () => 'false',
  /** Nobody reads what is waiting to be sent. */
  outbox: () => 'false',
}
