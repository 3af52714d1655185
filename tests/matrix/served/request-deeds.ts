import { AURORA, DOMAINS, HOLDING } from '../people'
import type { Sent } from './acting'
import type { Deed, Row } from './actions'
import { administers, NOWHERE } from './cells'
import type { World } from './world'

const KEY = '00000000-0000-4000-8000-000000000005'
const STATE = { problems: [], given: {} }
const WRITTEN = ['access_requests', 'outbox', 'change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']
const list = (domain: string) => `/accounts/${domain}/administration/requests`
/** Whoever decides does it on the page of the request. */
const path = (domain: string, id: unknown) => `${list(domain)}/${id}`
const leads =
  (to: string): Deed['read'] =>
  ({ leadsTo, status }) =>
    leadsTo === to ? [] : [`it leads to ${status} ${leadsTo}`]

/** Of the requests that wait in an account, the first part for one action and the rest for the other. */
const waitingIn = ({ requests }: World, domain: string, part: 'first' | 'rest'): number[] => {
  const own = requests
    .filter((one) => one.domain === domain && one.place.startsWith('asker-'))
    .map(({ id }) => Number(id))
  return part === 'first' ? own.slice(0, own.length / 2) : own.slice(own.length / 2)
}

type Deciding = {
  name: string
  part: 'first' | 'rest'
  state: object
  form: NonNullable<Sent['form']>
  also: string[]
  events: number
}

/** Each of those who may decides another one; nobody decides one of another account. */
const deciding =
  ({ name, part, state, form, also, events }: Deciding): Row =>
  (world) =>
    DOMAINS.flatMap((domain) => {
      const waiting = waitingIn(world, domain, part)
      const foreign = Number(world.requests.find((one) => one.domain !== domain)?.id)
      const sent = (where: string, id: number, at = id): Sent => ({
        ...{ path: path(where, at), args: [where, id, state], form },
      })
      const own: Deed = {
        ...{
          domain,
          name: `${name} in ${domain}`,
          ...sent(domain, waiting[0] ?? foreign),
          missing: sent(NOWHERE, 999_999_998),
        },
        argsOf: () => [domain, waiting.shift(), state],
        ...{ isAllowed: administers(domain), changes: [...WRITTEN, ...also], events, read: leads(list(domain)) },
      }
      const others: Deed = {
        ...{
          domain,
          name: `${name} of others in ${domain}`,
          ...sent(domain, foreign),
          // Posted to the same page, which is not there.
          missing: sent(domain, 999_999_998, foreign),
        },
        ...{ isOneOfMany: true as const, isAllowed: () => false, changes: [], events: 0, read: () => [] },
      }
      return [own, others]
    })

export const approveAccessRequest = deciding({
  ...{ name: 'an approved request', part: 'first', state: STATE, also: ['role_assignments'], events: 2 },
  form: { step: 'give', key: KEY, role: 'sa_viewer', nested: '', lastDay: '' },
})
export const declineAccessRequest = deciding({
  ...{ name: 'a declined request', part: 'rest', state: { problems: [] }, also: [], events: 1 },
  form: { key: KEY, answer: 'matrix' },
})

let asked = 0
/** Everybody asks, for an account that is there and for one that is not: the answer is the same. */
export const askForAccess: Row = () =>
  [AURORA, 'missing.example'].map((domain) => {
    const sent: Sent = {
      ...{ path: '/my/access/request', args: [STATE] },
      get form() {
        asked += 1
        return {
          domain,
          role: 'sa_viewer',
          places: '',
          reason: 'matrix',
          key: KEY.replace(/.{6}$/, String(100_000 + asked)),
        }
      },
    }
    const isThere = domain === AURORA
    return Object.assign(sent, {
      ...{
        domain: AURORA,
        name: `a request for ${domain}`,
        missing: sent,
        isAllowed: () => true,
        isForEverybody: true as const,
      },
      changes: ['access_requests', 'rate_limits', ...(isThere ? ['outbox', 'events', 'event_cube'] : [])],
      ...{ events: isThere ? 1 : 0, read: leads('/my/access#asked') },
    })
  })

/** One's own is taken back; that of others is not there. */
export const withdrawAccessRequest: Row = ({ requests }) => {
  const mine = requests.find(({ place, domain }) => place === 'stranger@harbor.example' && domain === HOLDING)
  const other = requests.find(({ place }) => place.startsWith('asker-4'))
  const sent = (id: unknown): Sent => ({
    ...{ path: '/my/access', args: [Number(id ?? 999_999_999), { problems: [] }], form: { key: KEY } },
  })
  return [
    {
      ...{ domain: AURORA, name: 'an own request', ...sent(mine?.id), missing: sent(999_999_998) },
      isAllowed: ({ email }) => email === 'stranger@harbor.example',
      ...{ changes: ['access_requests', 'events', 'event_cube'], events: 1, read: leads('/my/access#asked') },
    },
    {
      ...{ domain: AURORA, name: 'a request of somebody else', ...sent(other?.id), missing: sent(999_999_998) },
      ...{ isAllowed: () => false, changes: [], events: 0, read: () => [] },
    },
  ]
}
