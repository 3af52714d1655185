import { randomUUID } from 'node:crypto'
import { BOREALIS, rolesIn, type Somebody } from '../people'
import type { Deed } from './actions'
import { administers, NOWHERE } from './cells'
import type { Thing, World } from './world'

const NOTERS = ['sa_admin', 'sa_user', 'va_admin', 'va_user']

/** Whoever has a role that adds notes over a Virtual Account that the event touches, or over the whole account. */
const mayNote =
  ({ domain, place, places }: Thing) =>
  (somebody: Somebody) =>
    somebody.isActive &&
    rolesIn(somebody, domain).some(
      (held) =>
        NOTERS.includes(held.role) &&
        (held.places === null || (places ?? [place]).some((one) => held.places?.includes(one))),
    )

const sent = (path: string, domain: string, seq: number) => ({
  path,
  args: [domain, seq, randomUUID(), { text: '' }],
  form: { note: 'Agreed on the phone.' },
})

function deedOf(thing: Thing, isAllowed: Deed['isAllowed'], isFirst: boolean): Deed {
  const { domain } = thing
  const seq = Number(thing.id)
  const path = `/accounts/${domain}/events/${seq}`
  const elsewhere = `/accounts/${NOWHERE}/events/${seq}`
  return {
    name: `a note on event ${seq} of ${thing.place} in ${domain}`,
    ...{ domain, ...sent(path, domain, seq) },
    missing: isFirst ? sent(elsewhere, NOWHERE, seq) : sent(path, domain, 999_999_998),
    ...(!isFirst && { isOneOfMany: true as const }),
    argsOf: () => sent(path, domain, seq).args,
    isAllowed,
    changes: ['events', 'event_cube', 'idempotency_keys'],
    events: 1,
    read: ({ value }) =>
      JSON.stringify(value) === '{"text":"","isAdded":true}' ? [] : [`it gave ${JSON.stringify(value)}`],
  }
}

/** A note on events of several Virtual Accounts, and on one of another account: its own event, and nothing else changes. */
export const addNote = ({ events }: World): Deed[] => [
  ...events.slice(0, 4).map((thing, index) => deedOf(thing, mayNote(thing), index === 0)),
  deedOf({ id: 1, domain: BOREALIS, place: 'any' }, administers(BOREALIS), false),
]
