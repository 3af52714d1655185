import 'server-only'
import { sql } from 'drizzle-orm'
import { contracts as contract, contractLines as line } from '@/db/schema/contracts'
import { contractEndDays as days, contractExpirations as months } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Resource, type Search } from '@/lib/table/resource'
import { expiry, lineColumns, lineMetrics } from './product-lines'
import { anywhere } from './text-pattern'

/** Finds by contract number and service SKU. Contracts are few; their lines are reached through them. */
function search({ account }: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const named = sql`select ${contract.id} from ${contract} where ${contract.smartAccountId} = ${account.id} and ${contract.number} ilike ${pattern}`
  const where = sql`(${line.contractId} in (${named}) or ${line.serviceSku} ilike ${pattern})`
  const ids = sql`select ${line.id} from ${line} where ${line.smartAccountId} = ${account.id} and ${where} limit ${COUNT_CAP + 1}`
  return { ids, where, rollup: sql`select 0` }
}

/** Products in service contracts: a line is one covered device. */
export const contracts = {
  name: 'contracts',
  noun: { one: 'contract product', many: 'contract products' },
  table: line,
  id: line.id,
  tenant: line.smartAccountId,
  virtualAccount: line.virtualAccountId,
  columns: {
    sku: { label: 'Service SKU', kind: 'code', column: line.serviceSku, filter: 'exact' },
    serviceLevel: { label: 'Service level', kind: 'text', column: line.serviceLevel },
    ...lineColumns(line),
  },
  bands: { expiry },
  promoted: ['expiry', 'architecture', 'country'],
  defaultSort: 'end',
  rollups: [
    {
      table: days,
      n: days.n,
      dims: { account: days.smartAccountId, va: days.virtualAccountId, end: days.endDate },
    },
    {
      table: months,
      n: months.n,
      dims: {
        account: months.smartAccountId,
        va: months.virtualAccountId,
        architecture: months.architecture,
        country: months.country,
        endMonth: months.endMonth,
      },
    },
  ],
  search,
  searchHint: 'Contract number or service SKU',
  metrics: lineMetrics('contract'),
} as const satisfies Resource
