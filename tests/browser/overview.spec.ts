import { AURORA, expect, shown, signIn, test } from './person'

const OVERVIEW = `${AURORA}/overview`

test('the numbers lead to the rows that they count', async ({ page, owner }) => {
  const [counted] = await owner`select count(*) as total, count(*) filter (where last_date_of_support < a.day) as passed
    from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = 'aurora.example'`
  await signIn(page, 'admin@aurora.example', OVERVIEW)
  await expect(page.locator('main')).toContainText(shown(counted?.['total']))
  await page.getByRole('link', { name: /^Last Date of Support \(LDoS\)/ }).click()
  await expect(page).toHaveURL(/\/devices\?.*support=passed/)
  await expect(page.locator('main')).toContainText(
    `${shown(counted?.['passed'])} of ${shown(counted?.['total'])} devices`,
  )
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`${OVERVIEW}$`))
})

test('Assign Status is there for administrators and for nobody else, not even in the source', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', OVERVIEW)
  await expect(page.getByRole('heading', { name: 'Assign Status' })).toBeVisible()
  for (const email of ['user@aurora.example', 'viewer@aurora.example', 'va-admin@aurora.example']) {
    await page.context().clearCookies()
    await signIn(page, email, OVERVIEW)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    expect(await page.content()).not.toContain('Assign Status')
  }
})

test('a number explains itself', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', OVERVIEW)
  await page.getByRole('button', { name: 'Explain Total devices' }).click()
  await expect(page.getByText(/each counted once/).first()).toBeVisible()
})

test('numbers turn to percentages and stay so in the address', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', OVERVIEW)
  await page.getByRole('link', { name: 'Percentages' }).click()
  await expect(page).toHaveURL(/\?/)
  await expect(page.locator('main')).toContainText('%')
  await page.reload()
  await expect(page.getByRole('link', { name: 'Numbers' })).toBeVisible()
})

test('a report is a file of the account and the day', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/overview?coverageArchitecture=Networking`)
  const reports = page.locator('#reports')
  await expect(reports).not.toContainText('assignment status')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    reports.getByRole('link', { name: /^PowerPoint\s*: Device coverage/ }).click(),
  ])
  expect(file.suggestedFilename()).toBe('aurora.example-overview-coverage-2026-07-01.pptx')
})
