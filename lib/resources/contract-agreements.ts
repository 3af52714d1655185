import 'server-only'
import { sql } from 'drizzle-orm'
import { contracts as contract } from '@/db/schema/contracts'
import { contractSkus as skus } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import type { Resource, Search } from '@/lib/table/resource'
import { expiry, termColumns, totalOf } from './product-lines'
import { anywhere, foundBy } from './text-search'

const rows = { table: contract, id: contract.id, tenant: contract.smartAccountId, virtualAccount: null }

/** Finds by number, label and who is billed. */
function search(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  return foundBy(viewer, rows, [
    sql`${contract.number} ilike ${pattern}`,
    sql`${contract.label} ilike ${pattern}`,
    sql`${contract.billToName} ilike ${pattern}`,
  ])
}

/** Service contracts, one row each. A contract is in no Virtual Account: who sees the whole account sees all of them. */
export const contractAgreements = {
  name: 'contract-agreements',
  view: 'agreements',
  noun: { one: 'contract', many: 'contracts' },
  ...rows,
  address: contract.number,
  columns: {
    contract: { label: 'Contract', kind: 'code', column: contract.number, filter: 'exact' },
    label: { label: 'Label', kind: 'text', column: contract.label },
    products: {
      label: 'Products',
      kind: 'number',
      column: contract.id,
      shown: (viewer) => totalOf(viewer, skus, contract.number),
      unsorted: true,
    },
    serviceLevel: { label: 'Service level', kind: 'text', column: contract.serviceLevel, filter: 'facet' },
    billTo: { label: 'Bill to', kind: 'text', column: contract.billToName, filter: 'facet' },
    ...termColumns(contract),
  },
  bands: { expiry },
  promoted: ['expiry', 'serviceLevel', 'billTo'],
  defaultSort: 'end',
  rollups: [],
  search,
  searchHint: 'Contract, label or bill to',
  metrics: {},
} as const satisfies Resource
