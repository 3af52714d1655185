import { freePort } from '@/db/embedded/free-port'
import { seed } from '@/db/seed/seed'
import { childEnvironment, serverSettingsOf } from '@/lib/env'
import { createTestDatabase } from '@/tests/support/database'
import { chromiumPath } from './chromium'
import { pakKeysOf } from './demo-database'
import { DATA_FOLDER, serverSecrets } from './own-secrets'
import { startNode } from './run'
import { serve, untilAnswering } from './serve'
import { type Counts, playwrightCounts } from './test-counts'

// The demo data and every page are the same on each run: sizes of the contract, dates of this day.
const DEMO_NOW = '2026-07-01T12:00:00Z'
const DEVICES = 6000
const HOSTNAME = '127.0.0.1'

/** Runs tests/browser in Chromium against the production build on demo data of its own. */
export async function browserTests(cleanup: (task: () => Promise<unknown>) => void): Promise<Counts> {
  const chromium = await chromiumPath()
  const database = await createTestDatabase()
  cleanup(database.drop)
  const port = await freePort()
  const address = `http://${HOSTNAME}:${port}`
  const environment = { ...serverSecrets(), DATABASE_URL: database.appUrl, NEXTAUTH_URL: address, DEMO: '1', DEMO_NOW }
  const pakKeys = pakKeysOf(serverSettingsOf(childEnvironment(environment)))
  await seed({ ownerUrl: database.ownerUrl, devices: DEVICES, now: new Date(DEMO_NOW), pakKeys })
  const server = await serve({ mode: 'start', port, hostname: HOSTNAME, environment, quiet: true })
  cleanup(server.stop)
  if (!(await untilAnswering(server, port, HOSTNAME)))
    throw new Error('The production server ended before it answered.')

  const results = `${DATA_FOLDER}/playwright.json`
  const browser = startNode('@playwright/test/cli.js', ['test'], {
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
  await server.stop()
  await database.drop()
  return playwrightCounts(results, passed)
}
