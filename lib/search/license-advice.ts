import { pathOf, type VirtualAccount } from '@/lib/access/roles'
import { complianceOf, type Substitution, type Term } from '@/lib/compliance/compliance'
import { holds } from '@/lib/resources/order-words'
import { readDate, readNumber } from '@/lib/table/cells'

/** What leads to a license. */
export type Way = 'order' | 'subscription' | 'device' | 'pak' | 'sku'

/** A license as it is held: where, how much of it, and how it was reached. `hold` and `state` are of the order or PAK. */
export type Held = {
  way: Way
  via: string
  hold: string | null
  state: string | null
  virtualAccountId: number | null
  quantity: number
  inUse: number
  reserved: number
  substitutions: readonly Substitution[]
  balance: number
  /** Devices that use it, as far as the viewer sees them. */
  devices: number
}

/** Where it is, what stands in the way of using it, and what to do next; each in plain sentences. */
export type Advice = { place: string; reached: string; isBlocked: boolean; why: string[]; next: string[] }

type Spare = { virtualAccountId: number | null; balance: number }
type Places = { virtualAccounts: readonly VirtualAccount[] }

const reachedBy: Record<Way, (via: string) => string> = {
  order: (via) => `Came with order ${via}.`,
  subscription: (via) => `Belongs to subscription ${via}.`,
  device: (via) => `${via} uses it.`,
  pak: (via) => `Comes from the PAK ending in ${via}.`,
  sku: (via) => `Has the SKU ${via}.`,
}

/** What holds of a license on a day, and the next step. */
export function adviceOn(
  held: Held,
  terms: readonly Term[],
  spares: readonly Spare[],
  { virtualAccounts }: Places,
  day: string,
): Advice {
  const { way, via, virtualAccountId: place } = held
  const nameOf = (id: number | null) => (id === null ? 'What is in no Virtual Account' : pathOf(id, virtualAccounts))
  const found = complianceOf(
    { ...held, terms },
    day,
    spares.map((spare) => ({
      virtualAccountId: spare.virtualAccountId ?? 0,
      name: nameOf(spare.virtualAccountId),
      quantity: spare.balance,
    })),
  )
  const obstacles = [...heldUp(held), ...termObstacles(terms, day), ...placeObstacles(held, virtualAccounts)]
  const why = [...obstacles.map((one) => one.why), ...found.reasons]
  const next = [...obstacles.map((one) => one.next), ...found.waysOut]
  const name = place === null ? 'In no Virtual Account' : pathOf(place, virtualAccounts)
  const free = Math.max(0, held.balance)
  const isBlocked = why.length > 0
  return {
    place: name,
    reached: reachedBy[way](via),
    isBlocked,
    why: isBlocked ? why : ['Nothing stands in the way of using it.'],
    next: isBlocked ? next : [restOf(free, name)],
  }
}

const restOf = (free: number, place: string) =>
  free > 0
    ? `${readNumber(free)} of it ${free === 1 ? 'is' : 'are'} free for devices in ${place}.`
    : `All of it is in use. Free some on a device in ${place}, or buy more.`

type Obstacle = { why: string; next: string }

/** The order or PAK that it comes from is not done yet. */
function heldUp({ way, hold, state }: Held): Obstacle[] {
  const reason = hold ? holds[hold as keyof typeof holds] : undefined
  if (way === 'order' && reason) return [{ why: `${reason.label}: ${reason.what}`, next: reason.next }]
  if (way === 'pak' && state !== 'fulfilled') {
    return [
      { why: 'The PAK is not fulfilled, or only in part.', next: 'Register the PAK for the device that needs it.' },
    ]
  }
  return []
}

/** No term is in force: all are over, or none has begun. */
function termObstacles(terms: readonly Term[], day: string): Obstacle[] {
  if (terms.length === 0) return []
  const isOver = ({ endDate }: Term) => endDate !== null && endDate < day
  if (terms.every(isOver)) {
    const last =
      terms
        .map(({ endDate }) => endDate ?? '')
        .sort()
        .at(-1) ?? ''
    return [
      {
        why: `Its last term ended on ${readDate(last)}.`,
        next: 'Renew it with the seller of the order or subscription.',
      },
    ]
  }
  const coming = terms.filter((term) => !isOver(term))
  if (coming.some(({ startDate }) => startDate === null || startDate <= day)) return []
  const first = coming.map(({ startDate }) => startDate ?? '').sort()[0] ?? ''
  return [{ why: `Its term has not begun.`, next: `Wait until ${readDate(first)}, when its term begins.` }]
}

/** A device uses what is in its own Virtual Account. */
function placeObstacles(
  { virtualAccountId: place, inUse }: Held,
  virtualAccounts: readonly VirtualAccount[],
): Obstacle[] {
  const next = 'Have it assigned to the Virtual Account of the devices that need it.'
  if (place === null) return [{ why: 'It is in no Virtual Account, so no device can use it.', next }]
  const isDefault = virtualAccounts.find(({ id }) => id === place)?.isDefault
  return isDefault && inUse === 0 ? [{ why: 'It is in DEFAULT, where only devices in DEFAULT can use it.', next }] : []
}
