import { AURORA, expect, signIn, test } from './person'

test('a demo person signs in with one click and lands in their account', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /va-user@aurora\.example/ }).click()
  await expect(page).toHaveURL(new RegExp(`${AURORA}/overview$`))
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('a wrong password is refused in words that do not say who exists', async ({ page }) => {
  const refusals: (string | null)[] = []
  for (const email of ['viewer@aurora.example', 'nobody@nowhere.example']) {
    await page.goto('/sign-in')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    refusals.push(await page.getByRole('alert').filter({ hasText: /\w/ }).first().textContent())
  }
  expect(refusals[0]).toBe(refusals[1])
})

test('the address asked for comes after the sign-in', async ({ page }) => {
  await page.goto(`${AURORA}/devices?coverage=covered`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByRole('button', { name: /^Smart Account Viewer/ }).click()
  await expect(page).toHaveURL(new RegExp(`${AURORA}/devices\\?coverage=covered$`))
})

test('signing out ends the sign-in, for other tabs too', async ({ page, context }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/devices`)
  const other = await context.newPage()
  await other.goto(`${AURORA}/overview`)
  await page.goto('/sign-out')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await other.reload()
  await expect(other).toHaveURL(/\/sign-in/)
})

test('somebody with no access is told plainly, and the account does not exist for them', async ({ page }) => {
  await signIn(page, 'stranger@harbor.example')
  await expect(page).toHaveURL(/\/my\/access$/)
  const answer = await page.goto(`${AURORA}/devices`)
  expect(answer?.status()).toBe(404)
  await expect(page.locator('body')).not.toContainText('Aurora')
})

test('old addresses lead home for good', async ({ request }) => {
  for (const old of ['/clc', '/clc/overview']) {
    const answer = await request.get(old, { maxRedirects: 0 })
    expect([301, 308]).toContain(answer.status())
    expect(answer.headers()['location']).toMatch(/^(\/|http:\/\/127\.0\.0\.1)/)
  }
})
