import { contractLines, contracts } from '../schema/contracts'
import { devices, licenseUse } from '../schema/devices'
import type { ContractPlan } from './contracts'
import { instantOf, iso } from './days'
import { type Device, devicesOf } from './devices'
import { holdingsOf } from './holdings'
import type { Ids } from './ids'
import type { Loader } from './loader'
import { addDeviceOrder, addOpenOrders, provenance } from './order-rows'
import { ordersOf } from './orders'
import { Pools, type Use } from './pools'
import type { Scene } from './scene'
import type { ShareCandidates } from './sharing'

/** Rows that are made before they are written; keeps memory flat at any size. */
const ROWS_A_WRITE = 20_000

/** Some devices of each Virtual Account by its id, for the history of the account. */
export type Samples = ReadonlyMap<number, readonly Sample[]>
type Sample = { id: number; softwareVersion: string | null }

/** Writes the orders, devices and contracts of an account. Gives the licenses that its devices use. */
export async function addAssets(
  loader: Loader,
  scene: Scene,
  ids: Ids,
  shares: ShareCandidates,
): Promise<{ pools: Pools; samples: Samples }> {
  const states = licenseStates(scene, ids)
  const pools = new Pools(scene, ids)
  const samples = new Map<number, Sample[]>()
  const used = new Set<ContractPlan>()
  for (const order of ordersOf(scene, ids)) {
    addDeviceOrder(loader, scene, order, ids)
    const made = [...devicesOf(scene, order, ids)]
    for (const device of made) {
      const use = pools.use(device)
      const licenseState = use ? (states.get(use.pool.id) ?? 'none') : 'none'
      loader.add(devices, { ...device.row, licenseState })
      addContractLines(loader, scene, device, used, ids)
      if (use) addUse(loader, scene, device, use, ids)
      sample(samples, device)
    }
    shares.see(order, made)
    if (loader.waiting > ROWS_A_WRITE) await loader.flush()
  }
  for (const contract of used) loader.add(contracts, contractRow(scene, contract))
  addOpenOrders(loader, scene, ids)
  return { pools, samples }
}

/**
 * Whether there will be enough of each license, by its id: what all devices use is known only after the last of them, and
 * each of them says it. The same is made twice, as all of it follows from the seed.
 */
function licenseStates(scene: Scene, ids: Ids): Map<number, (typeof devices.$inferSelect)['licenseState']> {
  const ahead = ids.copy()
  const pools = new Pools(scene, ahead)
  for (const order of ordersOf(scene, ahead)) for (const device of devicesOf(scene, order, ahead)) pools.use(device)
  return new Map(
    holdingsOf(scene, pools.all).map(({ row: { id, status } }) => [
      id,
      status === 'in_compliance' ? 'sufficient' : 'insufficient',
    ]),
  )
}

function sample(samples: Map<number, Sample[]>, { row }: Device): void {
  if (row.virtualAccountId === null || row.parentId !== null) return
  const known = samples.get(row.virtualAccountId) ?? []
  if (known.length < 8)
    samples.set(row.virtualAccountId, [...known, { id: row.id, softwareVersion: row.softwareVersion }])
}

function addContractLines(loader: Loader, scene: Scene, device: Device, used: Set<ContractPlan>, ids: Ids): void {
  const { row, coverage, shipped } = device
  if (!coverage) return
  const { contract, former, start, end } = coverage
  const lines = [{ contract, start, end }]
  if (former) lines.push({ contract: former, start: Math.max(former.start, shipped), end: former.end })
  for (const line of lines) {
    used.add(line.contract)
    loader.add(contractLines, {
      smartAccountId: scene.id,
      id: ids.next('contractLines'),
      contractId: line.contract.id,
      contractNumber: line.contract.number,
      deviceId: row.id,
      virtualAccountId: row.virtualAccountId,
      serviceSku: serviceSku(line.contract.level.code, row.pid),
      serviceLevel: line.contract.level.name,
      architecture: row.architecture,
      country: row.country,
      startDate: iso(line.start),
      endDate: iso(line.end),
      ...provenance(scene, 'Contract feed'),
    })
  }
}

/** Support SKUs carry the level and up to eight characters of the product. */
const serviceSku = (level: string, pid: string) => `CON-${level}-${pid.replace(/[^A-Z0-9]/g, '').slice(0, 8)}`

function addUse(loader: Loader, scene: Scene, device: Device, use: Use, ids: Ids): void {
  loader.add(licenseUse, {
    smartAccountId: scene.id,
    id: ids.next('licenseUse'),
    licenseId: use.pool.id,
    deviceId: device.row.id,
    quantity: use.quantity,
    reportedAt: instantOf(scene.today - 1 - (device.row.id % 6), 3),
    source: 'Usage report',
  })
}

function contractRow(scene: Scene, contract: ContractPlan): typeof contracts.$inferSelect {
  return {
    smartAccountId: scene.id,
    id: contract.id,
    number: contract.number,
    label: contract.label,
    serviceLevel: contract.level.name,
    billToName: contract.id % 5 === 0 ? 'Ember Systems' : 'Cobalt Networks',
    startDate: iso(contract.start),
    endDate: iso(contract.end),
    ...provenance(scene, 'Contract feed'),
  }
}
