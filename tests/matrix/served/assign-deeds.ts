import { DOMAINS, rolesIn, type Somebody } from '../people'
import type { Sight } from '../sight'
import { type Acted, DEVICE_ROLLUPS, type Sent } from './acting'
import type { Deed, Row } from './actions'
import { NOWHERE } from './cells'
import { removeRealRule, undoReal } from './real-deeds'
import type { World } from './world'

const WORKERS = ['sa_admin', 'sa_user', 'va_admin', 'va_user']
/** Who assigns something in an account. */
export const assigns = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => WORKERS.includes(role))
/** Who assigns anything in it. */
const assignsAll = (domain: string) => (somebody: Somebody) =>
  somebody.isActive && rolesIn(somebody, domain).some(({ role }) => role === 'sa_admin' || role === 'sa_user')
const nobody = () => false

const NONE = 999_999_999
const PLANNED = ['assignment_plans', 'assignment_items']
const LOGGED = ['events', 'event_cube', 'idempotency_keys']
const NOTHING = { changes: [], events: 0 }
const STATE = { problems: [] }

let made = 0
const key = () => {
  made += 1
  return `00000000-0000-4000-8000-000000${String(500_000 + made)}`
}

const leads =
  (domain: string, rest: string): Deed['read'] =>
  ({ leadsTo, status }) =>
    new RegExp(`^/accounts/${domain}/${rest}`).test(leadsTo) ? [] : [`it leads to ${status} ${leadsTo}`]

/** Rows of everybody, taken to the page of their action. */
export const takeRows: Row = ({ devices }) =>
  DOMAINS.map((domain) => {
    const chosen = { search: '', all: false, ids: devices.map(({ id }) => Number(id)) }
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/devices`,
      args: [{ domain: where, tab: 'devices' }, 'assign', chosen],
    })
    return {
      ...{ domain, name: `rows of ${domain} to their assignment`, ...sent(domain), missing: sent(NOWHERE) },
      ...{ isAllowed: assigns(domain), changes: ['row_selections'], events: 0 },
      read: leads(domain, 'assign\\?chosen=[0-9a-f-]{36}$'),
    }
  })

type Move = { device: number; from: number; to: number }

const planOf = (where: string, device: number, to: () => number): Sent => ({
  path: `/accounts/${where}/assign`,
  args: [where, `of=devices&id=${device}`, STATE],
  get form() {
    return { target: String(to()), name: '' }
  },
})

/** Moves of a device of the account: from the first place into another one, and from every nested place into the one above. */
function movesIn({ devices, virtualAccounts }: World, domain: string): Move[] {
  const places = virtualAccounts.filter((one) => one.domain === domain && !one.isRestricted)
  const named = (name: string | null) => places.find(({ place }) => place === name)
  const move = (from?: string | null, to?: string | null) => {
    const device = devices.find((one) => one.domain === domain && one.place === from)
    const [home, away] = [named(from ?? null), named(to ?? null)]
    return device && home && away ? [{ device: Number(device.id), from: Number(home.id), to: Number(away.id) }] : []
  }
  const first = devices.find((one) => one.domain === domain && named(one.place))?.place
  return [
    ...move(first, places.find(({ place }) => place !== first)?.place),
    ...places.filter(({ parent }) => parent).flatMap(({ place, parent }) => move(place, parent)),
  ]
}

/** Where one sees the things, and where one assigns them, in an account. */
const sees = (sight: Sight, account: number, place: number) =>
  sight.whole.includes(account) || sight.places.includes(place)
const writes = (sight: Sight, account: number, place: number) =>
  sight.writable.includes(account) || sight.writablePlaces.includes(place)

const NO_TARGET = 'Choose a target Virtual Account, or type the exact name of one that you may assign to.'
const NO_ROWS = 'Nothing of what was chosen is there any more, or nothing that you see.'

/** A plan for whoever assigns to the target and sees the device; to others there is no such target, or no such device. */
export const planRows: Row = (world) =>
  DOMAINS.flatMap((domain) => {
    const account = world.places.accounts.get(domain) ?? 0
    return movesIn(world, domain).map(({ device, from, to }, nth) => {
      const problem = (sight: Sight) => {
        if (!writes(sight, account, to)) return NO_TARGET
        return sees(sight, account, from) ? null : NO_ROWS
      }
      const sent = (where: string) => planOf(where, device, () => to)
      return {
        ...{ domain, name: `a plan in ${domain} from ${from} to ${to}`, ...sent(domain), missing: sent(NOWHERE) },
        ...(nth > 0 && { isOneOfMany: true as const }),
        ...{ isAllowed: assigns(domain), changes: PLANNED, events: 0 },
        keeps: (sight: Sight) =>
          `assignment_plans t where ${problem(sight) === null ? `user_id <> ${sight.userId}` : 'true'}`,
        read: (acted: Acted, sight: Sight) => {
          const wanted = problem(sight)
          if (wanted === null) return leads(domain, 'assign/\\d+$')(acted, sight)
          const { problems } = (acted.value ?? {}) as { problems?: unknown }
          return JSON.stringify(problems) === JSON.stringify([wanted])
            ? []
            : [`it leads to ${acted.status} ${acted.leadsTo} and says ${JSON.stringify(problems)}, not ${wanted}`]
        },
      }
    })
  })

/** Carried out there and back, as often the one as the other: what comes after finds everything where it was. */
export const applyAssignment: Row = (world) =>
  DOMAINS.flatMap((domain) => {
    const [move] = movesIn(world, domain)
    if (!move) return []
    let turn = 0
    const target = () => {
      turn += 1
      return turn % 2 === 1 ? move.to : move.from
    }
    const args = (where: string, plan: number) => [where, plan, STATE]
    const sent = (where: string): Sent => ({ path: `/accounts/${where}/assign`, args: args(where, NONE), form: {} })
    const deed: Deed = {
      ...{ domain, name: `a plan carried out in ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
      first: Object.assign(planOf(domain, move.device, target), {
        action: 'planRows',
        argsFrom: (leadsTo: string) => args(domain, Number(/\d+$/.exec(leadsTo)?.[0])),
      }),
      isAllowed: assignsAll(domain),
      changes: [...[...PLANNED, ...LOGGED, 'change_sets', 'change_items'], ...['devices', ...DEVICE_ROLLUPS]],
      events: 1,
      read: leads(domain, 'assign/\\d+$'),
    }
    return [deed, { ...deed, name: `a plan carried out once more in ${domain}`, isOneOfMany: true as const }]
  })

/** What is not there, or not one's own, to everybody. */
const ofNothing =
  (what: string, tab: string, rest: readonly unknown[], form: () => Record<string, string>): Row =>
  () =>
    DOMAINS.map((domain) => {
      const sent = (where: string): Sent => ({
        path: `/accounts/${where}/${tab}`,
        args: [where, ...rest],
        form: form(),
      })
      return {
        ...{ domain, name: `${what} in ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
        ...{ isAllowed: nobody, ...NOTHING, read: () => [] },
      }
    })

const noChange = ofNothing(
  'a change that there is not, taken back',
  'assign',
  [NONE, '00000000-0000-4000-8000-000000000003', STATE],
  () => ({}),
)
const noRule = ofNothing('a rule that there is not, deleted', 'organize', [NONE, STATE], () => ({ key: key() }))
export const undoChange: Row = (world) => [...noChange(world), ...undoReal(world)]
export const removeAssignmentRule: Row = (world) => [...noRule(world), ...removeRealRule(world)]

/** What makes a plan, or says why there is nothing to plan. */
const planning =
  (
    what: string,
    tab: string,
    rest: readonly unknown[],
    isAllowed: typeof assigns,
    form: Record<string, string> = {},
  ): Row =>
  () =>
    DOMAINS.map((domain) => {
      const sent = (where: string): Sent => ({ path: `/accounts/${where}/${tab}`, args: [where, ...rest], form })
      return {
        ...{ domain, name: `${what} in ${domain}`, ...sent(domain), missing: sent(NOWHERE) },
        ...{ isAllowed: isAllowed(domain), changes: PLANNED, events: 0, read: () => [] },
      }
    })

export const planList = planning('a list of nothing', 'assign', [{ problems: [], text: '' }], assigns, {
  text: 'NOTHING-9999, EMEA',
})
export const planRule = planning('all rules', 'organize', [null, STATE], assignsAll)
export const planShortage = planning('all shortages', 'organize', [null, STATE], assigns)
export const planDevicesToLicense = planning(
  'devices to a license that there is not',
  'organize',
  [{ license: NONE, devicesIn: null }, STATE],
  assigns,
)

export const addAssignmentRule: Row = ({ virtualAccounts }) =>
  DOMAINS.flatMap((domain) => {
    const target = virtualAccounts.find((one) => one.domain === domain)
    if (!target) return []
    const sent = (where: string): Sent => ({
      path: `/accounts/${where}/organize`,
      args: [where, STATE],
      get form() {
        return { key: key(), field: 'site', value: `Matrix ${made}`, target: String(target.id) }
      },
    })
    return [
      Object.assign(sent(domain), {
        ...{ domain, name: `a rule in ${domain}`, missing: sent(NOWHERE) },
        ...{ isAllowed: assignsAll(domain), changes: ['assignment_rules', ...LOGGED], events: 1 },
        read: leads(domain, 'organize'),
      }),
    ]
  })
