import type { Browser, Page } from '@playwright/test'
import { expect, signIn, test } from './person'

const DELTA = '/accounts/delta.example'
const ADMINISTRATION = `${DELTA}/administration`
// Somebody else in each test, and nobody of other files: tests run at the same time, and access is what they change.
const ASKER = 'asset-recipient@fjord.example'
const MEMBER = 'partner2@ember.example'

/** Somebody else at the same time, in a browser of their own. */
async function elsewhere(browser: Browser, email: string, next: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page, email, next)
  return page
}

const ask = async (page: Page, domain: string) => {
  await page.goto('/my/access/request')
  await page.getByLabel('Domain of the Smart Account').fill(domain)
  await page.getByLabel('Role').selectOption('sa_viewer')
  await page.getByLabel('Reason').fill('Audit of the year')
  await page.locator('main').getByRole('button', { name: 'Ask for access' }).click()
  await expect(page).toHaveURL(/\/my\/access#asked$/)
}

test('access is asked for, looked at, approved, changed, and taken while it is in use', async ({ page, browser }) => {
  const theirs = await elsewhere(browser, ASKER, '/my/access')
  for (const domain of ['no-such.example', 'delta.example']) await ask(theirs, domain)
  await expect(theirs.getByText('Waiting for an answer')).toHaveCount(2)

  await signIn(page, 'admin@delta.example', ADMINISTRATION)
  await page.locator('main').getByRole('link', { name: 'Access requests' }).click()
  await page.getByRole('link', { name: ASKER }).click()
  await page.getByRole('button', { name: 'Review' }).click()
  const [preview] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: /^See what they will see/ }).click(),
  ])
  await expect(preview.getByText('Preview: nothing has been given')).toBeVisible()
  await preview.getByRole('link', { name: 'Devices', exact: true }).first().click()
  await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Devices')
  const promised = await preview.getByRole('status').textContent()
  await preview.close()
  await page.getByRole('button', { name: 'Approve and give access' }).click()
  await expect(page.getByText('0 requests wait')).toBeVisible()

  await theirs.reload()
  await expect(theirs.getByText('Approved')).toBeVisible()
  await theirs.goto(`${DELTA}/devices`)
  await expect(theirs.getByRole('status').first()).toHaveText(promised ?? '')

  const openRole = () =>
    page
      .getByRole('row')
      .filter({ hasText: ASKER })
      .getByRole('link', { name: /^Change/ })
      .click()
  await page.goto(`${ADMINISTRATION}/users`)
  await openRole()
  const change = page.getByRole('region', { name: 'Change the role or its end' })
  await change.getByLabel('Role', { exact: true }).selectOption('va_viewer')
  await change.getByLabel('Where').selectOption({ index: 1 })
  await change.getByRole('button', { name: 'Review' }).click()
  await change.getByRole('button', { name: 'Change the role' }).click()
  await page.waitForURL(`${ADMINISTRATION}/users`)
  await theirs.goto('/my/access')
  await expect(theirs.locator('main').getByText('Virtual Account Viewer', { exact: true })).toBeVisible()
  await theirs.goto(`${DELTA}/devices`)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Devices')

  await openRole()
  await page.getByRole('button', { name: 'Remove the role' }).click()
  await page.waitForURL(`${ADMINISTRATION}/users`)
  expect((await theirs.reload())?.status()).toBe(404)
  await theirs.context().close()
})

test('a group lets somebody in, and out again when it is deleted', async ({ page, browser }) => {
  const theirs = await elsewhere(browser, MEMBER, '/my/access')
  await signIn(page, 'admin@delta.example', `${ADMINISTRATION}/groups`)
  const name = `Crew ${Date.now()}`
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const give = page.getByRole('region', { name: 'Give the group a role' })
  await give.getByRole('button', { name: 'Review' }).click()
  await give.getByRole('button', { name: 'Give the group the role' }).click()
  await expect(page.getByRole('region', { name: 'What its members have' })).toBeVisible()
  const add = page.getByRole('region', { name: 'Add people' })
  await add.getByLabel('People').fill(MEMBER)
  await add.getByRole('button', { name: 'Review' }).click()
  await add.getByRole('button', { name: 'Add them to the group' }).click()
  await expect(page.getByRole('region', { name: '1 member' })).toBeVisible()
  await theirs.goto(`${DELTA}/devices`)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Devices')
  await theirs.goto('/my/access')
  await expect(theirs.getByText(`by the group ${name}`)).toBeVisible()
  await page.getByRole('button', { name: 'Delete the group' }).click()
  await page.waitForURL(`${ADMINISTRATION}/groups`)
  expect((await theirs.goto(`${DELTA}/devices`))?.status()).toBe(404)
  await theirs.context().close()
})

test('support reads while it is let, and not a click longer; a setting says what it would change', async ({
  page,
  browser,
}) => {
  const theirs = await elsewhere(browser, 'support@license-central.example', '/my/access')
  await signIn(page, 'admin@delta.example', `${ADMINISTRATION}/support`)
  await page.getByLabel('E-mail address of the support engineer').fill('support@license-central.example')
  await page.getByLabel('Reason').fill('Case 700500')
  await page.getByRole('button', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Open the access' }).click()
  await expect(page.getByText('Case 700500')).toBeVisible()
  expect((await theirs.goto(`${DELTA}/overview`))?.status()).toBe(200)
  await page.getByRole('button', { name: /^End the access of/ }).click()
  await expect(page.getByText('Nobody reads the account now')).toBeVisible()
  expect((await theirs.reload())?.status()).toBe(404)
  await theirs.context().close()

  await page.goto(`${ADMINISTRATION}/settings`)
  await page.getByLabel(/^Who sees the names/).selectOption('yes')
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('cell', { name: /^Everybody with access to the account/ })).toBeVisible()
  await page.getByRole('button', { name: 'Change something' }).click()
  await expect(page.getByLabel(/^Who sees the names/)).toHaveValue('yes')
})
