import { rolesIn, type Somebody } from '../people'
import { type Acted, DEVICE_ROLLUPS, type Sent } from './acting'
import type { Deed } from './actions'
import { NOWHERE } from './cells'
import type { RealThings } from './real-things'
import type { World } from './world'

const NONE = 999_999_999
const STATE = { problems: [] }
const LOGGED = ['events', 'event_cube', 'idempotency_keys']

let made = 0
const key = () => {
  made += 1
  return `00000000-0000-4000-8000-${String(400_000_000_000 + made)}`
}

const acts =
  (isEnough: (role: Somebody['holds'][number]) => boolean, domain: string) =>
  (somebody: Somebody): boolean =>
    somebody.isActive && rolesIn(somebody, domain).some(isEnough)

/** What the database has now, once, of what an answer told. */
const has = async (world: World, what: string, query: string): Promise<string[]> => {
  const [row] = await world.owner.unsafe<{ holds: boolean }[]>(`select (${query}) as holds`)
  return row?.holds ? [] : [what]
}

/** A deed done to real things: everybody else is refused the last of them, which is as it was at the end. */
function deedOf<Real>(
  given: readonly Real[],
  sent: (real: Real | null) => Sent,
  rest: Pick<Deed, 'domain' | 'name' | 'isAllowed' | 'changes' | 'events'> & {
    done(real: Real, acted: Acted): Promise<string[]>
    missing?: Sent
  },
): Deed {
  const { done, missing = sent(null), ...deed } = rest
  const waiting = [...given]
  const kept = waiting.pop()
  if (kept === undefined) throw new Error(`${deed.name}: there is nothing to do it to.`)
  let current: Real = kept
  const { path, args } = sent(kept)
  return {
    ...{ ...deed, path, args, missing, isOneOfMany: true as const },
    get form() {
      return sent(current).form ?? {}
    },
    argsOf() {
      const next = waiting.shift()
      if (next === undefined) throw new Error(`${deed.name}: there are more people than things.`)
      current = next
      return sent(next).args
    },
    async read(acted) {
      const found = await done(current, acted)
      current = kept
      return found
    },
  }
}

const eachOf = (world: World, deed: (real: RealThings) => Deed) => world.real.map(deed)

/** Moves of one device taken back: by whoever assigns in both of its places. */
export const undoReal = (world: World): Deed[] =>
  eachOf(world, ({ domain, from, to, moves }) =>
    deedOf(
      moves,
      (move) => ({
        path: `/accounts/${domain}/assign`,
        args: [domain, move?.changeSet ?? NONE, key(), STATE],
        form: {},
      }),
      {
        ...{ domain, name: `a move in ${domain} taken back` },
        isAllowed: acts(
          ({ role, places }) =>
            ['sa_admin', 'sa_user', 'va_admin', 'va_user'].includes(role) &&
            (places === null || (places.includes(from) && places.includes(to))),
          domain,
        ),
        changes: [...LOGGED, 'change_sets', 'change_items', 'devices', ...DEVICE_ROLLUPS],
        events: 1,
        async done(move, { value }) {
          const { done } = (value ?? {}) as { done?: { undone: number; left: number } }
          const isBack = `select virtual_account_id = ${move.from} from devices where id = ${move.device}`
          return [
            ...(done?.undone === 1 && done.left === 0 ? [] : [`it says ${JSON.stringify(value)}`]),
            ...(await has(world, 'the device is not where it was', isBack)),
          ]
        },
      },
    ),
  )

export const removeRealRule = (world: World): Deed[] =>
  eachOf(world, ({ domain, rules }) =>
    deedOf(
      rules,
      (rule) => ({ path: `/accounts/${domain}/organize`, args: [domain, rule ?? NONE, STATE], form: { key: key() } }),
      {
        ...{ domain, name: `a rule of ${domain} deleted` },
        isAllowed: acts(({ role }) => role === 'sa_admin' || role === 'sa_user', domain),
        ...{ changes: [...LOGGED, 'assignment_rules'], events: 1 },
        async done(rule, { leadsTo, status }) {
          return [
            ...(leadsTo === `/accounts/${domain}/organize` ? [] : [`it leads to ${status} ${leadsTo}`]),
            ...(await has(world, 'it is still there', `not exists (select from assignment_rules where id = ${rule})`)),
          ]
        },
      },
    ),
  )

/** Who has a share in hand: administrators of all that it opens, and who sent it. */
const hasInHand = ({ domain, place, sender }: RealThings) => {
  const administers = acts(
    ({ role, places }) => role === 'sa_admin' || (role === 'va_admin' && places?.includes(place) === true),
    domain,
  )
  return (somebody: Somebody) => administers(somebody) || (somebody.isActive && somebody.email === sender)
}

const leadsToShares = (domain: string, { leadsTo, status }: Acted) =>
  leadsTo === `/accounts/${domain}/administration/shares` ? [] : [`it leads to ${status} ${leadsTo}`]

/** In an account that there is not: the page of one's own, which comes with a refusal, has other keys in its forms each time. */
const noShare = (args: readonly unknown[]): Sent => ({
  path: `/accounts/${NOWHERE}/administration/shares`,
  args: [NOWHERE, ...args, STATE],
  form: { key: key(), share: String(NONE) },
})

export const revokeReal = (world: World): Deed[] =>
  eachOf(world, (real) =>
    deedOf(
      real.shares.slice(0, -1),
      (share) => ({
        path: `/accounts/${real.domain}/administration/shares`,
        args: [real.domain, STATE],
        form: { key: key(), share: String(share ?? NONE) },
      }),
      {
        ...{ domain: real.domain, name: `a share of ${real.domain} revoked`, isAllowed: hasInHand(real) },
        ...{ changes: [...LOGGED, 'change_sets', 'change_items', 'order_shares'], events: 1, missing: noShare([]) },
        done: async (share, acted) => [
          ...leadsToShares(real.domain, acted),
          ...(await has(
            world,
            'it is not revoked',
            `select revoked_at is not null from order_shares where id = ${share}`,
          )),
        ],
      },
    ),
  )

/** The last share, again and again: each time its link is another one. */
export const resendReal = (world: World): Deed[] =>
  eachOf(world, (real) => {
    const [share = NONE] = real.shares.slice(-1)
    return deedOf(
      Array(12).fill(share) as number[],
      (given) => ({
        path: `/accounts/${real.domain}/administration/shares`,
        args: [real.domain, given ?? NONE, STATE],
        form: { key: key() },
      }),
      {
        ...{ domain: real.domain, name: `a share of ${real.domain} sent again`, isAllowed: hasInHand(real) },
        ...{
          changes: [...LOGGED, 'change_sets', 'change_items', 'order_shares', 'outbox', 'rate_limits'],
          events: 1,
          missing: noShare([NONE]),
        },
        done: async (_, acted) => [
          ...leadsToShares(real.domain, acted),
          ...(await has(
            world,
            'no mail waits for it',
            `select count(*) filter (where payload is not null) > 0 from outbox where about = 'order_share' and about_id = ${share}`,
          )),
        ],
      },
    )
  })
