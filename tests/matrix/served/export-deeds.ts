import { randomUUID } from 'node:crypto'
import { DOMAINS, seesAssets } from '../people'
import type { Sent } from './acting'
import type { Row } from './actions'
import { NOWHERE } from './cells'

const wanted = { tab: 'devices', search: 'coverage=covered', format: 'csv', extent: 'shown' }

/** Whoever sees the list may have it made, once a form; the queue itself is in no table of the account. */
export const startJob: Row = () =>
  DOMAINS.map((domain) => {
    const key = randomUUID()
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/exports`,
      args: [where, wanted, key, { problems: [] }],
      form: { start: '1' },
    })
    return {
      ...{ domain, name: `an export of devices of ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
      isAllowed: (somebody) => seesAssets(somebody, domain),
      ...{ changes: ['exports', 'rate_limits', 'idempotency_keys', 'events', 'event_cube'], events: 1 },
      read: ({ leadsTo, status }) =>
        leadsTo === `/accounts/${domain}/exports` ? [] : [`it leads to ${status} ${leadsTo}`],
    }
  })

/** The export of nobody. */
export const cancelJob: Row = () =>
  DOMAINS.map((domain) => {
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/exports`,
      args: [where, randomUUID()],
      form: { cancel: '1' },
    })
    return {
      ...{ domain, name: `an export of nobody in ${domain}, cancelled`, ...sent(domain), missing: sent(NOWHERE) },
      ...{ isAllowed: () => false, changes: [], events: 0, read: () => [] },
    }
  })
