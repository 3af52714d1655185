import { LINK_TOKEN, PAST_TOKENS } from '../fixture'
import { DOMAINS, rolesIn, type Somebody } from '../people'
import type { Sent } from './acting'
import type { Deed, Row } from './actions'
import { NOWHERE } from './cells'
import { resendReal, revokeReal } from './real-deeds'

const WRITTEN = ['change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']
const list = (domain: string) => `/accounts/${domain}/administration/shares`
const leadsToList =
  (domain: string): Deed['read'] =>
  ({ leadsTo, status }) =>
    leadsTo.startsWith(list(domain)) ? [] : [`it leads to ${status} ${leadsTo}`]
const keyOf = (n: number) => `00000000-0000-4000-8000-${String(700_000_000_000 + n)}`

let sent = 0

const sharesAll = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin' || role === 'sa_user')

/** Each of those who may shares an order that is in no Virtual Account, each with an address of its own. */
export const sendOrderAccess: Row = ({ unplacedOrders }) =>
  DOMAINS.flatMap((domain) => {
    const order = unplacedOrders.find((one) => one.domain === domain)
    if (!order) return []
    const form = { level: 'order', customerOrderNumber: '', note: '', mails: 'one', lastDay: '', step: 'send' }
    const posted = (where: string): Sent => ({
      path: `/accounts/${where}/orders/${order.id}/share`,
      args: [where, String(order.id), { problems: [], given: {} }],
      get form() {
        sent += 1
        return { ...form, recipients: `guest-${sent}@matrix.example`, key: keyOf(sent) }
      },
    })
    return [
      Object.assign(posted(domain), {
        ...{ domain, name: `an order of ${domain} shared`, missing: posted(NOWHERE), isAllowed: sharesAll(domain) },
        ...{ changes: [...WRITTEN, 'order_shares', 'order_share_items', 'outbox', 'rate_limits'], events: 1 },
        read: leadsToList(domain),
      }),
    ]
  })

/** Shares that are not there: to whoever may share and to everybody else they are the same. */
const nothingOf =
  (what: string, args: (where: string) => readonly unknown[], form: () => Sent['form']): Row =>
  () =>
    DOMAINS.map((domain) => {
      const posted = (where: string): Sent => ({ path: list(where), args: args(where), ...{ form: form() ?? {} } })
      return {
        ...{ ...posted(domain), domain, name: `${what} in ${domain}`, missing: posted(NOWHERE) },
        ...{ isAllowed: () => false, changes: [], events: 0, read: () => [] },
      }
    })

const revokeNothing = nothingOf(
  'a share that is not there revoked',
  (where) => [where, { problems: [] }],
  () => ({ key: keyOf(0), share: '999999999' }),
)
const resendNothing = nothingOf(
  'a share that is not there sent again',
  (where) => [where, 999_999_999, { problems: [] }],
  () => ({ key: keyOf(1) }),
)

export const revokeAccess: Row = (world) => [...revokeNothing(world), ...revokeReal(world)]
export const resendAccess: Row = (world) => [...resendNothing(world), ...resendReal(world)]

const claiming = (token: string): Sent => ({ path: `/my/claim/${LINK_TOKEN}`, args: [token] })
const UNKNOWN = 'x'.repeat(43)

/** The link of somebody else is kept by nobody, one that opens nothing any more not even by whom it was sent to. */
export const claimAccess: Row = () => [
  {
    ...{ domain: 'aurora.example', name: 'the link of somebody else', ...claiming(LINK_TOKEN) },
    ...{ missing: claiming(UNKNOWN), isAllowed: ({ email }) => email === 'order-recipient@fjord.example' },
    ...{ changes: ['order_shares', 'events', 'event_cube'], events: 1 },
    read: ({ leadsTo, status }) => (leadsTo.startsWith('/my/orders/') ? [] : [`it leads to ${status} ${leadsTo}`]),
  },
  ...Object.entries(PAST_TOKENS).map(([email, token]) => ({
    ...{ domain: 'aurora.example', name: `the past link of ${email}`, ...claiming(token), missing: claiming(UNKNOWN) },
    ...{ isAllowed: () => false, changes: [], events: 0, read: () => [] },
  })),
]
