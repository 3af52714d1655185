import { defineConfig } from '@playwright/test'

const { BASE_URL, CHROMIUM_PATH, PLAYWRIGHT_JSON } = process.env

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--no-first-run'],
]

// `npm test` starts a server with demo data of its own and names it here; by hand it is the one of `npm run demo`.
export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 30_000,
  reporter: [['line'], ...(PLAYWRIGHT_JSON ? [['json', { outputFile: PLAYWRIGHT_JSON }] as const] : [])],
  use: {
    baseURL: BASE_URL ?? 'http://127.0.0.1:3000',
    browserName: 'chromium',
    launchOptions: { args, ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}) },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
  },
})
