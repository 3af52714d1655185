import { AURORA, DOMAINS } from '../people'
import type { Sent } from './acting'
import type { Deed, Row } from './actions'
import { administers, NOWHERE } from './cells'

const KEY = '00000000-0000-4000-8000-000000000003'
const WRITTEN = ['change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']
const groups = (domain: string) => `/accounts/${domain}/administration/groups`
const STATE = { problems: [], given: {} }
const leads =
  (domain: string, rest: string): Deed['read'] =>
  ({ leadsTo, status }) =>
    new RegExp(`^${groups(domain)}${rest}$`).test(leadsTo) ? [] : [`it leads to ${status} ${leadsTo}`]

let made = 0
/** One more group; each time it is read, another one. */
const newOne = (where: string): Sent => ({
  path: groups(where),
  args: [where, STATE],
  get form() {
    made += 1
    return { name: `Matrix group ${made}`, description: '', key: KEY.replace(/.{6}$/, String(100_000 + made)) }
  },
})

export const createGroup: Row = () =>
  DOMAINS.map((domain) =>
    Object.assign(newOne(domain), {
      ...{ domain, name: `a new group in ${domain}`, missing: newOne(NOWHERE), isAllowed: administers(domain) },
      ...{ changes: ['user_groups', ...WRITTEN], events: 1, read: leads(domain, '/\\d+') },
    }),
  )

type Making = {
  name: string
  form: NonNullable<Sent['form']>
  changes: readonly string[]
  state?: object
  rest?: string
}

/** Done to a group that was just made, by each of those who may; nobody does it to one of another account. */
const toNewOne =
  ({ name, form, changes, state = STATE, rest = '/\\d+' }: Making): Row =>
  ({ groups: there }) =>
    DOMAINS.flatMap((domain) => {
      const path = groups(domain)
      const foreign = Number(there.find((group) => group.domain !== domain)?.id ?? 999_999_999)
      const missing: Sent = { path: groups(NOWHERE), args: [NOWHERE, 999_999_998, state], form }
      const own: Deed = {
        ...{ domain, name: `${name} in ${domain}`, path, args: [domain, foreign, state], form, missing },
        first: Object.assign(newOne(domain), {
          action: 'createGroup',
          argsFrom: (leadsTo: string) => [domain, Number(/\d+$/.exec(leadsTo)?.[0]), state],
        }),
        ...{ isAllowed: administers(domain), changes: [...changes, ...WRITTEN], events: 1, read: leads(domain, rest) },
      }
      const others: Deed = {
        ...{ domain, name: `${name} of others in ${domain}`, path, args: [domain, foreign, state], form },
        ...{ missing: { path, args: [domain, 999_999_998, state], form }, isOneOfMany: true as const },
        ...{ isAllowed: () => false, changes: [], events: 0, read: () => [] },
      }
      return domain === AURORA ? [own] : [own, others]
    })

export const renameGroup = toNewOne({
  name: 'a renamed group',
  form: {
    // A name is there once in an account.
    get name() {
      made += 1
      return `Matrix renamed ${made}`
    },
    ...{ description: 'matrix', key: KEY },
  },
  changes: ['user_groups'],
})
export const addMembers = toNewOne({
  name: 'a member',
  form: { step: 'give', getting: 'matrix-member@new.example', key: KEY },
  changes: ['users', 'user_group_members'],
})
export const deleteGroup = toNewOne({
  name: 'a group deleted',
  form: { key: KEY },
  changes: ['user_groups'],
  state: { problems: [] },
  rest: '',
})

export const giveGroupRole: Row = (world) => {
  const place = (domain: string) =>
    String(world.virtualAccounts.find((one) => one.domain === domain && one.isDefault)?.id ?? '')
  return DOMAINS.flatMap((domain) =>
    toNewOne({
      name: 'a role for a group',
      form: { step: 'give', role: 'va_viewer', place: place(domain), nested: '', lastDay: '', key: KEY },
      changes: ['user_group_roles'],
    })(world).filter((deed) => deed.domain === domain),
  )
}

/** Each of those who may takes another one out of a group of the demo; nobody does it in the name of another account. */
const outOf =
  (name: string, of: 'members' | 'roles', table: string, key: string): Row =>
  ({ groups: there }) => {
    const state = { problems: [] }
    const waiting = there
      .filter(({ domain }) => domain === AURORA)
      .slice(0, 1)
      .flatMap((group) => group[of].map((id) => [AURORA, Number(group.id), Number(id), state]))
    const path = groups(AURORA)
    const [first = []] = waiting
    const sent = { path, args: first, form: { key } }
    const others = DOMAINS.filter((domain) => domain !== AURORA).map((domain): Deed => {
      const posted = (args: readonly unknown[]): Sent => ({ ...sent, path: groups(domain), args: [domain, ...args] })
      return {
        ...{ domain, name: `${name} of others in ${domain}`, ...posted(first.slice(1)) },
        ...{ missing: posted([999_999_998, 1, state]), isOneOfMany: true, isAllowed: () => false },
        ...{ changes: [], events: 0, read: () => [] },
      }
    })
    return [
      {
        ...{ domain: AURORA, name, ...sent, argsOf: () => waiting.shift() ?? [] },
        missing: { ...sent, path: groups(NOWHERE), args: [NOWHERE, 999_999_998, 1, state] },
        ...{ isAllowed: administers(AURORA), changes: [table, ...WRITTEN], events: 1, read: leads(AURORA, '/\\d+') },
      },
      ...others,
    ]
  }
export const removeMember = outOf('a member out of a group', 'members', 'user_group_members', KEY)
// A key that is sent anew with other content is refused, and both are done to one group.
export const takeGroupRole = outOf('a role taken from a group', 'roles', 'user_group_roles', KEY.replace(/3$/, '9'))
