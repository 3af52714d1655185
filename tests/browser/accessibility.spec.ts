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
