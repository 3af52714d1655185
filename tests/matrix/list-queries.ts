import { contracts } from '@/lib/resources/contracts'
import { devices } from '@/lib/resources/devices'
import { events } from '@/lib/resources/events'
import { licenses } from '@/lib/resources/licenses'
import { orders } from '@/lib/resources/orders'
import { subscriptions } from '@/lib/resources/subscriptions'
import type { Params } from '@/lib/table/parse'
import type { Resource } from '@/lib/table/resource'

/** A list to ask for, and what each of its parameters means, said once more in plain SQL on the table `t`. */
export type ListQuery = { resource: Resource; table: string; params: Params; where: Readonly<Record<string, string>> }

const part = (text: string) => `'%${text}%'`
const anywhere = (text: string) =>
  ['t.serial_number', 't.name', 't.contract_number', 't.sales_order_number', 't.instance_number']
    .map((column) => `${column} ilike ${part(text)}`)
    .concat(
      `t.product_id in (select id from products where pid ilike ${part(text)} or description ilike ${part(text)})`,
    )
    .join(' or ')
const atStart = (text: string) =>
  `t.serial_number like upper('${text}%') or t.name like lower('${text}%') or t.pid like upper('${text}%')`
const isIn = (column: string, values: readonly string[]) => `${column} in ('${values.join("', '")}')`
const inPlaces = (ids: readonly string[]) => `t.virtual_account_id::text in ('${ids.join("', '")}')`
const EITHER_END = `t.coverage_end between '2025-06-01' and '2027-06-01'`

const facetColumns: Readonly<Record<string, string>> = {
  coverage: 't.coverage_status',
  licenses: 't.license_state',
  type: 't.asset_type',
  country: 't.country',
  architecture: 't.architecture',
  family: 't.family',
  va: `coalesce(t.virtual_account_id::text, 'none')`,
  support: `case when t.last_date_of_support is null then 'unknown' when t.last_date_of_support < '2026-05-06' then 'passed'
    when t.last_date_of_support <= '2027-05-06' then 'year' else 'later' end`,
  expiry: `case when t.end_date < '2026-05-06' then 'expired' when t.end_date <= '2026-06-05' then '30'
    when t.end_date <= '2026-07-05' then '60' when t.end_date <= '2026-08-04' then '90' else 'later' end`,
  category: 't.category',
  method: 't.method',
  status: 't.status',
  billing: 't.billing',
  serviceLevel: 't.service_level',
  user: 't.actor',
  kind: 't.kind',
  hold: 't.hold_reason',
  soldBy: 't.sold_by',
  age: `case when t.ordered_on >= '2026-02-05' then 'recent' when t.ordered_on >= '2025-05-06' then 'year' else 'earlier' end`,
  thing: 't.subject',
}

/** What a facet of a table counts by. */
export const facetColumn = (table: string, facet: string): string | undefined =>
  facet === 'type' && table !== 'devices' ? 't.type' : facetColumns[facet]

/** `places` = every Virtual Account of the account, whoever sees it; `contract` = a contract number of one of them. */
export function listQueries(places: readonly number[], contract: string): ListQuery[] {
  const va = places.map(String)
  const of = (params: Params, where: ListQuery['where'] = {}): ListQuery => ({
    resource: devices,
    table: 'devices',
    params,
    where,
  })
  const foc = { q: anywhere('FOC') }
  const covered = { coverage: isIn('t.coverage_status', ['covered']) }
  const hardware = { type: isIn('t.asset_type', ['hardware']) }
  return [
    of({ size: '250' }),
    of({ size: '250', sort: 'name' }),
    of({ size: '25', sort: '-ldos' }),
    of({ size: '25', sort: 'va' }),
    of({ q: 'FOC', size: '250' }, foc),
    of({ q: 'fo' }, { q: atStart('fo') }),
    of({ q: 'C9', sort: 'pid' }, { q: atStart('C9') }),
    of({ q: 'C93', sort: 'ldos', size: '25', coverage: ['covered'] }, { q: anywhere('C93'), ...covered }),
    of({ q: 'C93', sort: 'pid', size: '25' }, { q: anywhere('C93') }),
    of({ coverage: ['covered'], size: '250' }, covered),
    of({ licenses: ['insufficient'], size: '250' }, { licenses: isIn('t.license_state', ['insufficient']) }),
    of(
      { type: ['hardware'], country: ['DE', 'FR', 'US'], sort: '-name' },
      { ...hardware, country: isIn('t.country', ['DE', 'FR', 'US']) },
    ),
    of({ support: ['passed'], sort: '-coverageEnd' }, { support: `t.last_date_of_support < '2026-05-06'` }),
    of({ coverageEnd: '2025-06-01..2027-06-01', sort: 'serial' }, { coverageEnd: EITHER_END }),
    of(
      { coverageEnd: '2025-06-01..2027-06-01', type: ['hardware'], q: 'FOC' },
      { coverageEnd: EITHER_END, ...hardware, ...foc },
    ),
    of({ contract: [contract] }, { contract: isIn('t.contract_number', [contract]) }),
    of({ va: [...va, 'none'], size: '250' }),
    of(
      { va: ['none'], coverage: ['covered', 'never'] },
      {
        va: 't.virtual_account_id is null',
        coverage: isIn('t.coverage_status', ['covered', 'never']),
      },
    ),
    ...va.map((id) => of({ va: [id], q: 'FOC' }, { va: inPlaces([id]), ...foc })),
    ...va.slice(0, 3).map((id) => of({ va: [id], sort: '-pid' }, { va: inPlaces([id]) })),
    { resource: licenses, table: 'licenses', params: { size: '250' }, where: {} },
    {
      resource: licenses,
      table: 'licenses',
      params: { q: 'DNA', size: '250' },
      where: { q: `t.name ilike '%DNA%' or t.sku ilike '%DNA%'` },
    },
    {
      resource: licenses,
      table: 'licenses',
      params: { va, sort: '-end' },
      where: { va: 't.virtual_account_id is not null' },
    },
    { resource: contracts, table: 'contract_lines', params: { size: '250' }, where: {} },
    {
      resource: contracts,
      table: 'contract_lines',
      params: { va: va.slice(0, 2) },
      where: { va: inPlaces(va.slice(0, 2)) },
    },
    {
      resource: contracts,
      table: 'contract_lines',
      params: { q: 'CON-SNT', sort: '-contract' },
      where: { q: `t.service_sku ilike '%CON-SNT%'` },
    },
    { resource: subscriptions, table: 'subscription_lines', params: { size: '250' }, where: {} },
    {
      resource: subscriptions,
      table: 'subscription_lines',
      params: { q: 'DNA', sort: 'subscription' },
      where: {
        q: `t.sku ilike '%DNA%' or t.description ilike '%DNA%' or t.subscription_id in
          (select id from subscriptions where number ilike '%DNA%' or name ilike '%DNA%')`,
      },
    },
    {
      resource: subscriptions,
      table: 'subscription_lines',
      params: { va: ['none'] },
      where: { va: 't.virtual_account_id is null' },
    },
    { resource: orders, table: 'orders', params: { size: '250' }, where: {} },
    {
      resource: orders,
      table: 'orders',
      params: { va, status: ['closed', 'booked'], sort: '-number' },
      where: {
        va: `t.virtual_account_ids && '{${va.join(',')}}'::bigint[]`,
        status: isIn('t.status', ['closed', 'booked']),
      },
    },
    {
      resource: orders,
      table: 'orders',
      params: { ordered: '2024-01-01..2026-05-06', kind: ['standard'], age: ['recent', 'year'] },
      where: {
        ordered: `t.ordered_on between '2024-01-01' and '2026-05-06'`,
        kind: isIn('t.kind', ['standard']),
        age: `t.ordered_on >= '2025-05-06'`,
      },
    },
    {
      resource: orders,
      table: 'orders',
      params: { q: 'PO-1', hold: ['credit', 'acceptance'] },
      where: {
        q: `t.number like '%PO-1%' or t.web_order_number like '%PO-1%' or t.customer_order_number ilike '%PO-1%'`,
        hold: isIn('t.hold_reason', ['credit', 'acceptance']),
      },
    },
    { resource: events, table: 'events', params: { size: '250' }, where: {} },
    {
      resource: events,
      table: 'events',
      params: { va, sort: 'type' },
      where: { va: `t.virtual_account_ids <> '{}'` },
    },
    {
      resource: events,
      table: 'events',
      params: { type: ['devices.assigned'], date: '2026-01-01..2026-05-06', user: ['support', 'system'] },
      where: {
        type: `t.type = 'devices.assigned'`,
        date: `t.at between '2026-01-01T00:00Z' and '2026-05-06T23:59:59.999Z'`,
        user: `t.actor_kind in ('support', 'system')`,
      },
    },
    {
      resource: events,
      table: 'events',
      params: { q: 'canary', size: '250' },
      where: { q: `t.note ilike '%canary%'` },
    },
  ]
}
