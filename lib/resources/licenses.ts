import 'server-only'
import { sql } from 'drizzle-orm'
import { billingTypes, complianceStatuses, licenseTypes, licensingMethods } from '@/db/schema/enums'
import { licenses as l } from '@/db/schema/licenses'
import { licenseCube as cube, licenseTotals as totals } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import { type Substitution, substitutionText } from '@/lib/compliance/compliance'
import type { Resource, Search } from '@/lib/table/resource'
import { assignmentMetrics, editAssignment } from './assignment'
import { placeWords } from './known-words'
import { anywhere, foundBy } from './text-search'

const rows = { table: l, id: l.id, tenant: l.smartAccountId, virtualAccount: l.virtualAccountId }

/** Finds by name and SKU. */
function search(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  return foundBy(viewer, rows, [sql`${l.name} ilike ${pattern}`, sql`${l.sku} ilike ${pattern}`])
}

/** What stands in for a license, and for what it stands in, in words. */
const readSubstitutions = (json: string) => (JSON.parse(json) as Substitution[]).map(substitutionText).join('; ')

/** Licenses: one row is one license in one Virtual Account, with its quantities. */
export const licenses = {
  name: 'licenses',
  noun: { one: 'license', many: 'licenses' },
  ...rows,
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
      ...placeWords,
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
    substitution: {
      label: 'Substitution',
      kind: 'text',
      column: l.substitutions,
      shown: () => sql`nullif(${l.substitutions}, '[]')::text`,
      words: readSubstitutions,
      unsorted: true,
    },
    pending: { label: 'Pending', kind: 'number', column: l.pending, unsorted: true, hidden: true },
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
      explain:
        'Licenses of which more is in use, reserved or lent to another one than is owned in their Virtual Account today, or stands in for them.',
    },
    inCompliance: {
      label: 'In compliance',
      params: { status: ['in_compliance'] },
      explain: 'Licenses of which at least as much is there as is in use, reserved or lent.',
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
  actions: { assign: editAssignment },
} as const satisfies Resource
