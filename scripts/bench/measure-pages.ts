import { gzipSync } from 'node:zlib'
import { freePort } from '@/db/embedded/free-port'
import { childEnvironment } from '@/lib/env'
import { ensureBuild } from '../production-build'
import { startNode } from '../run'
import { untilAnswering } from '../serve'
import type { BenchDatabase } from './databases'
import { writeFloor } from './next-floor'
import { type Cleanup, cpuOf, HOSTNAME, type Server, serveProduct, signIn } from './served'
import { percentile } from './timing'
import { DOMAIN } from './viewers'

/** CPU a request in milliseconds, of the list and of the floor; compressed bytes of JavaScript by page. */
export type PageResult = { product: number; floor: number; cells: number; script: { page: string; bytes: number }[] }

const WARM_UP = 200
const BATCHES = 15
const BATCH = 20
const COLUMNS = [
  ...['name', 'serial_number', 'pid', 'virtual_account_id', 'asset_type', 'coverage_status', 'coverage_end'],
  ...['contract_number', 'last_date_of_support', 'country'],
]
const STATEMENT = `select id, ${COLUMNS.join(', ')} from devices where smart_account_id = 1
  order by last_date_of_support, product_id, id limit 50`
const TABS = ['overview', 'devices', 'licensing', 'contracts', 'subscriptions', 'orders', 'events']

/** Serves the production build and the thinnest Next page, and asks both in turn for a table of the same cells. */
export async function measurePages({ appUrl, ownerUrl }: BenchDatabase, cleanup: Cleanup): Promise<PageResult> {
  if (process.platform !== 'linux') throw new Error('The CPU time of a server is read from /proc: only on Linux.')
  await ensureBuild(cleanup)
  const product = await serveProduct(appUrl, cleanup)
  const floor = await serveFloor(ownerUrl, cleanup)
  const cookie = await signIn(product.address)
  const list = `${product.address}/accounts/${DOMAIN}/devices`
  const ask = async (address: string) => {
    const answer = await fetch(address, { headers: { cookie } })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}.`)
    return text
  }
  const cells = count(await ask(list), /<td/g)
  const times: Record<'product' | 'floor', number[]> = { product: [], floor: [] }
  for (let run = 0; run < WARM_UP; run++) await Promise.all([ask(list), ask(floor.address)])
  for (let batch = 0; batch < BATCHES; batch++) {
    for (const [name, server, address] of [
      ['product', product, list],
      ['floor', floor, floor.address],
    ] as const) {
      const before = cpuOf(server.process)
      for (let run = 0; run < BATCH; run++) await ask(address)
      times[name].push((cpuOf(server.process) - before) / BATCH)
    }
  }
  const script = []
  for (const tab of TABS) {
    const html = await ask(`${product.address}/accounts/${DOMAIN}/${tab}`)
    script.push({ page: tab, bytes: await scriptBytes(product.address, html) })
  }
  return { product: percentile(times.product, 0.5), floor: percentile(times.floor, 0.5), cells, script }
}

export const pageLines = ({ product, floor, cells, script }: PageResult): string[] => [
  `CPU a page of ${cells} cells: ${product.toFixed(1)} ms, the thinnest page of Next ${floor.toFixed(1)} ms: ${(product / floor).toFixed(2)}`,
  ...script.map(({ page, bytes }) => `${page}: ${bytes.toLocaleString('en-US')} bytes of JavaScript, compressed`),
]

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0

async function serveFloor(ownerUrl: string, cleanup: Cleanup): Promise<Server> {
  const folder = writeFloor(STATEMENT, COLUMNS)
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
