import { AURORA, expect, shown, signIn, test } from './person'

const LIST = `${AURORA}/devices`
const rowLinks = 'main table tbody th a, main table tbody td a'

test('search, filter and chips say the same as SQL', async ({ page, owner }) => {
  await signIn(page, 'viewer@aurora.example', LIST)
  const [all] =
    await owner`select count(*) as n from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = 'aurora.example'`
  await expect(page.locator('main')).toContainText(`${shown(all?.['n'])} devices`)

  await page.goto(`${LIST}?coverage=covered&type=hardware`)
  const [covered] = await owner`select count(*) as n from devices d join smart_accounts a on a.id = d.smart_account_id
    where a.domain = 'aurora.example' and coverage_end >= a.day and coalesce(coverage_start, a.day) <= a.day and asset_type = 'hardware'`
  await expect(page.locator('main')).toContainText(shown(covered?.['n']))
  const chips = page.getByRole('list', { name: 'Filters that hold' })
  await expect(chips).toContainText('Covered')
  await chips.getByRole('link', { name: /Hardware/ }).click()
  await expect(page).toHaveURL(/coverage=covered/)
  await expect(page).not.toHaveURL(/type=hardware/)
})

test('typing a serial number finds the device', async ({ page, owner }) => {
  const [device] = await owner`select serial_number from devices d join smart_accounts a on a.id = d.smart_account_id
    where a.domain = 'aurora.example' and serial_number is not null order by d.id desc limit 1`
  await signIn(page, 'viewer@aurora.example', LIST)
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.locator('main').getByRole('searchbox')).toBeFocused({ timeout: 500 })
  }, 'the page listens once it is hydrated').toPass()
  await page.keyboard.type(String(device?.['serial_number']))
  await expect(page).toHaveURL(/q=/)
  await expect(page.locator('main table tbody tr')).toHaveCount(1)
  await expect(page.locator('main table tbody')).toContainText(String(device?.['serial_number']))
})

test('a search without a match and a page behind the end say what to do', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${LIST}?q=zzzzzzzz`)
  await expect(page.getByText('No devices match')).toBeVisible()
  await page.goto(`${LIST}?page=99999`)
  await expect(page.getByText(/is behind the end/)).toBeVisible()
  await page.getByRole('link', { name: 'Go to the last page' }).click()
  await expect(page.locator('main table tbody tr').first()).toBeVisible()
})

test('a bad parameter is answered with 400 and named', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', LIST)
  const answer = await page.goto(`${LIST}?sort=password&coverage=maybe`)
  expect(answer?.status()).toBe(400)
  await expect(page.locator('body')).toContainText('password')
  await expect(page.locator('body')).toContainText('maybe')
})

test('a row opens in a drawer over the list, and Esc leads back to it', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', LIST)
  const first = page.locator(rowLinks).first()
  const name = (await first.textContent()) ?? ''
  await first.click()
  const drawer = page.getByRole('dialog', { name })
  await expect(drawer).toBeVisible()
  await expect(drawer).toContainText('Who can see this and why')
  await drawer.getByRole('link', { name: 'Next row' }).click()
  await expect(page.getByRole('dialog', { name })).toHaveCount(0)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).toHaveURL(new RegExp(`${LIST}$`))
})

test('the address of a drawer is a page of its own after a reload', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', LIST)
  const first = page.locator(rowLinks).first()
  const name = (await first.textContent()) ?? ''
  await first.click()
  await expect(page.getByRole('dialog', { name })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('columns and their order are kept for the person, in any browser', async ({ page, browser }) => {
  await signIn(page, 'user@aurora.example', `${LIST}?panel=columns`)
  const dialog = page.getByRole('dialog')
  // The first press may come before the page is alive: then nothing is said, and it is pressed again.
  await expect(async () => {
    await dialog.getByRole('button', { name: 'Move Product ID up' }).click()
    await expect(dialog.getByRole('status')).toContainText('Product ID is now at place', { timeout: 1_000 })
  }).toPass()
  await dialog.getByRole('checkbox', { name: 'Contract', exact: true }).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  const elsewhere = await (await browser.newContext()).newPage()
  await signIn(elsewhere, 'user@aurora.example', LIST)
  const headers = await elsewhere.locator('main table thead th').allInnerTexts()
  const names = headers.map((header) => header.trim())
  expect(names).not.toContain('Contract')
  expect(names.indexOf('Product ID')).toBeLessThan(names.indexOf('Serial number'))
  await elsewhere.context().close()
})

test('rows are chosen across pages, and all that match by one button', async ({ page, owner }) => {
  const [all] =
    await owner`select count(*) as n from devices d join smart_accounts a on a.id = d.smart_account_id where a.domain = 'aurora.example'`
  await signIn(page, 'viewer@aurora.example', LIST)
  await page.getByRole('checkbox', { name: 'Select the rows of this page' }).check()
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await expect(bar).toContainText('50 devices selected')
  await bar.getByRole('button', { name: `Select all ${shown(all?.['n'])} that match` }).click()
  await expect(bar).toContainText(`${shown(all?.['n'])} devices selected`)
})

test('a person of one Virtual Account sees its devices and no others, in lists, counts and by address', async ({
  page,
  owner,
}) => {
  const [mine] =
    await owner`select count(*) as n from devices d join virtual_accounts v on v.id = d.virtual_account_id where v.name = 'Germany'`
  const [foreign] =
    await owner`select d.id, d.name from devices d join virtual_accounts v on v.id = d.virtual_account_id
    where v.name = 'APJC' and d.name is not null limit 1`
  await signIn(page, 'va-user@aurora.example', LIST)
  await expect(page.locator('main')).toContainText(`${shown(mine?.['n'])} devices`)
  await page.goto(`${LIST}?q=${foreign?.['name']}`)
  await expect(page.getByText('No devices match')).toBeVisible()
  const [refused, missing] = [await page.goto(`${LIST}/${foreign?.['id']}`), await page.goto(`${LIST}/999999999`)]
  expect([refused?.status(), missing?.status()]).toEqual([404, 404])
})

test('the list works without JavaScript', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /^Smart Account Viewer/ }).click()
  await page.goto(`${LIST}?coverage=covered`)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(page).toHaveURL(/page=2/)
  await page.locator(rowLinks).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.context().close()
})
