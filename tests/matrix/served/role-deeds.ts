import { DOMAINS } from '../people'
import type { Sent } from './acting'
import type { Deed, Row } from './actions'
import { administers, NOWHERE } from './cells'
import type { World } from './world'

const KEY = '00000000-0000-4000-8000-000000000001'
const GIVEN = { role: 'sa_viewer', place: '', nested: '', lastDay: '2027-01-01', purpose: 'matrix' }
const WRITTEN = ['change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']

const users = (domain: string) => `/accounts/${domain}/administration/users`

const leadsToUsers =
  (domain: string): Deed['read'] =>
  ({ leadsTo, status }) =>
    leadsTo === users(domain) ? [] : [`it leads to ${status} ${leadsTo}`]

/** Each of those who may adds somebody new. */
export const addPeople: Row = () => {
  let added = 0
  return DOMAINS.map((domain) => {
    const sent = (where: string): Sent => ({
      path: users(where),
      args: [where, { problems: [], given: GIVEN }],
      get form() {
        added += 1
        return { ...GIVEN, step: 'give', key: KEY, getting: `matrix-${added}@new.example` }
      },
    })
    return Object.assign(sent(domain), {
      ...{ domain, name: `somebody new in ${domain}`, missing: sent(NOWHERE), isAllowed: administers(domain) },
      ...{ changes: ['users', 'role_assignments', 'outbox', ...WRITTEN], events: 1, read: leadsToUsers(domain) },
    })
  })
}

type Role = World['roles'][number]
type Making = { name: string; args: (where: string, role: Role, nth: number) => readonly unknown[]; form: Sent['form'] }

/**
 * Each of those who may does it to a colleague, all to the same `one` or each to another of the `rest`; nobody does it to
 * the roles of other accounts.
 */
const perRole =
  ({ name, args, form }: Making, part: 'one' | 'rest', changes: readonly string[]): Row =>
  ({ roles }) =>
    DOMAINS.flatMap((domain) => {
      const path = users(domain)
      // What one action has taken away, another one would not find.
      const colleagues = roles.filter((role) => role.domain === domain && role.isColleague)
      const own = part === 'one' ? colleagues.slice(0, 1) : colleagues.slice(1)
      const foreign = roles.find((role) => role.domain !== domain) ?? NONE
      const posted = (where: string, role: Role): Sent => ({
        path: users(where),
        args: args(where, role, 0),
        ...(form && { form }),
      })
      const [first] = own
      let done = 0
      const others: Deed = {
        ...{ domain, name: `${name} of others in ${domain}`, ...posted(domain, foreign) },
        ...{ missing: posted(domain, NONE), isOneOfMany: true as const, isAllowed: () => false },
        ...{ changes: [], events: 0, read: () => [] },
      }
      if (!first) return [others]
      const mine: Deed = {
        ...{ domain, name: `${name} in ${domain}`, ...posted(domain, first), path },
        ...{ missing: posted(NOWHERE, first), isAllowed: administers(domain) },
        argsOf: () => {
          const nth = done++
          return args(domain, own[part === 'one' ? 0 : nth] ?? NONE, nth)
        },
        ...{ changes, events: 1, read: leadsToUsers(domain) },
      }
      return [mine, others]
    })
const NONE: Role = { id: 999_999_999, domain: 'nowhere', place: 'nowhere', seen: '', isColleague: false }

const idOf = ({ id }: Role) => Number(id)
const form = { key: KEY }

export const changeRole = perRole(
  {
    name: 'a changed role',
    args: (where, role, nth) => {
      const seen = nth === 0 ? role.seen : `${GIVEN.role}   ${GIVEN.lastDay}`
      return [where, idOf(role), seen, 'somebody', { problems: [], given: GIVEN }]
    },
    form: { ...GIVEN, step: 'give', key: KEY },
  },
  'one',
  ['role_assignments', ...WRITTEN],
)
export const removeRole = perRole(
  { name: 'a role taken away', args: (where, role) => [where, idOf(role), { problems: [] }], form },
  'rest',
  ['role_assignments', ...WRITTEN],
)
export const endSignIns = perRole(
  { name: 'ended sign-ins', args: (where, role) => [where, idOf(role), { problems: [] }], form },
  'one',
  ['events', 'event_cube', 'idempotency_keys'],
)
