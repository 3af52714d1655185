import 'server-only'
import { sql } from 'drizzle-orm'
import { subscriptionLines as line, subscriptions as subscription } from '@/db/schema/contracts'
import {
  subscriptionCube as cube,
  subscriptionEndDays as days,
  subscriptionExpirations as months,
} from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import type { Resource, Search } from '@/lib/table/resource'
import { editAssignment } from './assignment'
import { billingWords, renewalWords } from './line-words'
import { expiry, lineColumns, lineMetrics } from './product-lines'
import { anywhere, foundBy } from './text-search'

const rows = { table: line, id: line.id, tenant: line.smartAccountId, virtualAccount: line.virtualAccountId }

/** Finds by subscription number and name, SKU and description. */
function search(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  const named = sql`select ${subscription.id} from ${subscription} where ${subscription.smartAccountId} = ${viewer.account.id}
    and (${subscription.number} ilike ${pattern} or ${subscription.name} ilike ${pattern})`
  return foundBy(viewer, rows, [
    sql`${line.subscriptionId} in (${named})`,
    sql`${line.sku} ilike ${pattern}`,
    sql`${line.description} ilike ${pattern}`,
  ])
}

/** What the subscription of a line says. */
const ofSubscription =
  (column: typeof subscription.billing | typeof subscription.autoRenews) =>
  ({ account }: Viewer) =>
    sql`(select ${column}::text from ${subscription} where ${subscription.smartAccountId} = ${account.id} and ${subscription.id} = ${line.subscriptionId})`

/** Products in subscriptions, those of Enterprise Agreements among them. */
export const subscriptions = {
  name: 'subscriptions',
  noun: { one: 'subscription product', many: 'subscription products' },
  ...rows,
  address: line.subscriptionId,
  rowParam: 'line',
  columns: {
    subscription: { label: 'Subscription', kind: 'code', column: line.subscriptionNumber, filter: 'exact' },
    sku: { label: 'SKU', kind: 'code', column: line.sku, filter: 'exact' },
    description: { label: 'Description', kind: 'text', column: line.description },
    quantity: { label: 'Quantity', kind: 'number', column: line.quantity },
    suite: { label: 'Suite', kind: 'text', column: line.suite, filter: 'exact', hidden: true },
    billing: {
      label: 'Billing',
      kind: 'text',
      column: line.subscriptionId,
      shown: ofSubscription(subscription.billing),
      words: billingWords,
      unsorted: true,
      hidden: true,
    },
    ...lineColumns(line),
    renewal: {
      label: 'Renewal',
      kind: 'text',
      column: line.subscriptionId,
      shown: ofSubscription(subscription.autoRenews),
      words: renewalWords,
      unsorted: true,
    },
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
    {
      table: cube,
      n: cube.n,
      dims: {
        account: cube.smartAccountId,
        va: cube.virtualAccountId,
        architecture: cube.architecture,
        country: cube.country,
        end: cube.endDate,
      },
    },
  ],
  search,
  searchHint: 'Subscription number or name, SKU',
  metrics: lineMetrics('subscription'),
  actions: { assign: editAssignment },
} as const satisfies Resource
