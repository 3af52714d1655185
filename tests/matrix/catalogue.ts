import type { Sql, TransactionSql } from 'postgres'

/** What the server's role may do beside reading, table by table. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  users: 'INSERT UPDATE',
  user_identities: 'INSERT UPDATE',
  sessions: 'INSERT UPDATE',
  person_writes: 'INSERT UPDATE',
  rate_limits: 'DELETE INSERT UPDATE',
  table_layouts: 'DELETE INSERT UPDATE',
  idempotency_keys: 'DELETE INSERT UPDATE',
  saved_views: 'DELETE INSERT UPDATE',
  view_schedules: 'DELETE INSERT UPDATE',
  row_selections: 'DELETE INSERT',
  assignment_plans: 'DELETE INSERT UPDATE',
  assignment_items: 'DELETE INSERT',
  assignment_rules: 'DELETE INSERT',
  exports: 'DELETE INSERT UPDATE',
  role_assignments: 'INSERT UPDATE',
  virtual_accounts: 'INSERT UPDATE',
  virtual_account_tags: 'DELETE INSERT',
  paks: 'UPDATE',
  import_runs: 'INSERT UPDATE',
  import_rows: 'DELETE INSERT UPDATE',
  import_plan: 'DELETE INSERT UPDATE',
  devices: 'INSERT UPDATE',
  account_lifecycles: 'INSERT UPDATE',
  products: 'INSERT',
  differences: 'INSERT UPDATE',
  licenses: 'INSERT UPDATE',
  license_terms: 'DELETE INSERT UPDATE',
  contracts: 'INSERT UPDATE',
  contract_lines: 'INSERT UPDATE',
  subscription_lines: 'UPDATE',
  order_lines: 'UPDATE',
  smart_accounts: 'UPDATE',
  access_requests: 'UPDATE',
  support_access: 'INSERT UPDATE',
  user_groups: 'DELETE INSERT UPDATE',
  user_group_members: 'DELETE INSERT',
  user_group_roles: 'DELETE INSERT',
  events: 'INSERT',
  change_sets: 'INSERT',
  change_items: 'INSERT',
  outbox: 'INSERT',
}
/** Outside of `public` it reads which migrations the database has seen, and works on the queue of jobs. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'drizzle.__drizzle_migrations': 'SELECT',
  'pgboss.archive': 'DELETE INSERT SELECT UPDATE',
  'pgboss.job': 'DELETE INSERT SELECT UPDATE',
  'pgboss.queue': 'SELECT',
  'pgboss.version': 'SELECT UPDATE',
}

const tenantTables = (sql: TransactionSql | Sql) => sql<{ name: string; isSecured: boolean; owner: string }[]>`
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isSecured", pg_get_userbyid(c.relowner) as owner
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname = 'public' and (c.relname = 'smart_accounts'
    or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'smart_account_id' and not a.attisdropped))
  order by 1`

/** Everything in the database's catalogue by which row security could be gone around. */
export async function catalogueProblems(sql: TransactionSql | Sql): Promise<string[]> {
  return [
    ...(await tableProblems(sql)),
    ...(await viewProblems(sql)),
    ...(await functionProblems(sql)),
    ...(await privilegeProblems(sql)),
    ...(await roleProblems(sql)),
  ]
}

/** Tenant tables: security enabled and forced, and the owner let in by one policy of its own. */
async function tableProblems(sql: TransactionSql | Sql): Promise<string[]> {
  const tables = await tenantTables(sql)
  if (tables.length < 30) return [`only ${tables.length} tenant tables are seen`]
  const policies = await sql<
    { table: string; name: string; roles: string; command: string; using: string; check: string | null }[]
  >`
    select tablename as table, policyname as name, roles::text, cmd as command, qual as using, with_check as check from pg_policies
    where not 'public' = any(roles)`
  return tables.flatMap(({ name, isSecured, owner }) => {
    const own = policies.filter((policy) => policy.table === name && policy.roles === `{${owner}}`)
    const isOwn = own.length === 1 && own[0]?.command === 'ALL' && own[0].using === 'true' && own[0].check === 'true'
    return [
      ...(isSecured ? [] : [`${name}: row security is not enabled and forced`]),
      ...(isOwn ? [] : [`${name}: its owner is not let in by a policy of its own`]),
    ]
  })
}

async function viewProblems(sql: TransactionSql | Sql): Promise<string[]> {
  const views = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and (c.relkind = 'm'
      or (c.relkind = 'v' and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'))`
  return views.map(({ name }) => `${name}: a view that is read with the rights of its owner`)
}

async function functionProblems(sql: TransactionSql | Sql): Promise<string[]> {
  const functions = await sql<{ name: string; path: string | null; isPublic: boolean }[]>`
    select p.oid::regprocedure::text as name, (select c from unnest(p.proconfig) c where c like 'search_path=%') as path,
      p.proacl is null or exists (select from aclexplode(p.proacl) x where x.grantee = 0) as "isPublic"
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'app') order by 1`
  if (functions.length < 10) return [`only ${functions.length} definer functions are seen`]
  return functions.flatMap(({ name, path, isPublic }) => [
    ...(path === 'search_path=pg_catalog, public' ? [] : [`${name}: no fixed search_path`]),
    ...(isPublic ? [`${name}: may be executed by PUBLIC`] : []),
  ])
}

/** The server's role reads the tables of `public`, writes what is listed, and has nothing elsewhere. */
async function privilegeProblems(sql: TransactionSql | Sql): Promise<string[]> {
  const granted = await sql<
    { name: string; schema: string; privileges: string; others: string | null; byColumn: boolean }[]
  >`
    select c.relname as name, n.nspname as schema,
      coalesce((select string_agg(x, ' ' order by x) from unnest('{DELETE,INSERT,REFERENCES,SELECT,TRIGGER,TRUNCATE,UPDATE}'::text[]) x
        where has_table_privilege('license_central_app', c.oid, x)), '') as privileges,
      (select string_agg(distinct x.grantee::regrole::text, ' ') from aclexplode(c.relacl) x
        where x.grantee not in (c.relowner, 'license_central_app'::regrole)) as others,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attacl is not null) as "byColumn"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`
  const tables = granted.flatMap(({ name, schema, privileges, others, byColumn }) => {
    const written = (PRIVILEGES[name] ?? '').split(' ').filter(Boolean)
    const wanted =
      schema === 'public' ? [...written, 'SELECT'].sort().join(' ') : (ELSEWHERE[`${schema}.${name}`] ?? '')
    return [
      ...(privileges === wanted ? [] : [`${schema}.${name}: the server's role may ${privileges}, not ${wanted}`]),
      ...(others === null ? [] : [`${schema}.${name}: granted to ${others}`]),
      ...(byColumn ? [`${schema}.${name}: privileges on single columns`] : []),
    ]
  })
  const schemas = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace where has_schema_privilege('license_central_app', oid, 'CREATE')`
  return [...tables, ...schemas.map(({ name }) => `${name}: the server's role may create in it`)]
}

async function roleProblems(sql: TransactionSql | Sql): Promise<string[]> {
  const [role] = await sql<{ isPlain: boolean; owned: number; memberships: number }[]>`
    select not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication) as "isPlain",
      (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid)
        + (select count(*) from pg_namespace where nspowner = r.oid) as owned,
      (select count(*) from pg_auth_members where member = r.oid) as memberships
    from pg_roles r where rolname = 'license_central_app'`
  return role?.isPlain && role.owned === 0 && role.memberships === 0
    ? []
    : [`the server's role has special rights, owns something or is a member of another role: ${JSON.stringify(role)}`]
}
