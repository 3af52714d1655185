import type { AccountPlan } from './accounts'
import { iso, monthEnd } from './days'
import type { Ids } from './ids'
import { at, between, chance, type Random, random } from './random'

/** A service contract before its lines are known: one country, one service level, one end for all its lines. */
export type ContractPlan = {
  id: number
  number: string
  label: string
  country: string
  level: ServiceLevel
  start: number
  end: number
}

type ServiceLevel = { code: string; name: string }

const SERVICE_LEVELS: readonly ServiceLevel[] = [
  { code: 'SNT', name: 'Smart Net 8x5 next day' },
  { code: 'SNTP', name: 'Smart Net 24x7 4 hours' },
  { code: 'SSSNT', name: 'Solution Support 8x5 next day' },
]

/** For each country and service level: one or two contracts that run, and one that has lapsed. */
export function contractPlans(
  plan: AccountPlan,
  account: number,
  today: number,
  seed: number,
  ids: Ids,
): readonly ContractPlan[] {
  const next = random(seed, account, 71)
  const levels = SERVICE_LEVELS.slice(0, plan.devices < 500 ? 1 : plan.devices < 3000 ? 2 : 3)
  return plan.countries.flatMap((country) =>
    levels.flatMap((level) => {
      const ends = [between(next, 8, 120), between(next, 120, 900), -between(next, 20, 620)]
      return ends.map((distance) => contractOf(plan, country, level, monthEnd(today + distance), today, next, ids))
    }),
  )
}

function contractOf(
  plan: AccountPlan,
  country: string,
  level: ServiceLevel,
  end: number,
  today: number,
  next: Random,
  ids: Ids,
): ContractPlan {
  const id = ids.next('contracts')
  const years = end < today ? 2 : at([1, 2, 3, 3, 5], Math.floor(next() * 5))
  return {
    id,
    number: String(204_100_000 + id * 37),
    label: `${plan.name} ${country} ${level.code} to ${iso(end).slice(0, 7)}`,
    country,
    level,
    start: Math.min(end - years * 365, today - 45),
    end,
  }
}

/** What covers a device, and until when. `former` is a contract that ended before. */
export type Coverage = { contract: ContractPlan; start: number; end: number; former?: ContractPlan }

/** Contracts by country and service level. */
export type ContractBook = ReadonlyMap<string, readonly ContractPlan[]>

export function contractBook(plans: readonly ContractPlan[]): ContractBook {
  const book = new Map<string, ContractPlan[]>()
  for (const plan of plans) {
    const key = `${plan.country} ${plan.level.code}`
    book.set(key, [...(book.get(key) ?? []), plan])
  }
  return book
}

/**
 * Chooses the contract of a device shipped on `shipped`. Most are covered, some lapsed, some never were; nothing is
 * covered past its last date of support.
 */
export function coverageOf(
  book: ContractBook,
  country: string,
  shipped: number,
  lastDateOfSupport: number | null,
  today: number,
  next: Random,
): Coverage | null {
  const roll = next()
  const level = at(SERVICE_LEVELS, Math.floor(next() ** 2 * SERVICE_LEVELS.length))
  const choice = book.get(`${country} ${level.code}`) ?? book.get(`${country} ${at(SERVICE_LEVELS, 0).code}`) ?? []
  const inTime = (contract: ContractPlan) => contract.end <= (lastDateOfSupport ?? contract.end)
  const lapsed = choice.find((contract) => contract.end < today && contract.end > shipped + 30)
  const running = choice.filter((contract) => contract.end >= today && inTime(contract))
  if (roll > 0.84) return null
  if (running.length > 0 && roll < 0.66) {
    const current = at(running, chance(next, 0.35) ? 0 : 1)
    const former = lapsed && lapsed.end < current.start && chance(next, 0.5) ? { former: lapsed } : {}
    return { contract: current, start: Math.max(current.start, shipped), end: current.end, ...former }
  }
  if (!lapsed || !inTime(lapsed)) return null
  return { contract: lapsed, start: Math.max(lapsed.start, shipped), end: lapsed.end }
}
