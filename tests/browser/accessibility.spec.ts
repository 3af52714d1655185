import AxeBuilder from '@axe-core/playwright'
import { AURORA, expect, signIn, test } from './person'

const PAGES: [email: string | null, path: string][] = [
  [null, '/sign-in'],
  ['admin@aurora.example', `${AURORA}/overview`],
  ['admin@aurora.example', `${AURORA}/overview?show=percent`],
  ['admin@aurora.example', `${AURORA}/devices`],
  ['admin@aurora.example', `${AURORA}/devices?coverage=covered&q=c`],
  ['admin@aurora.example', `${AURORA}/devices?panel=filters`],
  ['admin@aurora.example', `${AURORA}/devices?panel=columns`],
  ['admin@aurora.example', `${AURORA}/devices?q=zzzzzz`],
  ['admin@aurora.example', `${AURORA}/devices?sort=nonsense`],
  ['admin@aurora.example', `${AURORA}/administration/imports`],
  ['va-user@aurora.example', `${AURORA}/overview`],
  ['admin@aurora.example', '/my/access'],
  ['recipient@fjord.example', '/my/orders'],
  ['stranger@harbor.example', '/my/access'],
  ['stranger@harbor.example', '/nowhere'],
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [email, path] of PAGES) {
    test(`${path} for ${email ?? 'nobody'}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      if (email) await signIn(page, email, '/my/access')
      await page.goto(path)
      await page.locator('main').first().waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
      ).toEqual([])
    })
  }
}

test('a device in the drawer and on its page', async ({ page }) => {
  await signIn(page, 'admin@aurora.example', `${AURORA}/devices`)
  await page.locator('main table tbody a').first().click()
  await page.getByRole('dialog').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
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

for (const width of [360, 768, 1280, 2560]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await signIn(page, 'admin@aurora.example', `${AURORA}/overview`)
    for (const path of [`${AURORA}/overview`, `${AURORA}/devices`, '/my/access']) {
      await page.goto(path)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
  })
}
