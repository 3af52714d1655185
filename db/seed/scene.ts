import type { AccountPlan, Trade, VirtualAccountPlan } from './accounts'
import type { Product } from './catalogue'
import { type ContractBook, type ContractPlan, contractBook, contractPlans } from './contracts'
import { iso, orderCalendar } from './days'
import type { Ids } from './ids'
import { PLACES, type Place, streetAddress } from './places'
import { at } from './random'
import { isModule, weightOf } from './shapes'

export type VirtualAccount = VirtualAccountPlan & { id: number; parentId: number | null }

/** A place where devices stand, and the Virtual Account that they belong in. */
export type Site = { id: string; name: string; address: string; place: Place; home: VirtualAccount }

/** What is fixed about an account before its first order: where, for whom and out of what everything is made. */
export type Scene = {
  id: number
  plan: AccountPlan
  seed: number
  today: number
  virtualAccounts: readonly VirtualAccount[]
  defaultAccount: VirtualAccount
  sites: readonly Site[]
  contracts: readonly ContractPlan[]
  contractBook: ContractBook
  products: ProductChoice
  /** From 0, the first order, to 1, the last one, to the day on which it is placed. */
  orderDay: (share: number) => number
}

const MANY_DEVICES = 100_000
const SITE_ACCOUNTS = 32

/** Lays out an account. Takes ids for the account, its Virtual Accounts and its contracts. */
export function sceneOf(plan: AccountPlan, products: readonly Product[], seed: number, today: number, ids: Ids): Scene {
  const places = PLACES.filter((place) => plan.countries.includes(place.country))
  const id = ids.next('smartAccounts')
  const virtualAccounts: VirtualAccount[] = []
  for (const virtual of [...plan.virtualAccounts, ...siteAccounts(plan, places)]) {
    const parentId = virtualAccounts.find((other) => other.name === virtual.parent)?.id ?? null
    virtualAccounts.push({ ...virtual, id: ids.next('virtualAccounts'), parentId })
  }
  const contracts = contractPlans(plan, id, today, seed, ids)
  return {
    id,
    plan,
    seed,
    today,
    virtualAccounts,
    defaultAccount: at(virtualAccounts, 0),
    sites: sitesOf(plan, places, virtualAccounts),
    contracts,
    contractBook: contractBook(contracts),
    products: new ProductChoice(products, plan.trade, iso(today)),
    orderDay: orderCalendar(today),
  }
}

/** A large account has Virtual Accounts for single places below those of the regions. */
function siteAccounts(plan: AccountPlan, places: readonly Place[]): VirtualAccountPlan[] {
  if (plan.devices < MANY_DEVICES || plan.trade !== 'logistics') return []
  return places.slice(0, SITE_ACCOUNTS).map((place) => ({
    name: place.city,
    slug: place.code,
    parent: homeOf(place, plan.virtualAccounts).name,
    covers: { cities: [place.code] },
    tags: ['site'],
  }))
}

/** The Virtual Account with the narrowest rule that takes in the place; the first one when none does. */
function homeOf<T extends VirtualAccountPlan>(place: Place, accounts: readonly T[]): T {
  const covering = (rule: (covers: NonNullable<VirtualAccountPlan['covers']>) => boolean | undefined) =>
    accounts.find((account) => account.covers && rule(account.covers))
  return (
    covering((covers) => covers.cities?.includes(place.code)) ??
    covering((covers) => covers.countries?.includes(place.country)) ??
    covering((covers) => covers.regions?.includes(place.region)) ??
    at(accounts, 0)
  )
}

const SITE_WORDS: Record<Trade, readonly string[]> = {
  logistics: ['Depot', 'Hub', 'Terminal', 'Office'],
  hospital: ['Hospital', 'Clinic', 'Laboratory', 'Emergency Center'],
  partner: ['Office', 'Warehouse'],
  university: ['Faculty', 'Library', 'Institute', 'Residence'],
  company: ['Plant', 'Office', 'Store'],
}

function sitesOf(plan: AccountPlan, places: readonly Place[], accounts: readonly VirtualAccount[]): Site[] {
  const count = Math.max(4, Math.min(900, Math.round(plan.devices / 45)))
  return Array.from({ length: count }, (_, index) => {
    const place = at(places, index)
    const number = 1 + Math.floor(index / places.length)
    return {
      id: `${plan.slug}-${place.code}-${String(number).padStart(2, '0')}`.toUpperCase(),
      name: `${place.city} ${at(SITE_WORDS[plan.trade], index * 7 + number)} ${number}`,
      address: streetAddress(index),
      place,
      home: homeOf(place, accounts),
    }
  })
}

/** Products by family and day: what can be ordered before its end of sale. */
class ProductChoice {
  readonly byPid: ReadonlyMap<string, Product>
  readonly families: readonly { name: string; weight: number }[]
  readonly #devices: readonly Product[]
  readonly #today: string
  readonly #keepsOld: boolean
  readonly #onSale = new Map<string, readonly Product[]>()

  constructor(products: readonly Product[], trade: Trade, today: string) {
    this.#today = today
    this.#keepsOld = trade === 'hospital'
    this.byPid = new Map(products.map((product) => [product.pid, product]))
    this.#devices = products.filter((product) => product.kind === 'device' && !isModule(product))
    this.families = [...new Set(this.#devices.map((product) => product.family))]
      .map((name) => ({ name, weight: weightOf(name, trade) }))
      .filter((family) => family.weight > 0)
  }

  /**
   * What a family offers in the month of `day`, empty when it has been withdrawn. In a hospital, what is out of support by
   * now comes more often: there, devices stay for long.
   */
  onSale(family: string, day: number): readonly Product[] {
    const month = iso(day).slice(0, 7)
    const key = `${family}|${month}`
    const known = this.#onSale.get(key)
    if (known) return known
    const found = this.#devices.filter((product) => product.family === family && sells(product, month))
    const old = found.filter((product) => (product.lastDateOfSupport ?? this.#today) < this.#today)
    const offered = this.#keepsOld ? [...found, ...old, ...old] : found
    this.#onSale.set(key, offered)
    return offered
  }

  /** The first of these products that still sells on `day`. */
  firstOnSale(pids: readonly string[], day: number): Product | undefined {
    const month = iso(day).slice(0, 7)
    return pids.map((pid) => this.byPid.get(pid)).find((product) => product && sells(product, month))
  }
}

/** Products that came to market within the years of the demo, by the month from which it orders them. */
const NEW_SINCE: readonly (readonly [string, RegExp])[] = [
  ['2023-06', /M7S?X?$|^XDR/],
  ['2022-06', /^(C9136I|CW916|C9200CX|SNS-37|UCS-FI-6536|C9400-SUP-2$|MR46)/],
  ['2021-09', /^(C9300X|FPR31|UCSX|N9K-C9364D|CS-BRD|UCSC-C2[24]0-M6|UCSB-B200-M6)/],
  ['2020-09', /^(C8[235]00|C8000V|N9K-C93.*FX3|A-FLEX-3|C1000|AIR-AP1840|TE-)/],
  ['2019-07', /^(C91[123]|C9600|C9606|FPR1|C9800)/],
]

function sells(product: Product, month: string): boolean {
  const since = NEW_SINCE.find(([, pattern]) => pattern.test(product.pid))?.[0] ?? ''
  return since <= month && (product.endOfSale === null || product.endOfSale.slice(0, 7) > month)
}

/** The country of a Virtual Account's first site; the account's own where it has none. */
export function countryOf(scene: Scene, virtualAccount: VirtualAccount | null): string {
  const home = scene.sites.find((site) => site.home.id === virtualAccount?.id)
  return home?.place.country ?? scene.plan.countries[0] ?? ''
}
