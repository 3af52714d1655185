import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

type Looking = { /** These rules alone. */ rules?: string[] /** Within this part of the page alone. */; part?: string }

/** What axe finds on a page without frames, where it runs in the page itself: a line a rule, with the parts that break it. */
export async function violationsOn(page: Page, { rules, part }: Looking = {}): Promise<string[]> {
  // The title of a page that came by a link follows its content.
  await expect(page).toHaveTitle(/./)
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (rules) axe.withRules(rules)
  if (part) axe.include(part)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

export const expectNoViolations = async (page: Page, looking?: Looking) =>
  expect(await violationsOn(page, looking)).toEqual([])
