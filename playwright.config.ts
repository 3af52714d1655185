import { defineConfig } from '@playwright/test'

const { BASE_URL, CHROMIUM_PATH, DATABASE_OWNER_URL, PLAYWRIGHT_JSON } = process.env

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--no-first-run'],
]

// `npm test` starts a server with demo data of its own and names it here; by hand it is the one of `npm run demo`.
export default defineConfig({
  testDir: 'tests/browser',
  // The database of the server under test, as its owner: what a page shows is compared with plain SQL.
  metadata: { ownerUrl: DATABASE_OWNER_URL },
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ...(PLAYWRIGHT_JSON ? [['json', { outputFile: PLAYWRIGHT_JSON }] as const] : [])],
  use: {
    baseURL: BASE_URL ?? 'http://127.0.0.1:3000',
    browserName: 'chromium',
    launchOptions: { args, ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}) },
    locale: 'en-US',
    timezoneId: 'UTC',
  },
})
