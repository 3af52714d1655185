import { expect, signIn, test } from './person'

const DELTA = '/accounts/delta.example'
const USERS = `${DELTA}/administration/users`

test('somebody new is invited, comes by the mail, works in what they were given, and is out while they look at it', async ({
  page,
  browser,
  owner,
}) => {
  const email = `invited-${Date.now()}@fjord.example`
  await signIn(page, 'admin@delta.example', USERS)
  await page.waitForLoadState('networkidle')
  await page.getByRole('textbox', { name: /^People/ }).fill(`${email}, not an address`)
  await page.getByLabel('Role', { exact: true }).selectOption('sa_viewer')
  await page.getByLabel('Purpose').fill('Audit of the year')
  await page.getByRole('button', { name: 'Review' }).click()
  const review = page.getByRole('table', { name: 'What each person would see' })
  await expect(review.getByRole('row').filter({ hasText: email })).toContainText('another organization')
  await expect(review.getByRole('row').filter({ hasText: 'not an address' })).toContainText('not an e-mail address')
  const headers = await review.getByRole('columnheader').allTextContents()
  const cells = await review.getByRole('row').filter({ hasText: email }).locator('th, td').allTextContents()
  const devices = cells[headers.indexOf('Devices')] ?? ''
  await page.getByRole('button', { name: /^Give the role/ }).click()
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Smart Account Viewer')

  // The demo has one password, and new people have none yet.
  await owner`update users set password_hash = (select password_hash from users where email = 'admin@delta.example') where email = ${email}`
  const theirs = await (await browser.newContext()).newPage()
  await theirs.goto(`/demo/outbox?q=${email}`)
  await expect(theirs.getByText(/^You have a role in the Smart Account/)).toBeVisible()
  await theirs.getByRole('link', { name: 'See your access' }).click()
  await theirs.getByLabel('Email address').fill(email)
  await theirs.getByLabel('Password').fill('demo')
  await theirs.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(theirs.locator('main').getByText('Smart Account Viewer', { exact: true })).toBeVisible()
  await theirs.goto(`${DELTA}/devices`)
  await expect(theirs.getByRole('status').first()).toContainText(devices.replace(/^.*→ /, ''))

  const open = () =>
    page
      .getByRole('row')
      .filter({ hasText: email })
      .getByRole('link', { name: /^Change/ })
      .click()
  await open()
  const change = page.getByRole('region', { name: 'Change the role or its end' })
  await change.getByLabel('Role', { exact: true }).selectOption('va_user')
  await change.getByLabel('Where').selectOption({ index: 1 })
  await change.getByRole('button', { name: 'Review' }).click()
  await change.getByRole('button', { name: 'Change the role' }).click()
  await page.waitForURL(USERS)
  // The very next request of the page that they have open.
  const [{ n } = { n: 0 }] = await owner<{ n: number }[]>`
    select count(*)::int as n from devices d join role_assignments r on r.virtual_account_id = d.virtual_account_id
    join users u on u.id = r.user_id where u.email = ${email} and r.revoked_at is null`
  await theirs.reload()
  await expect(theirs.getByRole('status').first()).toContainText(n.toLocaleString('en-US'))

  await open()
  await page.getByRole('button', { name: 'Remove the role' }).click()
  await page.waitForURL(USERS)
  await expect(page.getByRole('row').filter({ hasText: email })).toHaveCount(0)
  expect((await theirs.reload())?.status()).toBe(404)
  await theirs.context().close()
})
