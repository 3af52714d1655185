import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { freePort } from '@/db/embedded/free-port'
import { childEnvironment } from '@/lib/env'
import { ensureBuild } from '../production-build'
import { startNode } from '../run'
import { untilAnswering } from '../serve'
import type { BenchDatabase } from './databases'
import { writeFloor } from './next-floor'
import { type Cleanup, cpuOf, HOSTNAME, type Server, serveProduct, signIn } from './served'
import { DOMAIN, PERSONAS } from './viewers'

/** CPU a request in milliseconds, of a list and of the floor with as many cells. */
type ListResult = { product: number; floor: number; cells: number }

/** Lists of some columns and of many; compressed bytes of JavaScript by page. */
export type PageResult = { lists: ListResult[]; script: { page: string; bytes: number }[] }

const WARM_UP = 2_000
const BATCHES = 150
const BATCH = 15
/** What the product shows unless told otherwise, and further columns, each by its name and as it stands in `devices`. */
const USUAL = {
  ...{ name: 'name', serial: 'serial_number', pid: 'pid', va: 'virtual_account_id', type: 'asset_type' },
  ...{ coverage: 'coverage_status', coverageEnd: 'coverage_end', contract: 'contract_number' },
  ...{ ldos: 'last_date_of_support', country: 'country' },
}
const MANY = {
  ...USUAL,
  ...{ description: 'description', architecture: 'architecture', family: 'family', licenses: 'license_state' },
  ...{ coverageStart: 'coverage_start', serviceLevel: 'service_level', warrantyEnd: 'warranty_end' },
  ...{ endOfSale: 'end_of_sale', endOfSwMaintenance: 'end_of_sw_maintenance', site: 'site_name', city: 'city' },
  ...{ softwareVersion: 'software_version', order: 'sales_order_number' },
}
const statementOf = (columns: readonly string[]) =>
  `select id, ${columns.join(', ')} from devices where smart_account_id = 1
  order by last_date_of_support, product_id, id limit 50`
const PAGES = { usual: USUAL, many: MANY }
const TABS = ['overview', 'devices', 'licensing', 'contracts', 'subscriptions', 'orders', 'events']

/** Serves the production build and the thinnest Next pages, and asks both in turn for tables of the same cells. */
export async function measurePages({ appUrl, ownerUrl }: BenchDatabase, cleanup: Cleanup): Promise<PageResult> {
  if (process.platform !== 'linux') throw new Error('The CPU time of a server is read from /proc: only on Linux.')
  await ensureBuild(cleanup)
  const product = await serveProduct(appUrl, cleanup)
  const floor = await serveFloor(ownerUrl, cleanup)
  const cookie = await signIn(product.address, `/accounts/${DOMAIN}/devices`)
  cleanup(() => keepColumns(ownerUrl, Object.keys(USUAL)))
  const ask = async (address: string) => {
    const answer = await fetch(address, { headers: { cookie } })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}.`)
    return text
  }
  const tabs = `${product.address}/accounts/${DOMAIN}`
  const lists = []
  for (const [name, columns] of Object.entries(PAGES)) {
    await keepColumns(ownerUrl, Object.keys(columns))
    const [list, thinnest] = [`${tabs}/devices`, `${floor.address}/${name}`]
    const cells = count(await ask(list), /<td/g)
    const times = await cpuInTurn([
      { server: product, ask: () => ask(list) },
      { server: floor, ask: () => ask(thinnest) },
    ])
    lists.push({ cells, product: times[0] ?? 0, floor: times[1] ?? 0 })
  }
  const script = []
  for (const page of TABS)
    script.push({ page, bytes: await scriptBytes(product.address, await ask(`${tabs}/${page}`)) })
  return { lists, script }
}

/** Lays the list out for the person who asks, as the panel of its columns does. */
async function keepColumns(ownerUrl: string, columns: string[]): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 })
  try {
    await owner`
      insert into table_layouts (user_id, resource, layout, updated_at)
      select id, 'devices', ${owner.json({ columns, density: 'default' })}, now() from users where email = ${PERSONAS.account}
      on conflict (user_id, resource) do update set layout = excluded.layout`
  } finally {
    await owner.end()
  }
}

/** CPU that each server takes for what is asked of it, in milliseconds a request; /proc counts in steps of ten. */
async function cpuInTurn(sides: readonly { server: Server; ask: () => Promise<unknown> }[]): Promise<number[]> {
  for (let run = 0; run < WARM_UP; run++) await Promise.all(sides.map(({ ask }) => ask()))
  const taken = sides.map(() => 0)
  for (let batch = 0; batch < BATCHES; batch++) {
    for (const [index, { server, ask }] of sides.entries()) {
      const before = cpuOf(server.process)
      for (let run = 0; run < BATCH; run++) await ask()
      taken[index] = (taken[index] ?? 0) + cpuOf(server.process) - before
    }
  }
  return taken.map((all) => all / (BATCHES * BATCH))
}

export const pageLines = ({ lists, script }: PageResult): string[] => [
  ...lists.map(
    ({ cells, product, floor }) =>
      `CPU a page of ${cells} cells: ${product.toFixed(1)} ms, the thinnest page of Next ${floor.toFixed(1)} ms: ${(product / floor).toFixed(2)}`,
  ),
  ...script.map(({ page, bytes }) => `${page}: ${bytes.toLocaleString('en-US')} bytes of JavaScript, compressed`),
]

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0

async function serveFloor(ownerUrl: string, cleanup: Cleanup): Promise<Server> {
  const folder = writeFloor(
    Object.entries(PAGES).map(([name, columns]) => ({
      name,
      columns: Object.values(columns),
      statement: statementOf(Object.values(columns)),
    })),
  )
  const env = childEnvironment({ NODE_ENV: 'production', DATABASE_URL: ownerUrl })
  const building = startNode('next/dist/bin/next', ['build', folder], { env, stdio: 'ignore' })
  cleanup(building.stop)
  if ((await building.ended) !== 0) throw new Error('The floor could not be built.')
  const port = await freePort()
  const running = startNode('next/dist/bin/next', ['start', folder, '--port', String(port), '--hostname', HOSTNAME], {
    env,
    stdio: 'ignore',
  })
  cleanup(running.stop)
  if (!(await untilAnswering(running, port, HOSTNAME))) throw new Error('The floor did not answer.')
  return { address: `http://${HOSTNAME}:${port}`, process: running }
}

/** What a browser loads by itself before anybody does anything, compressed. */
async function scriptBytes(address: string, html: string): Promise<number> {
  const old = new Set([...html.matchAll(/<script[^>]*src="([^"]+)"[^>]*nomodule/gi)].map(([, source]) => source))
  const sources = new Set([...html.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, source]) => source ?? ''))
  let bytes = 0
  for (const source of sources) {
    if (old.has(source)) continue
    bytes += gzipSync(Buffer.from(await (await fetch(new URL(source, address))).arrayBuffer())).length
  }
  return bytes
}
