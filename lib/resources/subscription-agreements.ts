import 'server-only'
import { sql } from 'drizzle-orm'
import { subscriptions as subscription } from '@/db/schema/contracts'
import { billingTypes } from '@/db/schema/enums'
import { subscriptionSkus as skus } from '@/db/schema/rollups'
import type { Viewer } from '@/lib/access/viewer'
import type { Resource, Search } from '@/lib/table/resource'
import { billingWords, renewalWords } from './line-words'
import { expiry, termColumns, totalOf } from './product-lines'
import { anywhere, foundBy } from './text-search'

const rows = { table: subscription, id: subscription.id, tenant: subscription.smartAccountId, virtualAccount: null }

/** Finds by number and name. */
function search(viewer: Viewer, text: string): Search {
  const pattern = anywhere(text)
  return foundBy(viewer, rows, [
    sql`${subscription.number} ilike ${pattern}`,
    sql`${subscription.name} ilike ${pattern}`,
  ])
}

/** Subscriptions and Enterprise Agreements, one row each; as with contracts, who sees the whole account sees them. */
export const subscriptionAgreements = {
  name: 'subscription-agreements',
  view: 'agreements',
  noun: { one: 'subscription', many: 'subscriptions' },
  ...rows,
  columns: {
    subscription: { label: 'Subscription', kind: 'code', column: subscription.number, filter: 'exact' },
    name: { label: 'Name', kind: 'text', column: subscription.name },
    products: {
      label: 'Products',
      kind: 'number',
      column: subscription.id,
      shown: (viewer) => totalOf(viewer, skus, subscription.number),
      unsorted: true,
    },
    renewal: { label: 'Renewal', kind: 'text', column: subscription.autoRenews, words: renewalWords },
    billing: {
      label: 'Billing',
      kind: 'text',
      column: subscription.billing,
      filter: 'facet',
      values: billingTypes,
      words: billingWords,
    },
    ...termColumns(subscription),
  },
  bands: { expiry },
  promoted: ['expiry', 'billing'],
  defaultSort: 'end',
  rollups: [],
  search,
  searchHint: 'Subscription number or name',
  metrics: {},
} as const satisfies Resource
