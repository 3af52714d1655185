import type { Sight } from './sight'

/** What row security lets people write, table by table: the outer bounds of what lib/access decides. */

type Change = {
  /** Which rows of a table a person can change. */
  rows(sight: Sight): string
  /** What is set in all rows at once, without a look at any: then nothing but the policy for changes holds it back. */
  set: string
}

const any = (column: string, ids: readonly number[]) => `${column} = any('{${ids.join(',')}}'::bigint[])`
const assign = (s: Sight) =>
  `${any('t.smart_account_id', s.writable)} or ${any('t.virtual_account_id', s.writablePlaces)}`
/** Terms of licenses that are assigned. */
const terms = (s: Sight) =>
  `${any('t.smart_account_id', s.writable)} or t.license_id in (select l.id from licenses l where ${any('l.virtual_account_id', s.writablePlaces)})`
const administer = (s: Sight) => any('t.smart_account_id', s.administered)
const nestedInOwn = (s: Sight) => `${administer(s)} or ${any('t.parent_id', s.administeredPlaces)}`
const own = (s: Sight) => `t.user_id = ${s.userId} and ${any('t.smart_account_id', s.member)}`
/** Administrators of an account change and take away what is shared in it. */
const ownOrShared = (s: Sight) => `(${own(s)}) or (t.is_shared and ${administer(s)})`

export const changes: Readonly<Record<string, Change>> = {
  devices: { rows: assign, set: `description = 'matrix'` },
  licenses: { rows: assign, set: 'reserved = 0' },
  contract_lines: { rows: assign, set: `service_level = 'matrix'` },
  subscription_lines: { rows: assign, set: `description = 'matrix'` },
  order_lines: { rows: assign, set: `description = 'matrix'` },
  account_lifecycles: { rows: administer, set: `source = 'matrix'` },
  import_runs: { rows: administer, set: 'added = 0' },
  import_rows: { rows: administer, set: `key = 'matrix'` },
  import_plan: { rows: administer, set: `key = 'matrix'` },
  differences: { rows: administer, set: `line = 0` },
  contracts: { rows: administer, set: `label = 'matrix'` },
  role_assignments: { rows: administer, set: `purpose = 'matrix'` },
  smart_accounts: { rows: (s) => any('t.id', s.administered), set: `name = 'matrix'` },
  access_requests: { rows: administer, set: `answer = 'matrix'` },
  support_access: { rows: administer, set: `reason = 'matrix'` },
  // The demo's accounts let nobody else manage users.
  user_groups: { rows: administer, set: `description = 'matrix'` },
  virtual_accounts: { rows: nestedInOwn, set: `description = 'matrix'` },
  paks: { rows: assign, set: `key_id = 'matrix'` },
  saved_views: { rows: ownOrShared, set: 'is_default = true' },
  view_schedules: { rows: own, set: 'skips_empty = true' },
  license_terms: { rows: terms, set: 'quantity = 1' },
  assignment_plans: { rows: own, set: `problems = '[]'` },
  exports: { rows: own, set: 'rows_written = 0' },
}

/** Which rows people can take away, of those tables whose removals have a policy of their own. */
export const removals: Readonly<Record<string, Change['rows']>> = {
  license_terms: terms,
  assignment_plans: own,
  assignment_items: own,
  assignment_rules: (s) => any('t.smart_account_id', s.writable),
  row_selections: own,
  user_groups: administer,
  user_group_members: administer,
  user_group_roles: administer,
  saved_views: ownOrShared,
  virtual_account_tags: (s) => `${administer(s)} or ${any('t.virtual_account_id', s.administeredPlaces)}`,
}

type Attempt = {
  table: string
  name: string
  statement(account: number, user: number): string
  isAllowed(sight: Sight, account: number): boolean
}

const insert = (
  table: string,
  columns: string,
  values: (account: number, user: number) => string,
  isAllowed: Attempt['isAllowed'],
): Attempt => ({
  table,
  name: `a new row of ${table}`,
  statement: (account, user) =>
    `insert into ${table} (smart_account_id, ${columns}) values (${account}, ${values(account, user)})`,
  isAllowed,
})
const administers = (s: Sight, account: number) => s.administered.includes(account)
/** The groups of the demo and of the fixture are of one account. */
const hasGroups = (s: Sight) => s.administered.includes(1)
const assigns = (s: Sight, account: number) => s.writable.includes(account)
const isMember = (s: Sight, account: number) => s.member.includes(account)

const aProduct = `(select min(id) from products where smart_account_id is null)`

export const attempts: readonly Attempt[] = [
  insert(
    'devices',
    'product_id, pid, description, family, architecture, asset_type, instance_number, source, as_of',
    (account) => `${aProduct}, 'P', 'D', 'F', 'A', 'hardware', 'matrix-${account}', 'matrix', now()`,
    administers,
  ),
  insert('account_lifecycles', 'pid, source, as_of', () => `'MATRIX-NEW', 'matrix', now()`, administers),
  insert(
    'products',
    'pid, description, family, architecture, asset_type, kind',
    () => `'MATRIX-NEW', 'D', 'F', 'A', 'hardware', 'device'`,
    administers,
  ),
  insert('import_runs', 'format, file_name, file_sha256', () => `'lc-devices', 'f', 'h'`, administers),
  insert('import_rows', 'import_run_id, line, data', () => `1, 999999, '{}'`, administers),
  insert(
    'import_plan',
    'import_run_id, position, line, action, subject',
    () => `1, 999999, 1, 'add', 'device'`,
    administers,
  ),
  insert(
    'differences',
    'subject, subject_id, field, current_value, current_source, current_as_of, incoming_value, incoming_source, incoming_as_of, import_run_id, line',
    () => `'device', 1, 'matrix', '{}', 'a', now(), '{}', 'b', now(), 1, 1`,
    administers,
  ),
  insert(
    'licenses',
    'product_id, sku, name, category, method, type, billing, quantity, status, source, as_of',
    () => `${aProduct}, 'S', 'N', 'C', 'smart', 'TERM', 'PREPAID', 1, 'in_compliance', 'matrix', now()`,
    assigns,
  ),
  {
    table: 'licenses',
    name: 'licenses in the Virtual Accounts that are assigned in',
    statement: (account) =>
      `insert into licenses (smart_account_id, virtual_account_id, product_id, sku, name, category, method, type, billing, quantity, status, source, as_of)
        select ${account}, v, ${aProduct}, 'S', 'N', 'C', 'smart', 'TERM', 'PREPAID', 1, 'in_compliance', 'matrix', now()
        from unnest(app.my_writable_virtual_accounts()) v`,
    isAllowed: () => true,
  },
  insert('license_terms', 'license_id, type, quantity', () => `0, 'TERM', 1`, assigns),
  {
    table: 'license_terms',
    name: 'terms of licenses in the Virtual Accounts that are assigned in',
    statement: () =>
      `insert into license_terms (smart_account_id, license_id, type, quantity) select smart_account_id, id, 'TERM', 1
        from licenses where virtual_account_id = any (app.my_writable_virtual_accounts())`,
    isAllowed: () => true,
  },
  insert(
    'contracts',
    'number, service_level, start_date, end_date, source, as_of',
    (account) => `'matrix-${account}', 'L', '2026-01-01', '2027-01-01', 'matrix', now()`,
    administers,
  ),
  insert(
    'contract_lines',
    'contract_id, contract_number, device_id, service_sku, service_level, architecture, start_date, end_date, source, as_of',
    () => `1, 'matrix', 1, 'S', 'L', 'A', '2026-01-01', '2027-01-01', 'matrix', now()`,
    administers,
  ),
  insert(
    'events',
    'type, actor_kind, subject, virtual_account_ids, detail',
    () => `'matrix', 'system', 'device', '{}', '{}'`,
    isMember,
  ),
  insert('role_assignments', 'user_id, role', () => `1, 'sa_viewer'`, administers),
  {
    table: 'role_assignments',
    // The demo's accounts do not allow it.
    name: 'a role in the Virtual Accounts that are administered',
    statement: (account) =>
      `insert into role_assignments (smart_account_id, user_id, role, virtual_account_id) select ${account}, 1, 'va_viewer', v from unnest(app.my_virtual_accounts_as('{va_admin}')) v`,
    isAllowed: (s, account) => s.administeredPlaces.length === 0 || administers(s, account),
  },
  insert('virtual_accounts', 'name', () => `'matrix-new'`, administers),
  {
    table: 'virtual_accounts',
    name: 'Virtual Accounts nested in those that are administered',
    statement: (account) =>
      `insert into virtual_accounts (smart_account_id, name, parent_id) select ${account}, 'matrix-' || v, v from unnest(app.my_virtual_accounts_as('{va_admin}')) v`,
    isAllowed: () => true,
  },
  insert(
    'virtual_account_tags',
    'virtual_account_id, name',
    () => `1, 'matrix-new'`,
    (s, account) => administers(s, account) || s.administeredPlaces.includes(1),
  ),
  insert('change_sets', 'kind, actor_kind, summary', () => `'import', 'system', '{}'`, isMember),
  insert('change_items', 'change_set_id, position, subject, subject_id', () => `1, 999999, 'device', 1`, isMember),
  insert('outbox', 'kind, recipient, payload', () => `'mail', 'nobody', '{}'`, isMember),
  insert(
    'saved_views',
    'user_id, resource, name, query',
    (_, user) => `${user}, 'devices', 'matrix-new', '{}'`,
    isMember,
  ),
  {
    table: 'saved_views',
    name: `a saved view in somebody else's name`,
    statement: (account, user) =>
      `insert into saved_views (smart_account_id, user_id, resource, name, query) values (${account}, ${user === 1 ? 2 : 1}, 'devices', 'matrix-new', '{}')`,
    isAllowed: () => false,
  },
  insert(
    'view_schedules',
    'view_id, user_id, frequency, recipients, skips_empty, next_on',
    (_, user) => `2, ${user}, 'weekly', '{}', true, '2099-01-05'`,
    isMember,
  ),
  insert('assignment_plans', 'user_id, origin', (_, user) => `${user}, '{}'`, isMember),
  insert('assignment_rules', 'field, value, virtual_account_id', () => `'site', 'matrix-new', 1`, assigns),
  insert(
    'assignment_items',
    'user_id, plan_id, position, subject, subject_id, to_id',
    (_, user) => `${user}, 1, 999999, 'device', 1, 1`,
    isMember,
  ),
  insert(
    'row_selections',
    'user_id, tab, search, is_all, ids',
    (_, user) => `${user}, 'devices', '', true, '{}'`,
    isMember,
  ),
  {
    table: 'row_selections',
    name: `a selection in somebody else's name`,
    statement: (account, user) =>
      `insert into row_selections (smart_account_id, user_id, tab, search, is_all, ids) values (${account}, ${user === 1 ? 2 : 1}, 'devices', '', true, '{}')`,
    isAllowed: () => false,
  },
  insert(
    'exports',
    'user_id, tab, search, format, columns, file_name, filters, created_at',
    (_, user) => `${user}, 'devices', '', 'csv', '{}', 'matrix-new', '', now()`,
    isMember,
  ),
  {
    table: 'exports',
    name: `an export in somebody else's name`,
    statement: (account, user) =>
      `insert into exports (smart_account_id, user_id, tab, search, format, columns, file_name, filters, created_at)
        values (${account}, ${user === 1 ? 2 : 1}, 'devices', '', 'csv', '{}', 'matrix-new', '', now())`,
    isAllowed: () => false,
  },
  {
    table: 'support_access',
    name: 'support access for somebody in support',
    statement: (account) =>
      `insert into support_access (smart_account_id, user_id, reason, ends_at) select ${account}, id, 'matrix', now() from users where email = 'support@license-central.example'`,
    isAllowed: administers,
  },
  {
    table: 'support_access',
    name: 'support access for somebody else, or oneself',
    statement: (account, user) =>
      `insert into support_access (smart_account_id, user_id, reason, ends_at) select ${account}, id, 'matrix', now() from users where not is_support and id in (1, ${user})`,
    isAllowed: (_, __) => false,
  },
  insert('user_groups', 'name', () => `'matrix-new'`, administers),
  {
    table: 'user_groups',
    name: 'a group made by oneself',
    statement: (account, user) =>
      `insert into user_groups (smart_account_id, name, created_by) values (${account}, 'matrix-own', ${user === 0 ? 1 : user})`,
    isAllowed: administers,
  },
  {
    table: 'user_group_members',
    name: 'oneself as member of every group',
    statement: (account) =>
      `insert into user_group_members (smart_account_id, group_id, user_id) select ${account}, g, 1 from generate_series(1, 4) g`,
    isAllowed: hasGroups,
  },
  {
    table: 'user_group_roles',
    name: 'a role for every group',
    statement: (account) =>
      `insert into user_group_roles (smart_account_id, group_id, role, virtual_account_id) select ${account}, g, 'va_viewer', 1 from generate_series(1, 4) g`,
    isAllowed: (s, account) => hasGroups(s) && administers(s, account),
  },
]
