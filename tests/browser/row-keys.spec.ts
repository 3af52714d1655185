import { placeId } from './assigning'
import { AURORA, expect, shown, signIn, test } from './person'

test('rows are marked by keys across pages, copied as they are shown, and all that match are led on', async ({
  page,
  context,
  owner,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const germany = await placeId(owner, 'Germany')
  const [{ n } = { n: 0 }] = await owner<
    { n: number }[]
  >`select count(*)::int as n from devices where virtual_account_id = ${germany}`
  await signIn(page, 'user@aurora.example', `${AURORA}/devices?va=${germany}&size=25`)
  const links = page.locator('main tbody th a')
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await expect(async () => {
    await links.first().focus()
    await page.keyboard.press('ArrowDown')
    await expect(links.nth(1)).toBeFocused({ timeout: 500 })
  }, 'the keys come after the first paint').toPass()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar).toContainText('3 devices selected')
  await page.keyboard.press('Space')
  await expect(bar).toContainText('2 devices selected')

  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(bar).toContainText('2 devices selected')
  await links.first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(bar).toContainText('5 devices selected')
  await page
    .locator('main tbody input[type=checkbox]')
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('7 devices selected')
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  const head = page.locator('main .data-table thead th')
  const names = (await head.allInnerTexts()).map((name) => name.trim()).filter(Boolean)
  const first = await page.locator('main tbody tr').first().locator('th, td:not(:has(input))').allInnerTexts()
  await page.keyboard.press('Control+c')
  await expect(bar).toContainText('5 rows copied as shown; the others are on other pages')
  const copied = (await clipboard()).split('\n').map((line) => line.split('\t'))
  expect(copied).toHaveLength(6)
  expect(copied[0]).toEqual(names)
  expect(copied[1]).toEqual(first.map((cell) => cell.trim()))
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await bar.getByRole('button', { name: 'Copy cells' }).click()
  await expect.poll(clipboard).toBe(copied.map((line) => line.join('\t')).join('\n'))

  await bar.getByRole('button', { name: `Select all ${shown(n)} that match` }).click()
  await page.getByRole('link', { name: 'Previous page' }).click()
  await expect(page.locator('main tbody input[type=checkbox]:checked')).toHaveCount(25)
  await links.nth(0).focus()
  await page.keyboard.press('Space')
  await expect(bar).toContainText(`${shown(n - 1)} devices selected`)
  await bar.getByRole('button', { name: 'Edit Virtual Account assignment' }).click()
  await expect(page.getByText(`${shown(n - 1)} devices chosen`)).toBeVisible()
})
