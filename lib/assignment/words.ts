import { pathOf } from '@/lib/access/roles'
import type { Viewer } from '@/lib/access/viewer'
import type { AssignedSubject } from './assigned-tables'

const number = new Intl.NumberFormat('en-US')

/** What things of a kind are called. */
export const SUBJECT_NOUNS: Readonly<Record<AssignedSubject, { one: string; many: string }>> = {
  device: { one: 'device', many: 'devices' },
  license: { one: 'license', many: 'licenses' },
  contract_line: { one: 'product in contracts', many: 'products in contracts' },
  subscription_line: { one: 'product in subscriptions', many: 'products in subscriptions' },
  order_line: { one: 'order line', many: 'order lines' },
  pak: { one: 'PAK', many: 'PAKs' },
}

export const countOf = (subject: AssignedSubject, n: number): string =>
  `${number.format(n)} ${SUBJECT_NOUNS[subject][n === 1 ? 'one' : 'many']}`

const REASONS: Readonly<Record<string, string>> = {
  here: 'Already there',
  foreign: 'In a Virtual Account that is not yours to assign from',
  none: 'Nothing of it is owned today',
  held: 'All of it is reserved by devices',
  stocking: 'Of a stocking order, which belongs to the partner',
  enterprise_agreement: 'Of an Enterprise Agreement order, whose licenses are generated in its suites',
  past_booked: 'Past booked: it is assigned with its line, not before',
}

/** Why something stays where it is. */
export const stayText = (reason: string): string => REASONS[reason] ?? reason

/** A Virtual Account by its place in the tree, as far as the viewer sees it. */
export const placeText = (id: number | null, { virtualAccounts }: Pick<Viewer, 'virtualAccounts'>): string => {
  if (id === null) return 'No Virtual Account'
  return virtualAccounts.some((place) => place.id === id) ? pathOf(id, virtualAccounts) : 'Another Virtual Account'
}
