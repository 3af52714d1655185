import 'server-only'
import { sql } from 'drizzle-orm'
import { billingTypes, complianceStatuses, licenseTypes, licensingMethods } from '@/db/schema/enums'
import { licenses as l } from '@/db/schema/licenses'
import { licenseCube as cube, licenseTotals as totals } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Resource, type Search } from '@/lib/table/resource'
import { assignmentMetrics } from './assignment'
import { anywhere } from './text-pattern'

/** Finds by name and SKU. */
function search({ account }: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const where = sql`(${l.name} ilike ${pattern} or ${l.sku} ilike ${pattern})`
  const ids = sql`select ${l.id} from ${l} where ${l.smartAccountId} = ${account.id} and ${where} limit ${COUNT_CAP + 1}`
  return { ids, where, rollup: sql`select 0` }
}

/** Licenses: one row is one license in one Virtual Account, with its quantities. */
export const licenses = {
  name: 'licenses',
  noun: { one: 'license', many: 'licenses' },
  table: l,
  id: l.id,
  tenant: l.smartAccountId,
  virtualAccount: l.virtualAccountId,
  columns: {
    name: { label: 'License', kind: 'text', column: l.name },
    status: {
      label: 'Status',
      kind: 'status',
      column: l.status,
      filter: 'facet',
      values: complianceStatuses,
      words: { in_compliance: 'In compliance', out_of_compliance: 'Insufficient' },
      tones: { in_compliance: 'good', out_of_compliance: 'bad' },
    },
    sku: { label: 'SKU', kind: 'code', column: l.sku, filter: 'exact' },
    category: { label: 'Category', kind: 'text', column: l.category, filter: 'facet' },
    va: {
      label: 'Virtual Account',
      kind: 'text',
      column: l.virtualAccountId,
      filter: 'facet',
      words: (value, viewer) => viewer.virtualAccounts.find(({ id }) => String(id) === value)?.name ?? 'Not assigned',
    },
    method: {
      label: 'Licensing method',
      kind: 'text',
      column: l.method,
      filter: 'facet',
      values: licensingMethods,
      words: {
        smart: 'Smart',
        traditional: 'Traditional (PAK)',
        cloud: 'Cloud',
        enterprise_agreement: 'Enterprise Agreement',
      },
    },
    type: {
      label: 'Type',
      kind: 'text',
      column: l.type,
      filter: 'facet',
      values: licenseTypes,
      words: { TERM: 'Term', PERPETUAL: 'Perpetual', DEMO: 'Demo' },
    },
    billing: {
      label: 'Billing',
      kind: 'text',
      column: l.billing,
      filter: 'facet',
      values: billingTypes,
      words: { PREPAID: 'Prepaid', USAGE: 'Usage' },
      hidden: true,
    },
    quantity: { label: 'Quantity', kind: 'number', column: l.quantity },
    inUse: { label: 'In use', kind: 'number', column: l.inUse },
    reserved: { label: 'Reserved', kind: 'number', column: l.reserved },
    balance: { label: 'Balance', kind: 'number', column: l.balance },
    end: { label: 'End', kind: 'date', column: l.endDate, filter: 'range' },
    source: { label: 'Source', kind: 'text', column: l.source, hidden: true },
    asOf: { label: 'As of', kind: 'instant', column: l.asOf, hidden: true },
  },
  bands: {},
  promoted: ['status', 'category', 'method'],
  defaultSort: 'name',
  rollups: [
    {
      table: totals,
      n: totals.n,
      dims: { account: totals.smartAccountId, va: totals.virtualAccountId, category: totals.category },
      sums: { quantity: totals.quantity, inUse: totals.inUse, insufficient: totals.insufficient },
    },
    {
      table: cube,
      n: cube.n,
      dims: {
        account: cube.smartAccountId,
        va: cube.virtualAccountId,
        category: cube.category,
        method: cube.method,
        type: cube.type,
        billing: cube.billing,
        status: cube.status,
        end: cube.endDate,
      },
    },
  ],
  search,
  searchHint: 'License name or SKU',
  metrics: {
    total: {
      label: 'Licenses',
      params: {},
      explain:
        'All licenses that you can see in this Smart Account; the same license in two Virtual Accounts counts twice.',
    },
    insufficient: {
      label: 'Insufficient',
      params: { status: ['out_of_compliance'] },
      explain: 'Licenses of which more is in use or reserved than is owned in their Virtual Account today.',
    },
    inCompliance: {
      label: 'In compliance',
      params: { status: ['in_compliance'] },
      explain: 'Licenses of which at least as much is owned as is in use or reserved.',
    },
    quantity: {
      label: 'Quantity',
      params: {},
      sum: l.quantity,
      explain: 'What is owned: the quantities of all terms in force today.',
    },
    inUse: {
      label: 'In use',
      params: {},
      sum: l.inUse,
      explain: 'What devices and services report as used.',
    },
    ...assignmentMetrics('Licenses'),
  },
} as const satisfies Resource
