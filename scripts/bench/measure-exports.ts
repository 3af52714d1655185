import postgres from 'postgres'
import { freePort } from '@/db/embedded/free-port'
import { childEnvironment } from '@/lib/env'
import { ensureBuild } from '../production-build'
import { type Running, start } from '../run'
import { untilAnswering } from '../serve'
import type { BenchDatabase } from './databases'
import { type Cleanup, cpuOf, HOSTNAME, memoryOf, serveProduct, signIn } from './served'
import { percentile } from './timing'
import { DOMAIN } from './viewers'

/** One export: seconds, milliseconds to its first rows, megabytes sent, and megabytes of memory before and at most. */
export type ExportRun = {
  name: string
  rows: number
  seconds: number
  first: number
  sent: number
  memory: readonly [before: number, most: number]
  cpu: number
}
/** `pages`: p95 of a page of the list in milliseconds, alone and while three exports are made. */
export type ExportResult = { devices: number; runs: ExportRun[]; pages: { alone: number; beside: number } }

const ROUNDS = 3
/** The line over the rows of a CSV file is shorter: what comes within it is no row. */
const HEADER_BYTES = 512
const PAGES = 60
const SHOWN = [
  ...['d.name', 'd.serial_number', 'd.pid', 'v.name', 'd.asset_type', 'd.coverage_status', 'd.coverage_end'],
  ...['d.contract_number', 'd.last_date_of_support', 'd.country'],
]
const FLOOR = `copy (select ${SHOWN.join(', ')} from devices d left join virtual_accounts v on v.id = d.virtual_account_id
  where d.smart_account_id = (select id from smart_accounts where domain = '${DOMAIN}')
  order by d.last_date_of_support, d.product_id, d.id) to stdout (format csv)`

/** Takes out all devices of the account in each format, in turn with the floor; the fastest of some rounds counts. */
export async function measureExports(database: BenchDatabase, cleanup: Cleanup): Promise<ExportResult> {
  if (process.platform !== 'linux') throw new Error('The memory of a server is read from /proc: only on Linux.')
  await ensureBuild(cleanup)
  const product = await serveProduct(database.appUrl, cleanup)
  const floor = await serveFloor(database.ownerUrl, cleanup)
  const cookie = await signIn(product.address)
  const list = `${product.address}/accounts/${DOMAIN}/devices`
  const of = (format: string) => `${list}/export?format=${format}`
  const ways = [
    { name: 'floor: COPY by hand, CSV', server: floor.process, address: `${floor.address}/rows` },
    { name: 'CSV', server: product.process, address: of('csv') },
    { name: 'XLSX', server: product.process, address: of('xlsx') },
    { name: 'JSON lines', server: product.process, address: of('jsonl') },
  ]
  await page(list, cookie)
  await forgetAttempts(database)
  const runs: ExportRun[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ways) runs.push(await once(way, cookie, database.devices))
  }
  const best = ways.map(({ name }) => {
    const mine = runs.filter((run) => run.name === name)
    const [fastest] = [...mine].sort((one, other) => one.seconds - other.seconds)
    if (!fastest) throw new Error('Nothing was measured.')
    // Memory at its worst: a process that has grown once stays large.
    return {
      ...fastest,
      memory: growth(mine),
      first: percentile(
        mine.map(({ first }) => first),
        0.5,
      ),
    }
  })
  await forgetAttempts(database)
  return { devices: database.devices, runs: best, pages: await pagesBeside(list, of('csv'), cookie) }
}

/** Nobody may make so many large exports in an hour. */
async function forgetAttempts({ ownerUrl }: BenchDatabase): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 })
  await owner`delete from rate_limits where key like 'export%'`
  await owner.end()
}

const growth = (runs: readonly ExportRun[]) =>
  [...runs].map(({ memory }) => memory).sort((one, other) => other[1] - other[0] - (one[1] - one[0]))[0] ??
  ([0, 0] as const)

async function once(
  { name, server, address }: { name: string; server: Running; address: string },
  cookie: string,
  rows: number,
): Promise<ExportRun> {
  const before = memoryOf(server)
  const cpuBefore = cpuOf(server)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(server))
  }, 50)
  const { seconds, first, sent } = await take(address, cookie)
  clearInterval(watch)
  const cpu = (cpuOf(server) - cpuBefore) / 1000
  return { name, rows, seconds, first, sent: sent / 1_000_000, memory: [before, most], cpu }
}

async function take(address: string, cookie: string) {
  const start = performance.now()
  const answer = await fetch(address, { headers: { cookie } })
  if (answer.status !== 200 || !answer.body) throw new Error(`${address} answers ${answer.status}.`)
  let [first, sent] = [0, 0]
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    sent += chunk.length
    if (first === 0 && sent > HEADER_BYTES) first = performance.now() - start
  }
  return { seconds: (performance.now() - start) / 1000, first, sent }
}

async function page(address: string, cookie: string): Promise<number> {
  const start = performance.now()
  const answer = await fetch(address, { headers: { cookie } })
  await answer.text()
  if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}.`)
  return performance.now() - start
}

/** A page of the list, one after the other: alone, and while three exports are made all the time. */
async function pagesBeside(list: string, exported: string, cookie: string): Promise<ExportResult['pages']> {
  const several = async () => {
    const times: number[] = []
    for (let at = 0; at < PAGES; at++) times.push(await page(list, cookie))
    return percentile(times, 0.95)
  }
  await several()
  const alone = await several()
  let isOver = false
  const busy = Array.from({ length: 3 }, async () => {
    while (!isOver) await take(exported, cookie)
  })
  const beside = await several()
  isOver = true
  await Promise.all(busy)
  return { alone, beside }
}

async function serveFloor(ownerUrl: string, cleanup: Cleanup): Promise<{ address: string; process: Running }> {
  const port = await freePort()
  const args = ['--import', 'tsx', 'scripts/bench/copy-floor.ts', ownerUrl, String(port), FLOOR]
  const running = start(process.execPath, args, { env: childEnvironment({}), stdio: 'ignore' })
  cleanup(running.stop)
  if (!(await untilAnswering(running, port, HOSTNAME))) throw new Error('The floor did not answer.')
  return { address: `http://${HOSTNAME}:${port}`, process: running }
}
