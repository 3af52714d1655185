import { expectNoViolations, violationsOn } from './axe'
import { AURORA, expect, signIn, test } from './person'

/** What a page can break in the dark only: everything else is the same document. */
const RULES_OF_COLOR = ['color-contrast', 'link-in-text-block']

type Pages = [email: string | null, path: string][]
const PAGES: Pages = [
  [null, '/sign-in'],
  ['admin@aurora.example', `${AURORA}/overview`],
  ['admin@aurora.example', `${AURORA}/devices`],
  ['admin@aurora.example', `${AURORA}/licensing`],
  ['admin@aurora.example', `${AURORA}/contracts`],
  ['admin@aurora.example', `${AURORA}/orders`],
  ['admin@aurora.example', `${AURORA}/events`],
  ['admin@aurora.example', `${AURORA}/events/1`],
  ['admin@aurora.example', `${AURORA}/organize`],
  ['admin@aurora.example', `${AURORA}/assign?of=devices&match=type%3Dsoftware`],
  ['partner@cobalt.example', '/accounts/holding.cobalt.example/hand-over?of=orders&match=sort%3D-ordered'],
  ['admin@aurora.example', `${AURORA}/search?q=C9300`],
  ['admin@aurora.example', `${AURORA}/search/paste`],
  ['admin@aurora.example', `${AURORA}/search/license?q=C9300-DNA-A-48-3Y`],
  ['admin@aurora.example', `${AURORA}/exports?of=devices&format=xlsx`],
  ['admin@aurora.example', `${AURORA}/administration/imports`],
  ['admin@aurora.example', `${AURORA}/administration/reconciliation`],
  ['admin@aurora.example', `${AURORA}/administration`],
  ['admin@aurora.example', `${AURORA}/administration/users`],
  ['admin@aurora.example', `${AURORA}/administration/groups`],
  ['admin@aurora.example', `${AURORA}/administration/groups/1`],
  ['admin@aurora.example', `${AURORA}/administration/requests`],
  ['admin@aurora.example', `${AURORA}/administration/requests/1`],
  ['admin@aurora.example', `${AURORA}/administration/settings`],
  ['admin@aurora.example', `${AURORA}/administration/support`],
  ['admin@aurora.example', `${AURORA}/administration/preview/va_viewer%3A2%3Anested%3A%3A/overview`],
  ['admin@aurora.example', `${AURORA}/administration/preview/va_viewer%3A2%3Anested%3A%3A/devices`],
  ['admin@aurora.example', `${AURORA}/administration/shares`],
  ['admin@aurora.example', `${AURORA}/administration/virtual-accounts`],
  ['admin@aurora.example', `${AURORA}/administration/virtual-accounts/2`],
  ['admin@aurora.example', `${AURORA}/administration/users/1`],
  ['admin@aurora.example', `${AURORA}/share?of=orders&match=sort%3Dnumber`],
  [null, '/demo/outbox'],
  ['stranger@harbor.example', '/my/access/request'],
  ['viewer@aurora.example', '/moved'],
  ['viewer@aurora.example', '/moved/order/999999999'],
  ['admin@aurora.example', '/my/access'],
  ['admin@aurora.example', '/my/elsewhere'],
  ['recipient@fjord.example', '/my/orders'],
]
/** The same in other states, with nothing in them of other colors: in light. */
const STATES: Pages = [
  ['admin@aurora.example', `${AURORA}/overview?show=percent`],
  ['admin@aurora.example', `${AURORA}/devices?panel=filters`],
  ['admin@aurora.example', `${AURORA}/devices?panel=columns`],
  ['admin@aurora.example', `${AURORA}/devices?panel=views`],
  ['admin@aurora.example', `${AURORA}/devices?q=zzzzzz`],
  ['admin@aurora.example', `${AURORA}/devices?sort=nonsense`],
  ['admin@aurora.example', `${AURORA}/contracts?view=agreements`],
  ['admin@aurora.example', `${AURORA}/subscriptions?expiry=expired`],
  ['admin@aurora.example', `${AURORA}/orders?panel=filters`],
  ['va-user@aurora.example', `${AURORA}/orders?status=on_hold`],
  ['va-user@aurora.example', `${AURORA}/search?q=C9300&type=devices`],
  ['admin@aurora.example', `${AURORA}/search?q=zzzzzz`],
  ['va-user@aurora.example', `${AURORA}/organize`],
  ['va-user@aurora.example', `${AURORA}/assign`],
  ['admin@aurora.example', `${AURORA}/search?q=type:router`],
  ['va-user@aurora.example', `${AURORA}/overview`],
  ['stranger@harbor.example', '/my/access'],
  ['stranger@harbor.example', '/nowhere'],
]

for (const [email, path] of [...PAGES, ...STATES]) {
  test(`${path} for ${email ?? 'nobody'}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await (email ? signIn(page, email, path) : page.goto(path))
    await page.locator('main').first().waitFor()
    await expectNoViolations(page)
    if (STATES.some((state) => state[1] === path)) return
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.reload()
    await page.locator('main').first().waitFor()
    expect(await violationsOn(page, { rules: RULES_OF_COLOR }), 'dark').toEqual([])
  })
}

test('a device in the drawer and on its page', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', `${AURORA}/devices`)
  await page.locator('main table tbody a').first().click()
  await page.getByRole('dialog').waitFor()
  await expectNoViolations(page)
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectNoViolations(page)
})

test('the first stop of the Tab key skips to the content', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/devices`)
  await page.reload()
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText(/skip/i)
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
})

test('the palette goes to a page by keyboard alone', async ({ page }) => {
  await signIn(page, 'viewer@aurora.example', `${AURORA}/overview`)
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Go to a page' })).toBeFocused()
  await page.keyboard.type('devices')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${AURORA}/devices`))
})

test('nothing is cut off, however wide the window', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', `${AURORA}/overview`)
  await page.goto(`${AURORA}/orders`)
  const order = await page.locator('main .data-table tbody th a').first().getAttribute('href')
  for (const path of [
    ...['overview', 'devices', 'orders'].map((tab) => `${AURORA}/${tab}`),
    order ?? '',
    '/my/access',
  ]) {
    await page.goto(path)
    for (const width of [360, 768, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0)
    }
  }
})
