import { DOMAINS, HOLDING } from '../people'
import type { Row as Deeds } from './actions'
import * as deeds from './assign-deeds'
import { NOWHERE, perAccount, type Row } from './cells'

const plans: Row = () =>
  DOMAINS.map((domain) => ({
    ...{ name: `a plan that there is not in ${domain}`, path: `/accounts/${domain}/assign/999999999` },
    ...{ sees: () => false, missing: `/accounts/${domain}/assign/999999998` },
  }))

/** Orders are given to customers from a holding account alone. */
const handsOver = (domain: string) => (domain === HOLDING ? deeds.assigns(domain) : () => false)

/** Where things are assigned. */
export const assignRoutes: Readonly<Record<string, Row>> = {
  '/accounts/[domain]/organize': perAccount('organize', deeds.assigns),
  '/accounts/[domain]/assign': perAccount('assign', deeds.assigns),
  '/accounts/[domain]/assign/[plan]': plans,
  '/accounts/[domain]/hand-over': perAccount('hand-over?of=orders&match=sort%3Dnumber', handsOver),
}

let made = 0

/** Each of those who may gives an order of the holding account to their own account; to everybody else there is no such thing. */
const giveOrders: Deeds = ({ waiting, virtualAccounts }) => {
  const target = virtualAccounts.find((one) => one.domain === 'cobalt.example' && one.isDefault)
  const account = target?.row ?? 0
  const given = (where: string, row: number) => [
    where,
    { orders: [{ id: row, number: String(row), version: 1 }], target: { account, place: Number(target?.id) } },
    { problems: [] },
  ]
  const post = (where: string, row: number) => ({
    path: `/accounts/${where}/hand-over`,
    args: given(where, row),
    get form() {
      made += 1
      return { key: `00000000-0000-4000-8000-${String(600_000_000_000 + made)}` }
    },
  })
  return DOMAINS.flatMap((domain) => {
    const own = waiting.filter((one) => one.domain === domain).map(({ row = 0 }) => row)
    const [first] = own
    if (first === undefined) return []
    return [
      Object.assign(post(domain, first), {
        ...{ domain, name: `an order of ${domain} to a customer`, missing: post(NOWHERE, first) },
        ...{ isAllowed: handsOver(domain), argsOf: () => given(domain, own.shift() ?? 0) },
        changes: [
          ...['orders', 'order_lines', 'order_totals', 'order_cube', 'delivery_contacts', 'deliveries', 'documents'],
          ...['change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys'],
        ],
        events: 2,
        read: ({ leadsTo, status }: { leadsTo: string; status: number }) =>
          leadsTo === `/accounts/${domain}/events?type=orders.handed-over` ? [] : [`it leads to ${status} ${leadsTo}`],
      }),
    ]
  })
}

/** The actions of assigning. */
export const assignActions: Readonly<Record<string, Deeds>> = {
  takeRows: deeds.takeRows,
  planRows: deeds.planRows,
  planList: deeds.planList,
  applyAssignment: deeds.applyAssignment,
  undoChange: deeds.undoChange,
  addAssignmentRule: deeds.addAssignmentRule,
  removeAssignmentRule: deeds.removeAssignmentRule,
  planRule: deeds.planRule,
  planShortage: deeds.planShortage,
  planDevicesToLicense: deeds.planDevicesToLicense,
  giveOrders,
}
