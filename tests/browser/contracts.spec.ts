import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

const ADMIN = 'admin@aurora.example'

test('each number of the expirations leads to a list of that many', async ({ page }) => {
  const overview = `${AURORA}/overview?expirationArchitecture=Networking&expirationCountry=DE`
  await signIn(page, ADMIN, overview)
  const links = await page
    .locator('.expiration-table td a')
    .evaluateAll((found) =>
      found.map((link) => ({ text: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
    )
  expect(links).toHaveLength(10)
  for (const { text, href } of links) {
    await page.goto(href)
    await expect(page.getByRole('status').first()).toHaveText(new RegExp(`^${text} `))
  }
})

test('a product opens over its list, leads on to the next, and Esc leads back', async ({ page }) => {
  await signIn(page, ADMIN, `${AURORA}/contracts?architecture=Networking`)
  const rows = page.locator('tbody th a')
  const [first, second] = [await rows.nth(0).getAttribute('href'), await rows.nth(1).getAttribute('href')]
  await rows.first().focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: 'This product' })).toBeVisible()
  await expect(page).toHaveURL(first ?? '')
  await expectNoViolations(page)
  await drawer.getByRole('link', { name: 'Next row' }).click()
  await expect(page).toHaveURL(second ?? '')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${AURORA}/contracts?architecture=Networking`)
})

test('a contract of the list of contracts shows who can use it, and stays on a page of its own', async ({ page }) => {
  await signIn(page, ADMIN, `${AURORA}/contracts?view=agreements`)
  await page.locator('tbody th a').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: 'Who can view and use this and why' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Contract /)
  await expect(page.getByRole('link', { name: 'Next' })).toBeVisible()
})

test('the lists of contracts and subscriptions are for administrators', async ({ page }) => {
  await signIn(page, 'user@aurora.example', `${AURORA}/subscriptions`)
  await expect(page.getByRole('link', { name: 'Products in subscriptions' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Subscriptions', exact: true })).toHaveCount(0)
  const answer = await page.goto(`${AURORA}/subscriptions?view=agreements`)
  expect(answer?.status()).toBe(404)
  expect((await page.goto(`${AURORA}/subscriptions?view=everything`))?.status()).toBe(400)
})
