import { SPARE_SUPPORT } from '../fixture'
import { DOMAINS } from '../people'
import type { Sent } from './acting'
import type { Row } from './actions'
import { administers, NOWHERE } from './cells'

const KEY = '00000000-0000-4000-8000-000000000004'
const WRITTEN = ['change_sets', 'change_items', 'events', 'event_cube', 'idempotency_keys']
const STATE = { problems: [], given: {} }
const leads = (path: string) => (acted: { leadsTo: string; status: number }) =>
  acted.leadsTo === path ? [] : [`it leads to ${acted.status} ${acted.leadsTo}`]

/** Each of those who may gives the account one more name; the page shows what is there. */
export const changeSettings: Row = ({ settings }) =>
  DOMAINS.map((domain) => {
    let current = settings.get(domain) ?? { name: '', sharesAdminContacts: false, virtualAdminsManageUsers: false }
    const path = (where: string) => `/accounts/${where}/administration/settings`
    const sent = (where: string): Sent => ({
      ...{ path: path(where), args: [where, current, STATE] },
      get form() {
        const shares = current.sharesAdminContacts ? 'yes' : ''
        return { step: 'give', key: KEY, name: current.name, sharesAdminContacts: shares, virtualAdminsManageUsers: '' }
      },
    })
    return Object.assign(sent(domain), {
      ...{ domain, name: `settings of ${domain}`, missing: sent(NOWHERE), isAllowed: administers(domain) },
      ...{ changes: ['smart_accounts', ...WRITTEN], events: 1, read: leads(path(domain)) },
      argsOf: () => {
        const seen = current
        current = { ...current, name: `${current.name} x` }
        return [domain, seen, STATE]
      },
    })
  })

const support = (where: string) => `/accounts/${where}/administration/support`
const opened = (where: string): Sent => ({
  ...{ path: support(where), args: [where, STATE] },
  form: { step: 'give', key: KEY, email: SPARE_SUPPORT, reason: 'matrix', lastDay: '2026-05-07' },
})

export const openSupport: Row = () =>
  DOMAINS.map((domain) => ({
    ...{ domain, name: `support let into ${domain}`, ...opened(domain), missing: opened(NOWHERE) },
    ...{ isAllowed: administers(domain), changes: ['support_access', ...WRITTEN], events: 1 },
    read: leads(support(domain)),
  }))

/** Each of those who may ends another one; in the other accounts there is none of it. */
export const endSupport: Row = (world) =>
  DOMAINS.map((domain) => {
    const state = { problems: [] }
    const waiting = world.support.filter((one) => one.domain === domain).map(({ id }) => Number(id))
    const foreign = Number(world.support.find((one) => one.domain !== domain)?.id ?? 999_999_999)
    const sent = (where: string, id: number): Sent => ({
      ...{ path: support(where), args: [where, id, state], form: { key: KEY } },
    })
    return {
      ...{ domain, name: `support out of ${domain}`, ...sent(domain, waiting[0] ?? foreign) },
      ...{ missing: sent(NOWHERE, 999_999_998), argsOf: () => [domain, waiting.shift(), state] },
      isAllowed: waiting.length > 0 ? administers(domain) : () => false,
      ...{ changes: ['support_access', ...WRITTEN], events: 1, read: leads(support(domain)) },
    }
  })
