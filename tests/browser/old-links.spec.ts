import { builtInLinks } from '@/lib/legacy-links/table'
import { expectNoViolations } from './axe'
import { AURORA, expect, signIn, test } from './person'

/** An order of aurora.example that was shared with nobody, in one Virtual Account. */
const ORDER_IN = `select o.number from orders o join smart_accounts a on a.id = o.smart_account_id
  join virtual_accounts v on v.smart_account_id = a.id and o.virtual_account_ids = array[v.id]
  where a.domain = 'aurora.example' and v.name = $1
    and not exists (select from order_shares s where s.order_id = o.id) order by o.id limit 1`

test('the link of an old mail leads to sign-in and then to its order, and asks once to update the bookmark', async ({
  page,
  owner,
}) => {
  const [order] = await owner.unsafe<{ number: string }[]>(ORDER_IN, ['Germany'])
  const old = `/software/mce/orders?locale=en_US&OrderId=${order?.number}`
  await page.goto(old)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByRole('button', { name: /va-user@aurora\.example/ }).click()
  await expect(page).toHaveURL(`${AURORA}/orders/${order?.number}`)
  await expect(page.getByRole('heading', { level: 1, name: `Order ${order?.number}` })).toBeVisible()
  const notice = page.getByRole('region', { name: 'Old address' })
  await expect(notice).toContainText('Please update your bookmark')
  await expectNoViolations(page)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page.locator('#main')).toBeFocused()
  await page.goto(old)
  await expect(page.getByRole('heading', { level: 1, name: `Order ${order?.number}` })).toBeVisible()
  await expect(notice).toHaveCount(0)
})

test('signed out, every old address leads to sign-in and holds on to where it leads', async ({ request }) => {
  for (const { from, to } of builtInLinks) {
    if (from.startsWith('#') || from === '/') continue
    const old = from
      .replace(/\{order\}/, '1')
      .replace(/\{\w+\}/g, '1')
      .replace(/\*$/, 'what-was-here')
    const moved = await request.get(old, { maxRedirects: 0 })
    expect([old, moved.status()]).toEqual([old, 308])
    const led = await request.get(old)
    const at = new URL(led.url())
    const isOpen = at.pathname === '/moved'
    expect([old, to, isOpen || at.pathname]).toEqual([old, to, isOpen || '/sign-in'])
    expect(led.status()).toBeLessThan(400)
  }
})

test('signed in, every old address leads to the page that it means', async ({ page, owner }) => {
  const [order] = await owner.unsafe<{ number: string }[]>(ORDER_IN, ['Germany'])
  const number = order?.number ?? ''
  const PAGES: Readonly<Record<string, string>> = {
    ...{ home: `${AURORA}/overview`, licensing: `${AURORA}/licensing`, devices: `${AURORA}/devices` },
    ...{ orders: `${AURORA}/orders`, 'shared-orders': `${AURORA}/orders`, access: '/my/access', search: '/moved' },
    ...{ 'traditional-licenses': `${AURORA}/licensing?method=traditional`, 'find-license': `${AURORA}/search/license` },
  }
  await signIn(page, 'viewer@aurora.example', `${AURORA}/overview`)
  for (const { from, to, parameters, ordersOnly } of builtInLinks) {
    const named = from.includes('{order}') || ordersOnly
    const path = from
      .replace('{order}', number)
      .replace(/\{\w+\}/g, '1')
      .replace(/\*$/, 'what-was-here')
    const query = new URLSearchParams({ ...parameters, ...(ordersOnly && { orderId: number }) })
    // What stands behind # never reaches the server: a browser has to bring it.
    const old = from.startsWith('#')
      ? `/software/csws/ws/platform/home${from}`
      : `${path}${query.size > 0 ? `?${query}` : ''}`
    const wanted = named ? `${AURORA}/orders/${number}` : PAGES[to]
    if (from.startsWith('#')) {
      await page.goto(old)
      await expect(page, old).toHaveURL(wanted ?? '')
      continue
    }
    const led = await page.request.get(old)
    const at = new URL(led.url())
    expect([old, `${at.pathname}${at.search}`, led.status()]).toEqual([old, wanted, 200])
  }
})

test('signed in, old addresses lead to their pages; an order of others is as one that there is not', async ({
  page,
  owner,
}) => {
  const [foreign] = await owner.unsafe<{ number: string }[]>(ORDER_IN, ['Lab'])
  await signIn(page, 'va-user@aurora.example', `${AURORA}/overview`)
  for (const [old, now] of [
    ['/software/csws/ws/platform/home?locale=en_US#SmartLicensing-Inventory', `${AURORA}/licensing`],
    ['/software/csws/ws/platform/home?locale=en_US#pnp-devices', `${AURORA}/devices`],
    ['/#SmartLicensing-LicenseConversion', `${AURORA}/licensing?method=traditional`],
    ['/SWIFT/LicensingUI/Quickstart', `${AURORA}/search/license`],
    ['/esd/downloadCart.do?view&backLink=mailBasedAccessCart', `${AURORA}/orders`],
    ['/clc/overview', `${AURORA}/overview`],
  ] as const) {
    await page.goto(old)
    await expect(page, old).toHaveURL(now)
  }
  const answers: [number | undefined, string | null][] = []
  for (const number of [foreign?.number, '999999999']) {
    const answer = await page.goto(`/clc?so=${number}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'You have no access to this order, or it does not exist',
    )
    answers.push([answer?.status(), await page.locator('main').textContent()])
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]?.[0]).toBe(404)
  await page.goto('/software/something/older')
  await page.getByRole('searchbox', { name: 'Search for' }).fill('C9300')
  await page.locator('main').getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(`${AURORA}/search?q=C9300`)
})
