import { AURORA, expect, signIn, test } from './person'

test('a note is added over the log, once, and is found in it', async ({ page, owner }) => {
  const text = `Agreed with the team, ${Date.now()}`
  await signIn(page, 'user@aurora.example', `${AURORA}/events?type=devices.imported`)
  await page.locator('main .data-table tbody th a').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Add a note').fill(text)
  await drawer.getByRole('button', { name: 'Add note' }).dblclick()
  await expect(drawer.getByRole('status').filter({ hasText: 'The note was added.' })).toBeVisible()
  await expect(drawer.getByRole('listitem').filter({ hasText: text })).toHaveCount(1)
  await expect(drawer.getByLabel('Add a note')).toHaveValue('')
  expect(await owner`select 1 from events where note = ${text}`).toHaveLength(1)
  await page.goto(`${AURORA}/events?q=${encodeURIComponent(text)}`)
  await page.locator('main .data-table tbody th a').first().click()
  await page.getByRole('dialog').getByRole('link', { name: /^\d+$/ }).click()
  await expect(page.getByText(text)).toBeVisible()
})

test('who may only look is offered no note, and the page says so by having none', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/events?type=devices.imported`)
  await page.locator('main .data-table tbody th a').first().click()
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Who, when and why' })).toBeVisible()
  await expect(page.getByLabel('Add a note')).toHaveCount(0)
})
