import { freePort } from '@/db/embedded/free-port'
import { seed } from '@/db/seed/seed'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { createTestDatabase } from '@/tests/support/database'
import { chromiumPath } from './chromium'
import { pakKeysOf } from './demo-database'
import { type Balanced, balance, nginxPath } from './nginx'
import { DATA_FOLDER, serverSecrets } from './own-secrets'
import { type Running, startNode } from './run'
import { serve, untilAnswering } from './serve'
import { add, type Counts, one, playwrightCounts } from './test-counts'

// The demo data and every page are the same on each run: sizes of the contract, dates of this day.
const DEMO_NOW = '2026-07-01T12:00:00Z'
const DEVICES = 6000
const HOSTNAME = '127.0.0.1'

type Cleanup = (task: () => Promise<unknown>) => void
type Options = {
  /** So many servers on the one database, behind nginx in turns; without nginx everything is skipped. */
  servers?: number
  /** Of Playwright: which files, which tests. */
  args?: string[]
}

/** Runs tests/browser in Chromium against the production build on demo data of its own. */
export async function browserTests(cleanup: Cleanup, { servers = 1, args = [] }: Options = {}): Promise<Counts> {
  const nginx = servers > 1 ? await nginxPath() : undefined
  if (servers > 1 && !nginx) {
    console.error('There is no nginx and none could be installed: several servers were not tried.')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const chromium = await chromiumPath()
  const database = await createTestDatabase()
  cleanup(database.drop)
  const port = await freePort()
  const address = `http://${HOSTNAME}:${port}`
  const environment = { ...serverSecrets(), DATABASE_URL: database.appUrl, NEXTAUTH_URL: address, DEMO: '1', DEMO_NOW }
  const pakKeys = pakKeysOf(serverSettingsOf(childEnvironment(environment)))
  await seed({ ownerUrl: database.ownerUrl, devices: DEVICES, now: new Date(DEMO_NOW), pakKeys })
  const balanced = nginx ? await startBalanced(nginx, servers, port, environment, cleanup) : undefined
  const server = nginx ? undefined : await startServer(port, environment, cleanup)

  const results = `${DATA_FOLDER}/playwright.json`
  const browser = startNode('@playwright/test/cli.js', ['test', ...args], {
    env: childEnvironment({
      BASE_URL: address,
      CHROMIUM_PATH: chromium,
      DATABASE_OWNER_URL: database.ownerUrl,
      DEMO_NOW,
      PLAYWRIGHT_JSON: results,
    }),
  })
  cleanup(browser.stop)
  const passed = (await browser.ended) === 0
  const shares = balanced?.shares() ?? []
  await balanced?.stop()
  await server?.stop()
  await database.drop()
  const counts = playwrightCounts(results, passed)
  if (shares.length === 0) return counts
  console.log(`Requests that each server answered: ${shares.join(', ')}`)
  // Servers of which one did all the work would prove nothing.
  return add(counts, one(Math.min(...shares) > Math.max(...shares) / 2))
}

async function startServer(port: number, environment: Record<string, string>, cleanup: Cleanup): Promise<Running> {
  const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  cleanup(server.stop)
  if (await untilAnswering(server, port, HOSTNAME)) return server
  throw new Error('The production server ended before it answered.')
}

async function startBalanced(
  nginx: string,
  servers: number,
  port: number,
  environment: Record<string, string>,
  cleanup: Cleanup,
): Promise<Balanced> {
  const upstreams: number[] = []
  const running: Running[] = []
  for (let n = 0; n < servers; n++) {
    const upstream = await freePort()
    running.push(await startServer(upstream, { ...environment, TRUSTED_PROXY_HOPS: '1' }, cleanup))
    upstreams.push(upstream)
  }
  const balanced = balance(nginx, port, upstreams)
  const stop = async () => {
    await balanced.stop()
    await Promise.all(running.map((server) => server.stop()))
  }
  cleanup(stop)
  if (!(await untilAnswering(balanced.running, port, HOSTNAME))) throw new Error('nginx ended before it answered.')
  return { ...balanced, stop }
}
