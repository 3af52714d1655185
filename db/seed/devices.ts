import type { devices } from '../schema/devices'
import type { Product } from './catalogue'
import { type Coverage, coverageOf } from './contracts'
import { instantOf, iso, yearWeek } from './days'
import type { Ids } from './ids'
import { customerOrderNumber, type Line, type Order } from './orders'
import { at, between, chance, code, hex, type Random } from './random'
import type { Scene, Site, VirtualAccount } from './scene'
import { SHAPES, versionsOf } from './shapes'

type DeviceRow = typeof devices.$inferSelect

/** A device as it is stored, and what the tables around it need to know. */
export type Device = {
  row: DeviceRow
  virtualAccount: VirtualAccount | null
  coverage: Coverage | null
  shipped: number
}

/** The devices of an order, each chassis before what is built into it. */
export function* devicesOf(scene: Scene, order: Order, ids: Ids): Generator<Device> {
  for (const [index, line] of order.lines.entries()) {
    if (line.perChassis) continue
    const modules = modulesAfter(order.lines, index)
    const shipped = Math.min(order.day + between(order.next, 4, 14), scene.today - 1)
    for (let unit = 0; unit < line.quantity; unit++) {
      const chassis = deviceOf(scene, order, line, shipped, ids)
      yield chassis
      for (const module of modules) {
        for (let count = 0; count < (module.perChassis ?? 0); count++) {
          yield deviceOf(scene, order, module, shipped, ids, chassis)
        }
      }
    }
  }
}

function modulesAfter(lines: readonly Line[], index: number): Line[] {
  const rest = lines.slice(index + 1)
  const end = rest.findIndex((line) => !line.perChassis)
  return end < 0 ? rest : rest.slice(0, end)
}

function deviceOf(scene: Scene, order: Order, line: Line, shipped: number, ids: Ids, chassis?: Device): Device {
  const { next } = order
  const { product } = line
  const id = ids.next('devices')
  const virtualAccount = chassis ? chassis.virtualAccount : movedOn(scene, order)
  const coverage = coverageFor(scene, order, product, shipped, chassis)
  const shape = SHAPES[product.family]
  const hardware = product.assetType === 'hardware'
  const own = chassis
    ? builtIn
    : {
        name: chance(next, hardware ? 0.92 : 1) ? nameOf(scene, virtualAccount, order.site, shape?.role, id) : null,
        softwareVersion: versionOf(versionsOf(product), order, scene.today),
        ...warrantyOf(hardware ? shape?.warranty : undefined, shipped),
        identifiers: identifiersOf(product.assetType, next),
      }
  const row: DeviceRow = {
    smartAccountId: scene.id,
    id,
    virtualAccountId: virtualAccount?.id ?? null,
    parentId: chassis?.row.id ?? null,
    parentInstanceNumber: chassis?.row.instanceNumber ?? null,
    instanceNumber: String(4_100_000_000 + id),
    serialNumber: hardware ? serialNumber(scene, virtualAccount, shipped, id) : null,
    ...own,
    ...productFacts(product),
    ...siteFacts(order.site),
    ...coverageFacts(coverage, hardware, scene.today),
    licenseState: 'none',
    orderLineId: line.id,
    salesOrderNumber: order.number,
    customerOrderNumber: customerOrderNumber(scene, order.id),
    shipDate: iso(shipped),
    ...sourceOf(scene, product, own.softwareVersion !== null, next),
    version: 1,
    createdAt: instantOf(shipped, 6),
  }
  return { row, virtualAccount, coverage, shipped }
}

/** A module has neither a name nor a warranty of its own. */
const builtIn = { name: null, softwareVersion: null, warrantyType: null, warrantyEnd: null, identifiers: null }

function nameOf(scene: Scene, account: VirtualAccount | null, site: Site, role = 'dev', id = 0): string {
  return `${scene.plan.slug}-${account?.slug ?? 'una'}-${site.id.slice(4).toLowerCase()}-${role}-${id}`
}

function productFacts(product: Product) {
  const { pid, description, family, architecture, assetType } = product
  return { productId: product.id, pid, description, family, architecture, assetType, ...lifecycleDatesOf(product) }
}

function lifecycleDatesOf(product: Product) {
  const { endOfSale, endOfSwMaintenance, endOfSecuritySupport, endOfContractRenewal, lastDateOfSupport } = product
  return { endOfSale, endOfSwMaintenance, endOfSecuritySupport, endOfContractRenewal, lastDateOfSupport }
}

function siteFacts({ id, name, address, place }: Site) {
  const { city, state, country, postal } = place
  return { siteId: id, siteName: name, address, city, state, country, postalCode: postal }
}

function coverageFacts(coverage: Coverage | null, hardware: boolean, today: number) {
  return {
    contractNumber: coverage?.contract.number ?? null,
    serviceLevel: coverage?.contract.level.name ?? null,
    coverageStart: coverage ? iso(coverage.start) : null,
    coverageEnd: coverage ? iso(coverage.end) : null,
    coverageStatus: statusOf(coverage, hardware, today),
  }
}

/** Most devices are where their order is; some were sorted in since, a few were put back. */
function movedOn(scene: Scene, order: Order): VirtualAccount | null {
  const home = order.site.home
  if (order.virtualAccount === null) return chance(order.next, 0.2) ? home : null
  if (order.virtualAccount === scene.defaultAccount) return chance(order.next, 0.15) ? home : scene.defaultAccount
  return chance(order.next, 0.03) ? scene.defaultAccount : order.virtualAccount
}

function coverageFor(scene: Scene, order: Order, product: Product, shipped: number, chassis?: Device): Coverage | null {
  if (product.assetType !== 'hardware') return null
  const end = product.lastDateOfSupport === null ? null : Math.floor(Date.parse(product.lastDateOfSupport) / 86_400_000)
  if (chassis) return chassis.coverage && (end === null || chassis.coverage.end <= end) ? chassis.coverage : null
  return coverageOf(scene.contractBook, order.site.place.country, shipped, end, scene.today, order.next)
}

/** The same answer as app.coverage_status() gives. */
function statusOf(coverage: Coverage | null, hardware: boolean, today: number): DeviceRow['coverageStatus'] {
  if (coverage) return coverage.end >= today ? 'covered' : 'lapsed'
  return hardware ? 'never' : 'not_eligible'
}

/** Three letters that no other Virtual Account has, year and week of shipment, four characters. */
function serialNumber(scene: Scene, virtualAccount: VirtualAccount | null, shipped: number, id: number): string {
  return serialPrefix(scene.id, virtualAccount?.id ?? null) + yearWeek(shipped) + code((id * 700_001) % 34 ** 4, 4)
}

/** The letters that start the serial numbers of a Virtual Account, or of an account's devices in none. */
function serialPrefix(account: number, virtualAccount: number | null): string {
  const value = (virtualAccount === null ? account * 2 : virtualAccount * 2 + 1) * 7919 + 1234
  const letter = (place: number) => String.fromCharCode(65 + (Math.floor(value / 26 ** place) % 26))
  return letter(2) + letter(1) + letter(0)
}

function identifiersOf(type: DeviceRow['assetType'], next: Random): DeviceRow['identifiers'] {
  if (type === 'hardware') return [{ name: 'MAC Address', value: `${hex(next, 4)}.${hex(next, 4)}.${hex(next, 4)}` }]
  const uuid = `${hex(next, 8)}-${hex(next, 4)}-4${hex(next, 3)}-8${hex(next, 3)}-${hex(next, 12)}`
  const unique = { name: 'UUID', value: uuid }
  return type === 'cloud' ? [unique] : [unique, { name: 'Host Identifier', value: hex(next, 12).toUpperCase() }]
}

/** Newer devices came with newer software; a third was kept up to date, the others stayed behind. */
function versionOf(versions: readonly string[], order: Order, today: number): string | null {
  if (versions.length === 0 || chance(order.next, 0.08)) return null
  const age = Math.min(1, Math.max(0, (today - order.day) / (8 * 365)))
  const delivered = Math.floor((1 - age) * (versions.length - 1))
  const reached = chance(order.next, 0.35) ? between(order.next, delivered, versions.length - 1) : delivered
  return at(versions, reached)
}

function warrantyOf(
  type: string | undefined,
  shipped: number,
): { warrantyType: string | null; warrantyEnd: string | null } {
  if (!type) return { warrantyType: null, warrantyEnd: null }
  const days = type.includes('LIFE')
    ? null
    : type.startsWith('WARR-3YR')
      ? 1095
      : type.startsWith('WARR-1YR')
        ? 365
        : 90
  return { warrantyType: type, warrantyEnd: days === null ? null : iso(shipped + days) }
}

/** Most rows come from the install base; for some, a collector has since seen the software version. */
function sourceOf(
  scene: Scene,
  product: Product,
  versioned: boolean,
  next: Random,
): Pick<DeviceRow, 'source' | 'asOf' | 'factSources'> {
  const roll = next()
  const row = { source: roll < 0.8 ? 'Install base' : 'Sales order', asOf: instantOf(scene.today - 1, 2) }
  const lifecycle = lifecycleSources(product)
  if (!versioned || roll > 0.12) return { ...row, factSources: lifecycle }
  const seen = instantOf(scene.today - between(next, 1, 20), 4.5).toISOString()
  return { ...row, factSources: { ...lifecycle, softwareVersion: { source: 'Collector', asOf: seen } } }
}

type FactSources = NonNullable<DeviceRow['factSources']>
const known = new WeakMap<Product, FactSources>()

/** Lifecycle dates come from the catalogue, as app.lifecycle_of() says; null where the product has none. */
function lifecycleSources(product: Product): FactSources | null {
  const { lifecycleSource, lifecycleAsOf } = product
  if (lifecycleSource === null || lifecycleAsOf === null) return null
  const made = known.get(product)
  if (made) return made
  const source = { source: lifecycleSource, asOf: lifecycleAsOf.toISOString() }
  const dates = Object.entries(lifecycleDatesOf(product)).filter(([, date]) => date !== null)
  const sources: FactSources = Object.fromEntries(dates.map(([name]) => [name, source]))
  known.set(product, sources)
  return sources
}
