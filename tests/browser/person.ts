import { test as base, expect, type Page } from '@playwright/test'
import postgres, { type Sql } from 'postgres'

export { expect }
export const AURORA = '/accounts/aurora.example'

/** Signs in through the form of the page, as people do. */
export async function signIn(page: Page, email: string, next = '/'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill('demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
}

/** A page on which the console must stay silent, and the database as its owner, to count by plain SQL. */
export const test = base.extend<{ quiet: undefined; owner: Sql }>({
  quiet: [
    async ({ page }, use) => {
      const said: string[] = []
      page.on('console', (message) => {
        // A refused page says so in the console; that is what such a test asks for.
        if (message.type() === 'error' && !/status of (400|404)/.test(message.text())) said.push(message.text())
      })
      page.on('pageerror', (error) => said.push(String(error)))
      await use(undefined)
      expect(said).toEqual([])
    },
    { auto: true },
  ],
  owner: async ({ baseURL: _ }, use, { config }) => {
    const sql = postgres(String(config.metadata['ownerUrl']), { max: 1 })
    await use(sql)
    await sql.end()
  },
})
