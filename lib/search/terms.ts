import { daysAfter } from '@/lib/calendar'
import type { DateRange } from '@/lib/table/parse'

/** The kinds of things that one searches for, in the order in which they are shown, and what `type:` calls them. */
export const kinds = {
  devices: { one: 'Device', many: 'Devices', called: ['device', 'devices', 'asset', 'serial', 'host'] },
  licenses: { one: 'License', many: 'Licenses', called: ['license', 'licenses', 'licence', 'entitlement'] },
  paks: { one: 'PAK', many: 'PAKs', called: ['pak', 'paks'] },
  orders: { one: 'Order', many: 'Orders', called: ['order', 'orders'] },
  contracts: { one: 'Contract', many: 'Contracts', called: ['contract', 'contracts'] },
  subscriptions: { one: 'Subscription', many: 'Subscriptions', called: ['subscription', 'subscriptions'] },
  products: { one: 'Product', many: 'Products', called: ['product', 'products', 'pid', 'sku'] },
  'virtual-accounts': {
    one: 'Virtual Account',
    many: 'Virtual Accounts',
    called: ['va', 'virtual-account', 'account'],
  },
} as const

export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as Kind[]

/** What somebody searches for: words, and what the operators among them say. Nothing at all is no search. */
export type Terms = {
  text: string
  /** Only these kinds; all where none is named. */
  types: readonly Kind[]
  status?: string
  /** When what is found ends. */
  expires?: DateRange
}

const LENGTH_AT_MOST = 200
const OPERATOR = /(?<!\S)(type|status|expires):("[^"]*"|\S*)/gi

/**
 * Reads `edge status:lapsed expires:<90d`. A word with a colon that is no operator is a word. What an operator is given
 * that it does not know is a problem, a plain sentence each.
 */
export function parseTerms(given: string, today: string): { terms: Terms; problems: string[] } {
  const asked = given.normalize('NFKC').replaceAll('\0', '').slice(0, LENGTH_AT_MOST)
  const problems: string[] = []
  const types: Kind[] = []
  let status: string | undefined
  let expires: DateRange | undefined
  for (const [, name = '', raw = ''] of asked.matchAll(OPERATOR)) {
    const value = raw.replaceAll('"', '').trim()
    if (name.toLowerCase() === 'status') status = value || undefined
    if (name.toLowerCase() === 'type') {
      const kind = kindNames.find((one) => (kinds[one].called as readonly string[]).includes(value.toLowerCase()))
      if (kind) types.push(kind)
      else problems.push(`type: “${value}” is none of ${kindNames.map((one) => kinds[one].called[0]).join(', ')}.`)
    }
    if (name.toLowerCase() === 'expires') {
      expires = rangeOf(value, today)
      if (!expires) problems.push(`expires: “${value}” is not a time such as <90d, >30d or <2026-12-31.`)
    }
  }
  const text = asked.replace(OPERATOR, ' ').replace(/\s+/g, ' ').trim()
  return { terms: { text, types, ...(status && { status }), ...(expires && { expires }) }, problems }
}

/** `<90d`: from today on, within 90 days; `>30d`: later than that; `<2026-12-31`: from today until then. */
function rangeOf(value: string, today: string): DateRange | undefined {
  const [, sign = '<', days, date = ''] = /^([<>])?(?:(\d{1,4})d|(\d{4}-\d\d-\d\d))$/.exec(value) ?? []
  const day = days === undefined ? date : daysAfter(today, Number(days))
  if (!day || Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) return undefined
  if (sign === '>') return { from: daysAfter(day, 1) }
  return day < today ? undefined : { from: today, to: day }
}

export const isNothing = ({ text, types, status, expires }: Terms) =>
  text === '' && types.length === 0 && !status && !expires
