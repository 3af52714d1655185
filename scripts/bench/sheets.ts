import { contracts } from '@/lib/resources/contracts'
import { events } from '@/lib/resources/events'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { subscriptions } from '@/lib/resources/subscriptions'
import type { Params } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'

/** A question to a tab: its parameters, and what they mean by hand. `found`: on the rows alone, as no rollup counts it. */
export type TabQuestion = { name: string; params: Params; where?: string; found?: string; order?: string }
/** A tab other than Devices, as it is read by hand. */
export type Sheet = {
  resource: Resource
  table: string
  /** The columns that somebody sees who has not chosen others. */
  shown: string
  /** How its rows are ordered, and told apart. */
  order: string
  id: string
  cube: string
  /** What the menus count by, of the rows as of the rollup, by name. */
  facets(today: string): Readonly<Record<string, string>>
  /** Whether a row touches any number of Virtual Accounts instead of being in one. */
  isSet?: true
  asked(today: string): TabQuestion[]
}

const columns = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]))
/** A row of another table of the account, by its id in a column. */
const ofOther = (shown: string, table: string, column: string) =>
  `(select ${shown} from ${table} o where o.smart_account_id = t.smart_account_id and o.id = t.${column})`
const person = (id: string) => `(select u.name from users u where u.id = ${id})`
const inDetail = (name: string, read: (id: string) => string) =>
  `case when t.detail ? '${name}' then ${read(`(t.detail->>'${name}')::bigint`)} end as "${name}"`

/** What names an event's thing, by its kind. */
const THINGS: Readonly<Record<string, string>> = {
  device: ofOther('coalesce(o.name, o.serial_number, o.instance_number)', 'devices', 'subject_id'),
  license: ofOther('o.name', 'licenses', 'subject_id'),
  order: ofOther('o.number', 'orders', 'subject_id'),
  contract: `(select min(o.contract_number) from contract_lines o where o.smart_account_id = t.smart_account_id and o.contract_id = t.subject_id)`,
  contract_line: ofOther('o.contract_number', 'contract_lines', 'subject_id'),
  subscription_line: ofOther('o.sku', 'subscription_lines', 'subject_id'),
  order_line: ofOther('o.pid', 'order_lines', 'subject_id'),
  license_term: `(select l.name from license_terms o join licenses l on l.smart_account_id = o.smart_account_id and l.id = o.license_id
    where o.smart_account_id = t.smart_account_id and o.id = t.subject_id)`,
  assignment_rule: ofOther('o.value', 'assignment_rules', 'subject_id'),
  event: 't.subject_id::text',
  import: ofOther('o.file_name', 'import_runs', 'subject_id'),
  account: `(select o.name from smart_accounts o where o.id = t.subject_id)`,
  user_group: ofOther('o.name', 'user_groups', 'subject_id'),
  virtual_account: ofOther('o.name', 'virtual_accounts', 'subject_id'),
}
const thing = `case subject ${Object.entries(THINGS)
  .map(([kind, name]) => `when '${kind}' then ${name}`)
  .join(' ')} end as thing`

const LINE = 'id, virtual_account_id, architecture, country, start_date, end_date'
const lineMenus = (today: string) => ({
  expiry: `case when end_date < date '${today}' then 'expired' ${[30, 60, 90].map((days) => `when end_date <= date '${today}' + ${days} then '${days}'`).join(' ')} else 'later' end`,
  architecture: 'architecture',
  country: 'country',
})
const lineQuestions = (today: string): TabQuestion[] => [
  { name: 'no filter', params: {} },
  {
    name: 'expires within 30 days',
    params: { expiry: ['30'] },
    where: `end_date between date '${today}' and date '${today}' + 30`,
  },
  {
    name: 'architecture + 2 countries',
    params: { architecture: ['Networking'], country: ['US', 'DE'] },
    where: `architecture = 'Networking' and country in ('US', 'DE')`,
  },
  { name: 'last', params: { page: 'last' } },
]

export const sheets: readonly Sheet[] = [
  {
    resource: licenses,
    table: 'licenses',
    shown: `id, name, status, sku, category, virtual_account_id, method, type, quantity, in_use, reserved, balance, substitutions, end_date`,
    order: 'name, id',
    id: 'id',
    cube: 'license_cube',
    facets: () => columns('status', 'category', 'method'),
    asked: () => [
      { name: 'no filter', params: {} },
      { name: 'insufficient', params: { status: ['out_of_compliance'] }, where: `status = 'out_of_compliance'` },
      {
        name: 'smart, of a term',
        params: { method: ['smart'], type: ['TERM'] },
        where: `method = 'smart' and type = 'TERM'`,
      },
      { name: 'by quantity, most first', params: { sort: '-quantity' }, order: 'quantity desc, id desc' },
      { name: 'last', params: { page: 'last' } },
      { name: 'a word', params: { q: 'Advantage' }, found: `(name ilike '%Advantage%' or sku ilike '%Advantage%')` },
    ],
  },
  {
    resource: contracts,
    table: 'contract_lines',
    shown: `${LINE}, contract_number, service_sku, service_level, ${ofOther('o.serial_number', 'devices', 'device_id')} as serial,
      ${ofOther('o.name', 'devices', 'device_id')} as device`,
    order: 'end_date, id',
    id: 'id',
    cube: 'contract_cube',
    facets: lineMenus,
    asked: (today) => [
      ...lineQuestions(today),
      {
        name: 'by contract, last first',
        params: { sort: '-contract' },
        order: 'contract_number desc, id desc',
      },
    ],
  },
  {
    resource: subscriptions,
    table: 'subscription_lines',
    shown: `${LINE}, subscription_id, subscription_number, sku, description, quantity,
      ${ofOther('o.auto_renews', 'subscriptions', 'subscription_id')} as renewal`,
    order: 'end_date, id',
    id: 'id',
    cube: 'subscription_cube',
    facets: lineMenus,
    asked: (today) => [
      ...lineQuestions(today),
      { name: 'by quantity', params: { sort: 'quantity' }, order: 'quantity, id' },
      {
        name: 'a SKU',
        params: { q: 'DNA' },
        found: `(sku ilike '%DNA%' or description ilike '%DNA%' or subscription_id in (select id from subscriptions s
          where s.smart_account_id = t.smart_account_id and (number ilike '%DNA%' or name ilike '%DNA%')))`,
      },
    ],
  },
  {
    resource: orders,
    table: 'orders',
    shown: `id, number, web_order_number, customer_order_number, status, hold_reason, virtual_account_ids, ordered_on, kind, sold_by, country,
      (select count(*) from order_lines l where l.smart_account_id = t.smart_account_id and l.order_id = t.id) as lines`,
    order: 'ordered_on desc, id desc',
    id: 'id',
    cube: 'order_cube',
    facets: () => columns('status', 'hold_reason'),
    isSet: true,
    asked: () => [
      { name: 'no filter', params: {} },
      {
        name: 'closed, standard',
        params: { status: ['closed'], kind: ['standard'] },
        where: `status = 'closed' and kind = 'standard'`,
      },
      { name: 'on hold', params: { status: ['on_hold'] }, where: `status = 'on_hold'` },
      { name: 'by number', params: { sort: 'number' }, order: 'number, id' },
      { name: 'last', params: { page: 'last' } },
    ],
  },
  {
    resource: events,
    table: 'events',
    shown: `seq, day, at, type, actor_kind, ${person('t.actor_user_id')} as actor_name, detail, note, virtual_account_ids, ${thing},
      ${inDetail('userId', person)}, ${inDetail('accountId', (id) => `(select o.name from smart_accounts o where o.id = ${id})`)},
      ${inDetail('shareId', (id) => `(select o.email from order_shares o where o.smart_account_id = t.smart_account_id and o.id = ${id})`)},
      case when t.change_set_id is not null then (select o.file_name from import_runs o
        where o.smart_account_id = t.smart_account_id and o.change_set_id = t.change_set_id limit 1) end as file`,
    order: 'day desc, at desc, seq desc',
    id: 'seq',
    cube: 'event_cube',
    facets: () => columns('type', 'actor', 'subject'),
    isSet: true,
    asked: () => [
      { name: 'no filter', params: {} },
      { name: 'of one type', params: { type: ['devices.assigned'] }, where: `type = 'devices.assigned'` },
      { name: 'by type', params: { sort: 'type' }, order: 'type, seq' },
      { name: 'last', params: { page: 'last' } },
    ],
  },
]
