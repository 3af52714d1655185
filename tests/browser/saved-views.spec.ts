import { AURORA, expect, signIn, test } from './person'

const LIST = `${AURORA}/devices`

test('a view is saved, said to be modified, updated, found in the palette and deleted', async ({ page, owner }) => {
  const name = `Switches ${Date.now()}`
  await signIn(page, 'viewer@aurora.example', `${LIST}?coverage=lapsed`)
  await page.goto(`${LIST}?coverage=lapsed&panel=views`)
  await page.getByRole('textbox', { name: 'Name' }).first().fill(name)
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page).toHaveURL(/coverage=lapsed.*saved=\d+/)
  const menu = page.getByRole('button', { name: `Saved view: ${name}` })
  await expect(menu).toBeVisible()
  await expect(page.getByText('Modified')).toHaveCount(0)
  await page.getByRole('link', { name: /Lapsed.*Remove/ }).click()
  await expect(page.getByText('Modified')).toBeVisible()
  await menu.click()
  await page.getByRole('link', { name: 'Save and manage views' }).click()
  await page.getByRole('button', { name: `Update “${name}”` }).click()
  await expect(page.getByText('Modified')).toHaveCount(0)
  const [kept] = await owner`select id, query from saved_views where name = ${name}`
  expect(kept?.['query']).toEqual({})

  await page.goto(`${AURORA}/overview`)
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Go to a page' })).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/devices\\?saved=${kept?.['id']}$`))
  await page.goto(`${page.url()}&panel=views`)
  await page.locator('summary', { hasText: name }).click()
  await page.getByRole('button', { name: `Delete “${name}”` }).click()
  await expect(page.locator('summary', { hasText: name })).toHaveCount(0)
})

test('a view is saved and opened without JavaScript', async ({ browser, page }) => {
  const name = `Plain ${Date.now()}`
  await signIn(page, 'va-viewer@aurora.example', LIST)
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies(await page.context().cookies())
  const plain = await context.newPage()
  await plain.goto(`${new URL(page.url()).origin}${LIST}?type=software&panel=views`)
  await plain.getByRole('textbox', { name: 'Name' }).first().fill(name)
  await plain.getByRole('button', { name: 'Save view' }).click()
  await expect(plain).toHaveURL(/type=software.*saved=\d+/)
  await expect(plain.getByRole('button', { name: `Saved view: ${name}` })).toBeVisible()
  await context.close()
})
