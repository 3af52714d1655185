import { expectNoViolations } from './axe'
import { expect, signIn, test } from './person'

test('a Virtual Account is created, tagged and deleted; the last administrator stays', async ({ page }) => {
  const PLACES = '/accounts/delta.example/administration/virtual-accounts'
  await signIn(page, 'admin@delta.example', PLACES)
  const name = `Site ${Date.now()}`
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByLabel('Tags').fill('owner=network')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('owner=network')
  await expectNoViolations(page)
  await page.getByRole('link', { name }).click()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(page.getByRole('link', { name })).toHaveCount(0)

  await page.goto('/accounts/delta.example/administration/users')
  await expect(page.getByText('Only one Smart Account Administrator is left')).toBeVisible()
  await page
    .getByRole('row')
    .filter({ hasText: 'admin@delta.example' })
    .getByRole('link', { name: /^Change/ })
    .click()
  await page.getByRole('button', { name: 'Remove the role' }).click()
  await expect(page.getByRole('alert').getByText('This is the last Smart Account Administrator')).toBeVisible()
})
