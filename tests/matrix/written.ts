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
const administer = (s: Sight) => any('t.smart_account_id', s.administered)
const own = (s: Sight) => `t.user_id = ${s.userId} and ${any('t.smart_account_id', s.member)}`

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
  saved_views: { rows: own, set: 'is_default = true' },
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
    'events',
    'type, actor_kind, subject, virtual_account_ids, detail',
    () => `'matrix', 'system', 'device', '{}', '{}'`,
    isMember,
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
    'support_access',
    'user_id, reason, ends_at',
    (_, user) => `${user}, 'matrix', now()`,
    ({ isSupport }) => isSupport,
  ),
  {
    table: 'support_access',
    name: `support access for somebody else`,
    statement: (account, user) =>
      `insert into support_access (smart_account_id, user_id, reason, ends_at) values (${account}, ${user === 1 ? 2 : 1}, 'matrix', now())`,
    isAllowed: () => false,
  },
]
