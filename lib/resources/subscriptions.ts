import 'server-only'
import { sql } from 'drizzle-orm'
import { subscriptionLines as line, subscriptions as subscription } from '@/db/schema/contracts'
import { subscriptionEndDays as days, subscriptionExpirations as months } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import { COUNT_CAP, type Resource, type Search } from '@/lib/table/resource'
import { expiry, lineColumns, lineMetrics } from './product-lines'
import { anywhere } from './text-pattern'

/** Finds by subscription number and name, SKU and description. */
function search({ account }: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const named = sql`select ${subscription.id} from ${subscription} where ${subscription.smartAccountId} = ${account.id} and (${subscription.number} ilike ${pattern} or ${subscription.name} ilike ${pattern})`
  const where = sql`(${line.subscriptionId} in (${named}) or ${line.sku} ilike ${pattern} or ${line.description} ilike ${pattern})`
  const ids = sql`select ${line.id} from ${line} where ${line.smartAccountId} = ${account.id} and ${where} limit ${COUNT_CAP + 1}`
  return { ids, where, rollup: sql`select 0` }
}

/** Products in subscriptions, those of Enterprise Agreements among them. */
export const subscriptions = {
  name: 'subscriptions',
  noun: { one: 'subscription product', many: 'subscription products' },
  table: line,
  id: line.id,
  tenant: line.smartAccountId,
  virtualAccount: line.virtualAccountId,
  columns: {
    sku: { label: 'SKU', kind: 'code', column: line.sku, filter: 'exact' },
    description: { label: 'Description', kind: 'text', column: line.description },
    suite: { label: 'Suite', kind: 'text', column: line.suite, hidden: true },
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
  searchHint: 'Subscription number or name, SKU',
  metrics: lineMetrics('subscription'),
} as const satisfies Resource
