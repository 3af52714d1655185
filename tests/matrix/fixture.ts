import type { Sql } from 'postgres'
import { addStrays } from './fixture-strays'
import { addViews } from './fixture-views'
import { AURORA, DOMAINS, extras, givens, groups, HOLDING, NOW } from './people'

/**
 * What the demo data has not: people whose access has gone, and things that cross the borders of Virtual Accounts, so
 * that a check which is left out shows. Written by the owner in plain SQL.
 */
export async function addFixture(owner: Sql): Promise<void> {
  await owner.begin(async (sql) => {
    await addPeople(sql as unknown as Sql)
    await addShares(sql as unknown as Sql)
    await addCrossings(sql as unknown as Sql)
    await addOrders(sql as unknown as Sql)
    await addHistory(sql as unknown as Sql)
    await addImports(sql as unknown as Sql)
    await addViews(sql as unknown as Sql)
    await addLeftovers(sql as unknown as Sql)
    await addPaks(sql as unknown as Sql)
    await addStrays(sql as unknown as Sql)
  })
}

/** The token of a link that is in force. */
export const LINK_TOKEN = 'matrix-link-of-the-order-that-is-shared-whole'
/** Those of links that were taken back and have ended. */
export const PAST_TOKENS = {
  'revoked-recipient@fjord.example': 'matrix-link-of-the-order-that-was-taken-back',
  'expired-recipient@fjord.example': 'matrix-link-of-the-order-that-is-open-no-more',
} as const

export const SPARE_SUPPORT = 'spare-support@license-central.example'
const at = (offset: string) => `(timestamptz '${NOW}' + interval '${offset}')`

async function addPeople(sql: Sql): Promise<void> {
  for (const { email, isActive } of extras) {
    const disabled = sql.unsafe(isActive ? 'null' : at('-1 hour'))
    await sql`insert into users (email, name, organisation, is_support, disabled_at) values (${email},
      ${`Matrix ${email.split('@')[0]}`}, ${email.split('@')[1] ?? ''}, ${email.endsWith('-support@license-central.example')}, ${disabled})`
  }
  for (const { email, role, place, isNested, isRevoked, hasExpired } of givens) {
    await sql`insert into role_assignments
        (smart_account_id, user_id, role, virtual_account_id, includes_nested, expires_at, revoked_at)
      select a.id, u.id, ${role}::role, v.id, ${isNested ?? false},
        ${sql.unsafe(hasExpired ? at('-1 day') : 'null')}, ${sql.unsafe(isRevoked ? at('-1 day') : 'null')}
      from smart_accounts a join users u on u.email = ${email}
      left join virtual_accounts v on v.smart_account_id = a.id and v.name = ${place ?? null}
      where a.domain = 'aurora.example'`
  }
  await addRequests(sql)
  await addGroups(sql)
  // In one account Virtual Account Administrators manage the users of their own.
  await sql`update smart_accounts set virtual_admins_manage_users = true where domain = 'borealis.example'`
  // Nobody from elsewhere is in it.
  await sql`update smart_accounts set shares_admin_contacts = true where domain = 'delta.example'`
  // Whom an administrator may let in, and who asks for nothing.
  await sql`insert into users (email, name, organisation, is_support) values (${SPARE_SUPPORT}, 'Matrix spare', 'license-central.example', true)`
  const support = (email: string, from: string, to: string, domain = 'aurora.example') => sql`
    insert into support_access (smart_account_id, user_id, reason, starts_at, ends_at)
    select a.id, u.id, 'Case 700999', ${sql.unsafe(at(from))}, ${sql.unsafe(at(to))}
    from smart_accounts a, users u where a.domain = ${domain} and u.email = ${email}`
  await support('roving-support@license-central.example', '-1 day', '1 day', 'borealis.example')
  await support('roving-support@license-central.example', '-1 day', '2 days', 'cobalt.example')
  await support('former-support@license-central.example', '-5 days', '-1 minute')
  await support('former-support@license-central.example', '1 minute', '5 days')
  await support('not-support@aurora.example', '-1 day', '1 day')
}

/** Of each account requests of people who are nobody else in the matrix; and some of one who is, also for no account. */
async function addRequests(sql: Sql): Promise<void> {
  for (const [index, domain] of [...DOMAINS, 'nowhere.example'].entries()) {
    const askers = domain === AURORA ? 4 : 2
    for (let nth = 1; nth <= askers; nth++) {
      const email = `asker-${nth}@${index}.new.example`
      await sql`insert into users (email, name, organisation) values (${email}, ${`Asker ${index}${nth}`}, ${`${index}.new.example`})`
      await addRequest(sql, email, domain, `canary-request-${index}${nth}-9023`)
    }
    if ([HOLDING, 'nowhere.example'].includes(domain))
      await addRequest(sql, 'stranger@harbor.example', domain, `canary-request-${index}-9024`)
  }
}

const addRequest = (sql: Sql, email: string, domain: string, reason: string) => sql`
  insert into access_requests (smart_account_id, domain, user_id, role, reason, form_key, requested_at)
  select (select id from smart_accounts where domain = ${domain}), ${domain}, id, 'sa_viewer', ${reason}, ${reason}, ${NOW}
  from users where email = ${email}`

async function addGroups(sql: Sql): Promise<void> {
  for (const { name, domain = AURORA, members, roles } of groups) {
    const [made] = await sql<{ account: number; id: number }[]>`
      insert into user_groups (smart_account_id, name) select id, ${name} from smart_accounts where domain = ${domain}
      returning smart_account_id as account, id`
    const { account = 0, id = 0 } = made ?? {}
    await sql`insert into user_group_members (smart_account_id, group_id, user_id)
      select ${account}, ${id}, u.id from users u where u.email in ${sql(members)}`
    for (const { role, place, isNested, hasExpired } of roles)
      await sql`insert into user_group_roles (smart_account_id, group_id, role, virtual_account_id, includes_nested, expires_at)
        select ${account}, ${id}, ${role}::role, v.id, ${isNested ?? false}, ${sql.unsafe(hasExpired ? at('-1 day') : 'null')}
        from virtual_accounts v where v.smart_account_id = ${account} and v.name = ${place}`
  }
}

/** An order shared as a whole; shares that were revoked or have run out; an order that reaches over two Virtual Accounts. */
async function addShares(sql: Sql): Promise<void> {
  const share = (email: string, nth: number, expires: string, revoked: string) => sql`
    insert into order_shares (smart_account_id, order_id, email, level, note, sent_by, expires_at, revoked_at)
    select l.smart_account_id, l.order_id, ${email}, 'order', ${`canary-share-${email.split('@')[0]}-9001`}, u.id,
      ${sql.unsafe(expires)}, ${sql.unsafe(revoked)}
    from (select distinct d.smart_account_id, l.order_id from devices d
        join order_lines l on l.smart_account_id = d.smart_account_id and l.id = d.order_line_id
        join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id
        where v.name in ('France', 'APJC', 'Germany') order by 2 offset ${nth} limit 1) l,
      users u where u.email = 'user@aurora.example'`
  await share('order-recipient@fjord.example', 3, at('30 days'), 'null')
  await share('revoked-recipient@fjord.example', 4, 'null', at('-1 hour'))
  await share('expired-recipient@fjord.example', 5, at('-1 hour'), 'null')
  // Somebody with a role in one Virtual Account to whom an order of another one is shared.
  await share('va-viewer@aurora.example', 6, 'null', 'null')
  // And a contact of it with a role in yet another one.
  await sql`insert into delivery_contacts (smart_account_id, order_id, email, name)
    select smart_account_id, order_id, 'nested@aurora.example', 'Matrix contact' from order_shares where email = 'va-viewer@aurora.example'`
  // Opened already: looking at it here leaves no event that somebody else would see.
  await sql`update order_shares set opened_at = sent_at`
  // A link to one of them, with a code that was sent and a browser that it let in.
  for (const [email, token] of Object.entries({ 'order-recipient@fjord.example': LINK_TOKEN, ...PAST_TOKENS }))
    await sql`update order_shares set token_hash = encode(sha256(convert_to(${token}, 'UTF8')), 'hex') where email = ${email}`
  await sql`insert into share_codes (smart_account_id, share_id, code_hash, expires_at)
    select smart_account_id, id, 'none', now() + interval '10 minutes' from order_shares where email = 'order-recipient@fjord.example'`
  await sql`insert into share_sessions (smart_account_id, share_id, token_hash, expires_at)
    select smart_account_id, id, 'none', now() + interval '8 hours' from order_shares where email = 'order-recipient@fjord.example'`
}

/**
 * Of each Virtual Account the first devices get a contract line, a license in use, an order line, a parent and a child
 * that are in another one.
 */
async function addCrossings(sql: Sql): Promise<void> {
  await sql`create temporary table crossing on commit drop as
    select mine.*, other.id as other_id, other.virtual_account_id as other_place from (
      select d.smart_account_id, d.id, d.virtual_account_id as place, v.name,
        row_number() over (partition by d.virtual_account_id order by d.id) as nth
      from devices d join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id
      where v.name in ('Germany', 'EMEA', 'Americas', 'APJC')
        and d.smart_account_id = (select id from smart_accounts where domain = 'aurora.example')) mine
    join (
      select d.id, d.virtual_account_id, row_number() over (order by d.id) as nth from devices d
      join virtual_accounts v on v.smart_account_id = d.smart_account_id and v.id = d.virtual_account_id
      where v.name in ('Lab', 'DEFAULT') and d.smart_account_id = (select id from smart_accounts where domain = 'aurora.example')
    ) other on other.nth = mine.nth + 7 * (mine.place % 6)
    where mine.nth <= 3`
  await sql`insert into contract_lines (smart_account_id, contract_id, device_id, virtual_account_id, service_sku,
      service_level, architecture, country, start_date, end_date, source, as_of)
    select x.smart_account_id, (select min(id) from contracts c where c.smart_account_id = x.smart_account_id), x.id, x.other_place,
      'CON-MATRIX-' || x.id, 'SNT', d.architecture, d.country, '2025-01-01', '2027-01-01', 'matrix', ${NOW}
    from crossing x join devices d on d.smart_account_id = x.smart_account_id and d.id = x.id`
  await sql`insert into license_use (smart_account_id, license_id, device_id, quantity, reported_at, source)
    select x.smart_account_id, (select min(l.id) from licenses l where l.smart_account_id = x.smart_account_id
        and l.virtual_account_id is distinct from x.place and not exists (select from license_use u
          where u.smart_account_id = x.smart_account_id and u.device_id = x.id and u.license_id = l.id)), x.id, 1, ${NOW}, 'matrix'
    from crossing x`
  await sql`update devices d set order_line_id = (select min(l.id) from order_lines l
      where l.smart_account_id = d.smart_account_id and l.virtual_account_id = x.other_place)
    from crossing x where x.smart_account_id = d.smart_account_id and x.id = d.id and x.nth = 1`
  await sql`update devices d set parent_id = x.other_id from crossing x
    where x.smart_account_id = d.smart_account_id and x.id = d.id and x.nth = 2`
  await sql`update devices d set parent_id = x.id from crossing x
    where x.smart_account_id = d.smart_account_id and x.other_id = d.id and x.nth = 3`
  // The first license of each Virtual Account has a term that came by an order and a subscription of others.
  await sql`update license_terms t set
      order_line_id = (select min(o.id) from order_lines o join documents f on f.order_line_id = o.id
        where o.smart_account_id = t.smart_account_id and o.virtual_account_id is distinct from l.virtual_account_id),
      subscription_id = (select max(b.subscription_id) from subscription_lines b
        where b.smart_account_id = t.smart_account_id and b.virtual_account_id is distinct from l.virtual_account_id)
    from (select distinct on (smart_account_id, virtual_account_id) * from licenses order by smart_account_id, virtual_account_id, id) l
    where t.smart_account_id = l.smart_account_id and t.license_id = l.id`
  await sql`update virtual_accounts set description = description || ' canary-place-' || id || '-9002'`
  await sql`update contracts set label = label || ' canary-contract-' || id || '-9003'`
}

/** Of each Virtual Account two orders get a line that is elsewhere: in another one, or in none; with all that hangs on it. */
async function addOrders(sql: Sql): Promise<void> {
  await sql`create temporary table far_line on commit drop as
    select l.smart_account_id, l.order_id, l.id as near, l.product_id, case when nth = 1 then (
        select max(v.id) from virtual_accounts v where v.smart_account_id = l.smart_account_id and v.id <> l.virtual_account_id
          and v.name in ('Lab', 'DEFAULT', 'France', 'APJC')) end as place
    from (select l.*, row_number() over (partition by l.virtual_account_id order by l.order_id desc, l.id) as nth from order_lines l
        where l.line_number = '1.0' and l.smart_account_id = (select id from smart_accounts where domain = 'aurora.example')
          and not exists (select from order_shares s where s.order_id = l.order_id)) l
    where nth <= 2 and l.virtual_account_id is not null`
  await sql`insert into order_lines (smart_account_id, order_id, line_number, product_id, pid, description, quantity, virtual_account_id, status)
    select smart_account_id, order_id, '99.0', product_id, 'CANARY-PID-' || near || '-9012', 'canary-line-' || near || '-9013', 777, place, 'booked'
    from far_line`
  await sql`insert into deliveries (smart_account_id, order_line_id, kind, reference, quantity)
    select l.smart_account_id, l.id, 'shipment', 'canary-delivery-' || l.id || '-9014', 777 from order_lines l where l.pid like 'CANARY-PID-%'`
  await sql`insert into documents (smart_account_id, order_line_id, kind, title, storage_key, bytes, sha256)
    select l.smart_account_id, l.id, 'packing_list', 'canary-document-' || l.id || '-9015', 'none', 1, 'none' from order_lines l where l.pid like 'CANARY-PID-%'`
}

/** Of each Virtual Account an event that nobody else sees, on a device that may be seen. */
async function addHistory(sql: Sql): Promise<void> {
  await sql`insert into events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
    select d.smart_account_id, ${NOW}, 'devices.assigned', 'person', u.id, 'device', d.id, array[d.virtual_account_id], '{}',
      'canary-event-' || d.id || '-9004'
    from (select distinct on (smart_account_id, virtual_account_id) * from devices where virtual_account_id is not null
      order by smart_account_id, virtual_account_id, id) d, users u where u.email = 'admin2@aurora.example'`
  await sql`insert into events (smart_account_id, at, type, actor_kind, actor_user_id, subject, subject_id, virtual_account_ids, detail, note)
    select d.smart_account_id, ${NOW}, 'devices.assigned', 'person', u.id, 'device', d.id, '{}', '{}', 'canary-whole-' || d.id || '-9005'
    from (select distinct on (smart_account_id, virtual_account_id) * from devices where virtual_account_id is not null
      order by smart_account_id, virtual_account_id, id) d, users u where u.email = 'admin2@aurora.example'`
}

/** A run of an import that waits in two accounts, with a product and lifecycle dates of their own. */
async function addImports(sql: Sql): Promise<void> {
  for (const [domain, email] of [
    ['aurora.example', 'admin@aurora.example'],
    ['borealis.example', 'admin@borealis.example'],
  ] as const) {
    const [run] = await sql<{ account: number; id: number }[]>`
      insert into import_runs (smart_account_id, format, file_name, file_sha256, actor_user_id, started_at, added)
      select a.id, 'lc-devices', ${`canary-file-${domain}-9006.csv`}, 'none', u.id, ${NOW}, 1
      from smart_accounts a, users u where a.domain = ${domain} and u.email = ${email} returning smart_account_id as account, id`
    const { account = 0, id = 0 } = run ?? {}
    await sql`insert into import_rows (smart_account_id, import_run_id, line, key, data) values (${account}, ${id}, 2, 'k', '{}')`
    await sql`insert into import_plan (smart_account_id, import_run_id, position, line, key, action, subject, problem, after)
      values (${account}, ${id}, 1, 2, 'k', 'add', 'device', null, ${sql.json({ name: `canary-plan-${domain}-9007` })}),
        (${account}, ${id}, 2, 3, 'l', 'reject', 'device', ${`canary-problem-${domain}-9008`}, null)`
    await sql`insert into differences (smart_account_id, subject, subject_id, field, current_value, current_source, current_as_of,
        incoming_value, incoming_source, incoming_as_of, import_run_id, line)
      select d.smart_account_id, 'device', d.id, 'name', '{"name": "here"}', 'Install base', ${NOW},
        ${sql.json({ name: `canary-difference-${domain}-9012` })}, 'Sales order', ${NOW}, ${id}, 2
      from devices d where d.smart_account_id = ${account} order by d.id limit 8`
    await sql`insert into account_lifecycles (smart_account_id, pid, source, as_of) values (${account}, ${`MATRIX-${account}`}, 'matrix', ${NOW})`
    await sql`insert into products (smart_account_id, pid, description, family, architecture, asset_type, kind)
      values (${account}, ${`CANARY-PID-${account}-9009`}, 'Own product', 'Other', 'Networking', 'hardware', 'device')`
  }
}

/** How two people laid out the list of devices, and a run of an import by somebody who may not import any more. */
async function addLeftovers(sql: Sql): Promise<void> {
  await sql`insert into table_layouts (user_id, resource, layout)
    select id, 'devices', '{"columns": ["serial", "city"], "density": "compact"}' from users
    where email in ('admin2@aurora.example', 'stranger@harbor.example')`
  await sql`insert into import_runs (smart_account_id, format, file_name, file_sha256, actor_user_id, started_at, added)
    select a.id, 'lc-devices', 'canary-leftover-9011.csv', 'none', u.id, ${NOW}, 1
    from smart_accounts a, users u where a.domain = 'aurora.example' and u.email in ('user@aurora.example', 'va-admin@aurora.example')`
}

/** A PAK in each Virtual Account, of a license in another one where there is any, and in none. */
async function addPaks(sql: Sql): Promise<void> {
  await sql`insert into paks (smart_account_id, virtual_account_id, license_id, encrypted, blind_index, last_four, key_id)
    select smart_account_id, id, (select min(l.id) from licenses l where l.smart_account_id = v.smart_account_id and l.virtual_account_id <> v.id),
      'none'::bytea, convert_to('pak ' || id, 'UTF8'), '0000', 'none' from virtual_accounts v
    union all select id, null, null, 'none'::bytea, convert_to('pak of ' || id, 'UTF8'), '0000', 'none' from smart_accounts`
  // One came with a line of an order that is elsewhere.
  await sql`update paks p set order_line_id = (select min(l.id) from order_lines l join virtual_accounts v on v.id = l.virtual_account_id
      where l.smart_account_id = p.smart_account_id and v.name = 'Lab')
    from virtual_accounts v where v.id = p.virtual_account_id and v.name = 'France'`
  // The newest fact of all is about a device of an account that few see.
  await sql`update devices set as_of = ${NOW} where id = (select min(d.id) from devices d
    join smart_accounts a on a.id = d.smart_account_id where a.domain = ${HOLDING})`
}
