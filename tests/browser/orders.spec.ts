import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe'
import { AURORA, expect, shown, signIn, test } from './person'

const ADMIN = 'admin@aurora.example'
const ORDERS = `${AURORA}/orders`

const status = (page: Page) => page.getByRole('status').first()

test('each part of the assignment status leads to a list of that many orders', async ({ page, owner }) => {
  const [counted] =
    await owner`select count(*) as total from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'aurora.example'`
  await signIn(page, ADMIN, ORDERS)
  await expect(status(page)).toHaveText(`${shown(counted?.['total'])} orders`)
  const figure = page.getByRole('figure', { name: 'Smart Account assignment status' })
  const parts = await figure
    .locator('tbody td a')
    .evaluateAll((found) =>
      found.map((link) => ({ text: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
    )
  expect(parts.map(({ href }) => href.replace(/.*=/, ''))).toEqual(['assigned', 'partly', 'default', 'none'])
  for (const { text, href } of parts) {
    await page.goto(href)
    await expect(status(page)).toHaveText(new RegExp(`^${text} of `))
  }
})

test('the assignment filters the list by keyboard, and its chip takes the filter away', async ({ page }) => {
  await signIn(page, ADMIN, ORDERS)
  await page.waitForLoadState('networkidle')
  const figure = page.getByRole('figure', { name: 'Smart Account assignment status' })
  const partly = figure.getByRole('row', { name: /Partly assigned/ }).getByRole('link')
  await partly.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${ORDERS}?assignment=partly`)
  await expect(page.locator('.data-table tbody td.state, .data-table tbody .state').first()).toBeVisible()
  await page
    .getByRole('link', { name: /Clear all|Remove .*Partly assigned/ })
    .first()
    .click()
  await expect(page).toHaveURL(ORDERS)
})

test('what holds orders is told in words, and on the order with what ends it', async ({ page }) => {
  await signIn(page, ADMIN, ORDERS)
  const card = page.getByRole('region', { name: 'Orders on hold' })
  const reason = card.getByRole('link').nth(1)
  const count = await reason.textContent()
  await reason.click()
  await expect(page).toHaveURL(/orders\?hold=/)
  await expect(status(page)).toHaveText(new RegExp(`^${count} of `))
  await page.locator('main table tbody th a').first().click()
  await expect(page.getByRole('dialog').getByText('What ends it:')).toBeVisible()
})

test('an order opens over its list, leads on to the next, and Esc leads back', async ({ page }) => {
  await signIn(page, ADMIN, `${ORDERS}?status=closed`)
  const rows = page.locator('main .data-table tbody th a[href*="status=closed"]')
  const [first, second] = [await rows.nth(0).getAttribute('href'), await rows.nth(1).getAttribute('href')]
  await rows.first().focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: 'Lines' })).toBeVisible()
  await expect(page).toHaveURL(first ?? '')
  await expectNoViolations(page)
  await drawer.getByRole('link', { name: 'Next row' }).click()
  await expect(page).toHaveURL(second ?? '')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${ORDERS}?status=closed`)
})

test('the page of an order leads to exactly the devices of a line, and they lead back', async ({ page, owner }) => {
  const [row] = await owner`select o.number, d.pid, count(*)::int as n from orders o
    join devices d on d.smart_account_id = o.smart_account_id and d.sales_order_number = o.number
    join smart_accounts a on a.id = o.smart_account_id where a.domain = 'aurora.example'
    group by 1, 2 having count(*) > 3 order by 3 desc, 1 limit 1`
  const { number, pid, n } = row ?? {}
  await signIn(page, ADMIN, `${ORDERS}/${number}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ${number}`)
  await expectNoViolations(page)
  await page
    .getByRole('link', { name: `${shown(n)} devices of ${pid}` })
    .first()
    .click()
  await expect(status(page)).toHaveText(new RegExp(`^${shown(n)} of `))
  await page.locator('main table tbody th a').first().click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: String(number) })
    .click()
  await expect(page).toHaveURL(`${ORDERS}/${number}`)
})

test('who sees one Virtual Account sees its lines of an order, and no trace of the others', async ({ page, owner }) => {
  const [row] = await owner`select o.number, min(l.line_number) filter (where v.name = 'Germany') as mine,
      min(l.pid) filter (where v.name is distinct from 'Germany') as foreign_pid, count(*) filter (where v.name = 'Germany')::int as n
    from orders o join order_lines l on l.smart_account_id = o.smart_account_id and l.order_id = o.id
    join smart_accounts a on a.id = o.smart_account_id left join virtual_accounts v on v.id = l.virtual_account_id
    where a.domain = 'aurora.example' group by 1
    having count(distinct coalesce(l.virtual_account_id, 0)) > 1 and bool_or(v.name = 'Germany')
      and min(l.pid) filter (where v.name is distinct from 'Germany') <> min(l.pid) filter (where v.name = 'Germany')
    order by 1 limit 1`
  expect(row).toBeDefined()
  await signIn(page, 'va-user@aurora.example', ORDERS)
  await expect(page.getByRole('heading', { name: 'Orders on hold' })).toBeVisible()
  expect(await page.content()).not.toContain('Smart Account assignment status')
  await page.goto(`${ORDERS}/${row?.['number']}`)
  await expect(page.getByRole('table', { name: 'Lines of the order' }).locator('tbody tr')).toHaveCount(row?.['n'])
  expect(await page.content()).not.toContain(row?.['foreign_pid'])
})

test('an order that somebody does not see is answered like one that is not', async ({ page, owner }) => {
  const [row] = await owner`select o.number from orders o join smart_accounts a on a.id = o.smart_account_id
    where a.domain = 'aurora.example' and not exists (select from order_lines l join virtual_accounts v on v.id = l.virtual_account_id
      where l.smart_account_id = o.smart_account_id and l.order_id = o.id and v.name = 'APJC') limit 1`
  await signIn(page, 'va-viewer@aurora.example', ORDERS)
  expect((await page.goto(`${ORDERS}/${row?.['number']}`))?.status()).toBe(404)
  expect((await page.goto(`${ORDERS}/999999999`))?.status()).toBe(404)
})
