import { test as base, expect, type Page } from '@playwright/test'
import postgres, { type Sql } from 'postgres'

export { expect }
export const AURORA = '/accounts/aurora.example'

type Cookies = Parameters<ReturnType<Page['context']>['addCookies']>[0]
/** Who has signed in before in this process: it is seconds of every test. */
const signedIn = new Map<string, Cookies>()

/** Signs in through the form of the page, as people do; once a person, as long as that sign-in holds. */
export async function signIn(page: Page, email: string, next = '/'): Promise<void> {
  const kept = signedIn.get(email)
  if (kept) {
    await page.context().addCookies(kept)
    await page.goto(next)
    if (!new URL(page.url()).pathname.startsWith('/sign-in')) return
  }
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill('demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  signedIn.set(email, await page.context().cookies())
}

/** What the console of a page says that it should not. */
function complaintsOf(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    // A refused page says so in the console; that is what such a test asks for.
    if (message.type() === 'error' && !/status of (400|404)/.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(String(error)))
  return said
}

/** A page on which the console must stay silent, one more in a browser of somebody else, and the database as its owner, to count by plain SQL. */
export const test = base.extend<{ quiet: undefined; other: Page; owner: Sql }>({
  quiet: [
    async ({ page }, use) => {
      const said = complaintsOf(page)
      await use(undefined)
      expect(said).toEqual([])
    },
    { auto: true },
  ],
  other: async ({ browser }, use) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const said = complaintsOf(page)
    await use(page)
    expect(said).toEqual([])
    await context.close()
  },
  owner: async ({ baseURL: _ }, use, { config }) => {
    const sql = postgres(String(config.metadata['ownerUrl']), { max: 1 })
    await use(sql)
    await sql.end()
  },
})

/** `1,234` as it is shown. */
export const shown = (count: unknown) => Number(count).toLocaleString('en-US')
