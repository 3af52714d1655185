import type { Browser } from '@playwright/test'
import { expectNoViolations } from './axe'
import { codeByMail, codeField } from './mailed-link'
import { AURORA, expect, signIn, test } from './person'

/** The browser of somebody without any account. */
const stranger = async (browser: Browser) => (await browser.newContext({ reducedMotion: 'reduce' })).newPage()

test('lines are sent, opened by a code, seen as opened, and revoked, in two browsers', async ({
  page,
  browser,
  owner,
}) => {
  const address = 'new-recipient@fjord.example'
  const [order] = await owner<{ number: string; id: number; line: number; all: number; assets: number; pid: string }[]>`
    select o.number, o.id, l.id::int as line, l.pid, (select count(*)::int from order_lines x where x.order_id = o.id) as all,
      (select count(*)::int from devices d where d.order_line_id = l.id) as assets
    from orders o join order_lines l on l.order_id = o.id
    where o.smart_account_id = (select id from smart_accounts where domain = 'aurora.example')
      and (select count(*) from order_lines x where x.order_id = o.id) >= 3 and exists (select from devices d where d.order_line_id = l.id)
    order by o.id desc, l.id limit 1`
  await signIn(page, 'admin@aurora.example', `${AURORA}/orders/${order?.number}`)
  await page.getByRole('link', { name: 'Send Order Based Access', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Send Order Based Access')
  await page.waitForLoadState('networkidle')
  await expectNoViolations(page)
  await page.getByLabel('The lines chosen below').check()
  await page.getByText(/^Lines \(/).click()
  await page.locator(`input[name=lines][value="${order?.line}"]`).check()
  await page.getByLabel('Recipients').fill(`${address}, nobody at all`)
  await page.getByLabel('Customer order number').fill('PO 4711')
  await page.getByRole('button', { name: 'Review what they will see' }).click()
  const lines = page.getByRole('table', { name: 'Lines open to you' }).locator('tbody tr')
  await expect(lines).toHaveCount(1)
  await expect(page.getByText('This is not an e-mail address; it gets nothing')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Send access (1 mail)' }).click()
  await page.waitForURL(`**/administration/shares?q=${order?.number}`)
  const row = page.getByRole('row', { name: new RegExp(address) })
  await expect(row).toContainText('Not opened yet')

  const guest = await stranger(browser)
  const { link, code } = await codeByMail(guest, address)
  await codeField(guest).fill('0000 0000')
  await guest.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(guest.getByText('This code is not right')).toBeVisible()
  await expectNoViolations(guest)
  await codeField(guest).fill(code)
  await guest.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText(`Order ${order?.number}`)
  const open = guest.getByRole('table', { name: 'Lines open to you' }).locator('tbody tr')
  await expect(open).toHaveCount(1)
  await expect(open).toContainText(String(order?.pid))
  await expect(guest.getByText(`Assets open to you${order?.assets.toLocaleString('en-US')}`)).toBeVisible()
  expect(order?.all).toBeGreaterThan(1)
  await expectNoViolations(guest)
  // The cookie is of this link alone, and no script reads it.
  const [cookie] = (await guest.context().cookies(link)).filter(({ name }) => name === 'license-central-share')
  expect(cookie).toMatchObject({ httpOnly: true, path: new URL(link).pathname })

  await page.reload()
  await expect(row).toContainText('Opened')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Revoke the chosen' }).click()
  await page.waitForURL(/administration\/shares$/)
  expect((await guest.goto(link))?.status()).toBe(410)
  expect((await guest.goto(`/shared/${'x'.repeat(43)}`))?.status()).toBe(410)
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Nothing is open here')
  await guest.context().close()
})

test('what has ended opens nothing with the next click; what is claimed leads to the User View', async ({
  browser,
  owner,
}) => {
  const address = 'asset-recipient@fjord.example'
  const guest = await stranger(browser)
  const { link, code } = await codeByMail(guest, address)
  await codeField(guest).fill(code)
  await guest.getByRole('button', { name: 'Open', exact: true }).click()
  await guest.getByRole('link', { name: 'Sign in and keep it' }).click()
  await guest.getByLabel('Email address').fill(address)
  await guest.getByLabel('Password').fill('demo')
  await guest.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Keep what was shared with you')
  await expectNoViolations(guest)
  await guest.getByRole('button', { name: 'Keep it in my User View' }).click()
  await guest.waitForURL('**/my/orders/*')
  await guest.goto(link)
  await expect(guest).toHaveURL(/\/my\/orders\//)
  const token = new URL(link).pathname.split('/').pop() ?? ''
  const hash = owner`encode(sha256(convert_to(${token}, 'UTF8')), 'hex')`
  await owner`update order_shares set expires_at = sent_at + interval '1 second' where token_hash = ${hash}`
  expect((await guest.goto(link))?.status()).toBe(410)
  await owner`update order_shares set expires_at = null where token_hash = ${hash}`
  await guest.context().close()
})
