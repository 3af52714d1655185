import { DOMAINS } from '../people'
import type { Sent } from './acting'
import type { Deed, Row } from './actions'
import { administers, NOWHERE } from './cells'

const KEY = '00000000-0000-4000-8000-000000000002'
const WRITTEN = ['virtual_accounts', 'change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']
const places = (domain: string) => `/accounts/${domain}/administration/virtual-accounts`
const leads =
  (domain: string, rest = ''): Deed['read'] =>
  ({ leadsTo, status }) =>
    new RegExp(`^${places(domain)}${rest}$`).test(leadsTo) ? [] : [`it leads to ${status} ${leadsTo}`]

let made = 0
/** One at the top of the tree; each time it is read, another one. */
const newOne = (where: string): Sent => ({
  path: places(where),
  args: [where, { problems: [], given: { name: '', description: '', parentId: '' } }],
  get form() {
    made += 1
    return { name: `Matrix ${made}`, description: '', parentId: '', key: KEY.replace(/.{6}$/, String(100_000 + made)) }
  },
})
const common = (domain: string, name: string) => ({
  ...{ domain, name: `${name} in ${domain}`, isAllowed: administers(domain), events: 1 },
})

export const createVirtualAccount: Row = () =>
  DOMAINS.map((domain) =>
    Object.assign(newOne(domain), {
      ...{ ...common(domain, 'a new Virtual Account'), missing: newOne(NOWHERE) },
      ...{ changes: WRITTEN, read: leads(domain, '/\\d+') },
    }),
  )

const form = { key: KEY }
const FIELDS = {
  ...form,
  description: 'matrix',
  parentId: '',
  access: 'unrestricted',
  preferredEndDate: '2030-01-01',
  tags: '',
}

export const changeVirtualAccount: Row = ({ virtualAccounts }) =>
  DOMAINS.flatMap((domain) =>
    virtualAccounts
      .filter((place) => place.domain === domain && place.isDefault)
      .map(({ id, place }) => {
        const given = { name: '', description: '', parentId: '' }
        const sent = (where: string): Sent => ({
          ...{
            path: places(where),
            args: [where, Number(id), { problems: [], given }],
            form: { ...FIELDS, name: place },
          },
        })
        return {
          ...{ ...common(domain, 'the default Virtual Account changed'), ...sent(domain), missing: sent(NOWHERE) },
          ...{ changes: [...WRITTEN, 'virtual_account_tags'], read: leads(domain) },
        }
      }),
  )

/** Each of those who may makes another one the default. */
export const makeDefaultVirtualAccount: Row = ({ virtualAccounts }) =>
  DOMAINS.flatMap((domain) => {
    const waiting = virtualAccounts
      .filter((place) => place.domain === domain && !place.isDefault && !place.isRestricted && place.parent === null)
      .map(({ id }) => Number(id))
    const [first] = waiting
    if (!first) return []
    const args = (where: string, id: number) => [where, id, { problems: [] }]
    const sent = (where: string): Sent => ({ path: places(where), args: args(where, first), form })
    return [
      {
        ...{ ...common(domain, 'another default'), ...sent(domain), missing: sent(NOWHERE) },
        argsOf: () => args(domain, waiting.shift() ?? 999_999_999),
        ...{ changes: WRITTEN, read: leads(domain) },
      },
    ]
  })

/** Each of those who may deletes one that they have made. */
export const deleteVirtualAccount: Row = ({ virtualAccounts }) =>
  DOMAINS.flatMap((domain) => {
    const some = virtualAccounts.find((place) => place.domain === domain)
    if (!some) return []
    const args = (where: string, id: number) => [where, id, { problems: [] }]
    const sent = (where: string): Sent => ({
      ...{ path: places(where), args: args(where, Number(some.id)), form: { ...form, target: '' } },
    })
    return [
      {
        ...{ ...common(domain, 'a deleted Virtual Account'), ...sent(domain), missing: sent(NOWHERE) },
        first: Object.assign(newOne(domain), {
          action: 'createVirtualAccount',
          argsFrom: (leadsTo: string) => args(domain, Number(/\d+$/.exec(leadsTo)?.[0])),
        }),
        ...{ changes: WRITTEN, read: leads(domain) },
      },
    ]
  })
